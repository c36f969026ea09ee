//! Posting in place: the same form, the same fields, by the flow's server function.

use super::{call::call, focus};
use crate::fault::Fault;
use crate::text::state;
use crate::wire::{Form, Notice, Page, Problem, SESSION_ENDED};
use crate::wizard::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsCast;

/// The submitted form's fields, if it is one of ours; the browser's own submission is held back then.
pub fn read_form(submitted: &leptos::ev::SubmitEvent) -> Option<Form> {
    let form = submitted.target()?.dyn_into::<web_sys::HtmlFormElement>().ok()?;
    submitted.prevent_default();
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let mut fields = Vec::new();
    for entry in js_sys::try_iter(&data).ok()?? {
        let pair = js_sys::Array::from(&entry.ok()?);
        if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            fields.push((name, value));
        }
    }
    Some(Form(fields))
}

thread_local! {
    /// Counts posts: an answer about the state before one is of no interest after it.
    static POSTS: Cell<u32> = const { Cell::new(0) };
}

/// Sends a form to its flow's server function and shows the answer. While one is under way, another is not sent.
pub fn send(desk: Desk, form: Form) {
    if desk.busy.get_untracked() {
        return;
    }
    desk.busy.set(true);
    desk.local_notice.set(String::new());
    POSTS.set(POSTS.get().wrapping_add(1));
    // More time changes nothing that is shown: what is being typed stays.
    let fresh = form.act() != "extend";
    spawn_local(async move {
        let answer = call(desk.page().flow.name(), &form).await;
        desk.busy.set(false);
        match answer {
            Ok(page) => show(desk, page, fresh),
            Err(Fault::SignedOut) => go(SESSION_ENDED),
            Err(fault) => {
                // An end that could not be put off is announced again.
                desk.let_end.set_value(None);
                desk.say(match fault {
                    Fault::Busy { .. } | Fault::Unavailable => Notice::Busy,
                    Fault::BadRequest => Notice::NotTaken,
                    Fault::Internal => Notice::Failed,
                    _ => Notice::NoAnswer,
                });
                focus::to_said();
            }
        }
    });
}

/// Reads the flow's present state again and shows it if the step moved on.
pub fn look(desk: Desk) {
    let posts = POSTS.get();
    spawn_local(async move {
        match call("look", &desk.page().flow).await {
            Ok(page) if posts == POSTS.get() && !desk.busy.get_untracked() => show(desk, page, false),
            Err(Fault::SignedOut) => go(SESSION_ENDED),
            _ => {}
        }
    });
}

/// Leads elsewhere. Replaced, so that back does not lead to a step that is over.
fn go(address: &str) {
    super::guard::let_go();
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(address);
    }
}

fn show(desk: Desk, page: Page, fresh: bool) {
    super::timers::set_clock(page.now);
    if let Some(address) = &page.leave {
        go(address);
        return;
    }
    let moved = desk.page().screen.step() != page.screen.step();
    if fresh || moved {
        document().set_title(&state::title(&page, &desk.brand()));
        let to_mend = page.problems.iter().any(|found| matches!(found.problem, Problem::NotSixDigits | Problem::Empty));
        focus::after_change(!to_mend);
    }
    desk.take(page, fresh);
    if moved {
        super::follow(desk);
        // The press that led here was made on a step that had nothing to lose.
        super::guard::keep(desk);
    }
}
