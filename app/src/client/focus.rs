//! Where the focus goes when a step was shown anew: the error summary, else the line that says what happened, else the
//! step's heading. So none of them is scrolled out of sight by the others.

use super::elements::element;
use super::timers::next_frame;
use crate::wire::Field;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement};

/// Moves the focus once the new step stands in the page. `emptied`: what was typed into secret fields is of no use any more.
pub fn after_change(emptied: bool) {
    if emptied {
        empty_secrets();
    }
    show(&["summary", "notice", "heading"]);
}

/// Moves the focus to the line of the browser side's own: it may be far above the button that was pressed.
pub fn to_said() {
    next_frame(|| show(&["said"]));
}

/// Focuses the first of these that is in the page.
fn show(ids: &[&str]) {
    if let Some(target) = ids.iter().find_map(|id| element::<HtmlElement>(id)) {
        let _ = target.focus();
        target.scroll_into_view_with_bool(true);
    }
}

/// Closes a dialog, so that the browser gives the focus back to where it was.
pub fn close_dialog(id: &str) {
    if let Some(dialog) = element::<HtmlDialogElement>(id) {
        dialog.close();
    }
}

/// Opens a dialog that is in the page, closed.
pub fn open_dialog(id: &'static str) {
    next_frame(move || {
        if let Some(dialog) = element::<HtmlDialogElement>(id)
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    });
}

/// Empties codes and present passwords. A new password that broke a rule stays, to be mended.
fn empty_secrets() {
    for id in [Field::Code.as_str(), Field::Password.as_str()] {
        if let Some(input) = element::<HtmlInputElement>(id) {
            input.set_value("");
        }
    }
}
