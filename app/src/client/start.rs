//! The entry point: reads the state from the page and hydrates the wizard's element. There is no client router;
//! the server picked the flow by the address.

use crate::wire::Boot;
use crate::wizard::Wizard;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(start)]
fn start() {
    let document = leptos::prelude::document();
    let root = document.get_element_by_id("wizard").and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    let boot = document
        .get_element_by_id("boot")
        .and_then(|found| found.text_content())
        .and_then(|data| serde_json::from_str::<Boot>(&data).ok());
    if let (Some(root), Some(boot)) = (root, boot) {
        super::timers::set_clock(boot.page.now);
        leptos::mount::hydrate_from(root, move || view! { <Wizard boot/> }).forget();
        if let Some(html) = document.document_element() {
            let _ = html.class_list().add_1("live");
        }
    }
}
