//! A flow's address: the wizard inside the document, with the state that the browser side starts from.

use super::shell::{DocumentProps, document, draw_wizard};
use crate::text::{flows, state};
use crate::wire::{Brand, Page, Timeouts};
use leptos::prelude::*;

/// The whole document of a flow's page.
#[must_use]
pub fn render(brand: &Brand, timeouts: Timeouts, page: Page, mut props: DocumentProps) -> String {
    props.title = state::title(&page, brand);
    let (wizard, boot) = draw_wizard(page, brand, timeouts);
    props.boot = Some(boot);
    document(brand, props, move || {
        view! {
            <p class="notice warn" role="alert" id="plain-notice" hidden>{flows::GOES_ON_PLAIN}</p>
            <div id="wizard" inner_html=wizard></div>
        }
        .into_any()
    })
}
