//! Ways out of the page that the flow itself takes: without a question, and without a way back to a step that is over.

use std::cell::Cell;

thread_local! {
    static LEAVING: Cell<bool> = const { Cell::new(false) };
}

/// Whether the page is being left by the flow itself.
pub(super) fn is_leaving() -> bool {
    LEAVING.get()
}

/// From now on the page may be left without a question.
pub(super) fn begin() {
    LEAVING.set(true);
}

/// The page is there again: the browser kept it.
pub(super) fn came_back() {
    LEAVING.set(false);
}

/// Leads elsewhere. The address is replaced, so that back does not lead to a step that is over.
pub(super) fn go(address: &str) {
    begin();
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(address);
    }
}

/// Asks the server for the page.
pub(super) fn reload() {
    begin();
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
