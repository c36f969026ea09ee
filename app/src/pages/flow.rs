//! A flow's address: the wizard inside the document, with the state that the browser side starts from.

use super::shell::{Sheet, document};
use crate::text::state;
use crate::wire::{Boot, Brand, Page, Spans};
use crate::wizard::Wizard;
use leptos::prelude::*;

/// The whole document of a flow's page.
#[must_use]
pub fn render(brand: &Brand, spans: Spans, page: Page, mut sheet: Sheet) -> String {
    let boot = Boot { page, brand: brand.clone(), spans };
    sheet.title = state::title(&boot.page, brand);
    sheet.boot = Some(boot.clone());
    document(brand, sheet, move || view! { <div id="wizard"><Wizard boot/></div> }.into_any())
}
