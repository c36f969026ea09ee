//! Where the focus goes when a step was shown anew: the error summary, else the step's heading.

use crate::wire::Field;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the focus once the new step stands in the page. `emptied`: what was typed into secret fields is of no use any more.
pub fn after_change(emptied: bool) {
    let _ = request_animation_frame(move || {
        let document = document();
        if emptied {
            empty_secrets(&document);
        }
        let target = document.get_element_by_id("summary").or_else(|| document.get_element_by_id("heading"));
        if let Some(target) = target.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = target.focus();
            target.scroll_into_view_with_bool(true);
        }
    });
}

/// Opens a dialog that was just put into the page.
pub fn open_dialog(id: &'static str) {
    let _ = request_animation_frame(move || {
        if let Some(dialog) =
            document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlDialogElement>().ok())
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
}

/// Empties codes and present passwords. A new password that broke a rule stays, to be mended.
fn empty_secrets(document: &web_sys::Document) {
    for id in [Field::Code.name(), Field::Password.name()] {
        if let Some(input) =
            document.get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlInputElement>().ok())
        {
            input.set_value("");
        }
    }
}
