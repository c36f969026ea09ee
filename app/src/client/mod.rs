//! What only a browser does: taking the page over, posting in place, the back guard, live events, the clock on the wall.
//! No prose and no rules here.

mod call;
mod elements;
mod events;
mod focus;
mod guard;
mod idle;
mod mount;
mod navigation;
mod post;
mod start;
mod timers;

pub use focus::close_dialog;
pub use idle::watch_idle;
pub use post::{send, submit};
pub use timers::{every_second, say_after_pause, typed_before};

/// Puts a value on the clipboard, where the browser allows it.
pub fn copy(value: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.navigator().clipboard().write_text(value);
    }
}
