//! Live state: server-sent events while a mail is awaited; where they break, asking every few seconds.

use super::post::{look, on_step};
use super::timers::every;
use crate::flow_context::FlowContext;
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

/// Follows the flow's state for as long as the page is open.
pub fn watch(context: FlowContext) {
    follow(context);
    on_step(follow);
    poll(context);
}

/// Follows the state while the step can change without this browser doing anything.
fn follow(context: FlowContext) {
    let waits = context.page().screen.waits();
    FOLLOWING.with_borrow_mut(|following| {
        if !waits {
            *following = None;
        } else if following.is_none() {
            *following = open(context);
        }
    });
}

fn open(context: FlowContext) -> Option<Following> {
    let heard = Closure::<dyn FnMut()>::new(move || look(context));
    let address = format!("/live/{}", context.page().flow.as_str());
    let source = web_sys::EventSource::new(&address).ok()?;
    let _ = source.add_event_listener_with_callback("changed", heard.as_ref().unchecked_ref());
    // The browser connects again by itself; each failure asks once directly, so nothing is missed in between.
    // What changed between the page and the stream is read once it is open.
    source.set_onopen(Some(heard.as_ref().unchecked_ref()));
    source.set_onerror(Some(heard.as_ref().unchecked_ref()));
    Some(Following { source, _heard: heard })
}

/// Asks now and then as well: some networks swallow event streams without an error.
fn poll(context: FlowContext) {
    every(15_000, move || {
        if FOLLOWING.with_borrow(Option::is_some) {
            look(context);
        }
    });
}
