//! Where the focus goes when a step was shown anew: the error summary, else the line that says what happened, else the
//! step's heading. So none of them is scrolled out of sight by the others.

use super::timers::next_frame;
use crate::wire::Field;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the focus once the new step stands in the page. `emptied`: what was typed into secret fields is of no use any more.
pub fn after_change(emptied: bool) {
    let document = document();
    if emptied {
        empty_secrets(&document);
    }
    show(&document, &["summary", "notice", "heading"]);
}

/// Moves the focus to the line of the browser side's own: it may be far above the button that was pressed.
pub fn to_said() {
    next_frame(|| show(&document(), &["said"]));
}

fn show(document: &web_sys::Document, ids: &[&str]) {
    let target = ids.iter().find_map(|id| document.get_element_by_id(id));
    if let Some(target) = target.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = target.focus();
        target.scroll_into_view_with_bool(true);
    }
}

/// Closes a dialog, so that the browser gives the focus back to where it was.
pub fn close_dialog(id: &str) {
    if let Some(dialog) =
        document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlDialogElement>().ok())
    {
        dialog.close();
    }
}

/// Opens a dialog that was just put into the page.
pub fn open_dialog(id: &'static str) {
    next_frame(move || {
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
