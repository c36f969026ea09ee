//! Leaving a flow: back asks first, closing warns while there is something to lose, and a page that comes back
//! from the back-forward cache reads its state again.

use super::{focus, navigation, post};
use crate::flow_context::FlowContext;
use crate::parts::BACK_DIALOG;
use leptos::ev;
use leptos::prelude::*;
use std::cell::Cell;

thread_local! {
    static HOLDING: Cell<bool> = const { Cell::new(false) };
}

/// Marks the entry that back leads to while the page is held.
const BELOW: &str = "below";

fn in_progress(context: FlowContext) -> bool {
    !navigation::is_leaving() && context.page().screen.in_progress()
}

/// One entry of the same address on top: back then stays in this document and can be asked about.
fn hold() {
    if !HOLDING.get()
        && let Some(history) = web_sys::window().and_then(|window| window.history().ok())
        // Else some engines scroll to where the entry below was, out of sight of what is being typed.
        && history.set_scroll_restoration(web_sys::ScrollRestoration::Manual).is_ok()
        && history.replace_state_with_url(&wasm_bindgen::JsValue::from_str(BELOW), "", None).is_ok()
        && history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", None).is_ok()
    {
        HOLDING.set(true);
    }
}

/// Holds the page from here on if there is something to lose.
fn keep(context: FlowContext) {
    if in_progress(context) {
        hold();
    }
}

/// Watches over the flow's page for as long as it is open.
pub fn watch(context: FlowContext) {
    // The press that led to a step may have been made on one that had nothing to lose.
    post::on_step(keep);
    // Browsers skip entries made without a press, so the entry is made with the first one.
    keep_listening(window_event_listener(ev::pointerdown, move |_| keep(context)));
    keep_listening(window_event_listener(ev::keydown, move |_| keep(context)));
    keep_listening(window_event_listener(ev::popstate, move |went| {
        // A way within the page (`#number`) is told in the same manner: it leads to an entry without the mark.
        if went.state().as_string().as_deref() != Some(BELOW) {
            return;
        }
        HOLDING.set(false);
        if in_progress(context) {
            hold();
            focus::open_dialog(BACK_DIALOG);
        } else if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.back();
        }
    }));
    keep_listening(window_event_listener(ev::beforeunload, move |leaving| {
        if HOLDING.get() && !navigation::is_leaving() && context.page().screen.can_be_lost() {
            leaving.prevent_default();
        }
    }));
    // A phone that slept through the end shows nothing of it longer than it takes to ask.
    keep_listening(window_event_listener_untyped("visibilitychange", move |_| {
        if document().visibility_state() == web_sys::VisibilityState::Visible && context.ends_at.get_value().is_some() {
            post::look(context);
        }
    }));
    keep_listening(window_event_listener_untyped("pageshow", move |shown| {
        let restored = wasm_bindgen::JsCast::dyn_ref::<web_sys::PageTransitionEvent>(&shown)
            .is_some_and(web_sys::PageTransitionEvent::persisted);
        if restored {
            navigation::came_back();
            post::look(context);
        }
    }));
}

/// Gives up the only means to remove a listener: it stays for as long as the page does.
fn keep_listening(listener: WindowListenerHandle) {
    drop(listener);
}
