//! A flow's address: the wizard inside the document, with the state that the browser side starts from.

use super::shell::{Sheet, document, draw_wizard};
use crate::text::{flows, state};
use crate::wire::{Brand, Page, Spans};
use leptos::prelude::*;

/// The whole document of a flow's page.
#[must_use]
pub fn render(brand: &Brand, spans: Spans, page: Page, mut sheet: Sheet) -> String {
    sheet.title = state::title(&page, brand);
    let (wizard, boot) = draw_wizard(page, brand, spans);
    sheet.boot = Some(boot);
    document(brand, sheet, move || {
        view! {
            <p class="notice warn" role="alert" id="plain-notice" hidden>{flows::GOES_ON_PLAIN}</p>
            <div id="wizard" inner_html=wizard></div>
        }
        .into_any()
    })
}
