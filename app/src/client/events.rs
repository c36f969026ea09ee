//! Live state: server-sent events while a mail is awaited; where they break, asking every few seconds.

use super::post::look;
use super::timers::every;
use crate::wizard::Desk;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

struct Following {
    source: web_sys::EventSource,
    _heard: Closure<dyn FnMut()>,
}

impl Drop for Following {
    fn drop(&mut self) {
        self.source.close();
    }
}

thread_local! {
    static FOLLOWING: RefCell<Option<Following>> = const { RefCell::new(None) };
}

/// Follows the flow's state while its step can change without this browser doing anything.
pub fn follow(desk: Desk) {
    let waits = desk.page().screen.waits();
    FOLLOWING.with_borrow_mut(|following| {
        if !waits {
            *following = None;
        } else if following.is_none() {
            *following = open(desk);
        }
    });
}

fn open(desk: Desk) -> Option<Following> {
    let heard = Closure::<dyn FnMut()>::new(move || look(desk));
    let address = format!("/live/{}", desk.page().flow.name());
    let source = web_sys::EventSource::new(&address).ok()?;
    let _ = source.add_event_listener_with_callback("changed", heard.as_ref().unchecked_ref());
    // The browser connects again by itself; each failure asks once directly, so nothing is missed in between.
    // What changed between the page and the stream is read once it is open.
    source.set_onopen(Some(heard.as_ref().unchecked_ref()));
    source.set_onerror(Some(heard.as_ref().unchecked_ref()));
    Some(Following { source, _heard: heard })
}

/// Asks now and then as well: some networks swallow event streams without an error.
pub fn poll(desk: Desk) {
    every(15_000, move || {
        if FOLLOWING.with_borrow(Option::is_some) {
            look(desk);
        }
    });
}
