//! Posting in place: the same form, the same fields, by the flow's server function.

use super::call::{CallError, call};
use super::{focus, mount};
use crate::fault::Fault;
use crate::text::state;
use crate::wire::{Form, Notice, Page, Problem, SESSION_ENDED};
use crate::wizard::Desk;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::Cell;
use wasm_bindgen::JsCast;

/// From here on submitted forms are posted in place.
pub(super) fn take_forms() {
    TAKES_FORMS.set(true);
}

/// Posts the submitted form in place; the browser's own submission is held back then. Before the page has been taken over
/// completely, the browser submits it.
pub fn submit(desk: Desk, submitted: &leptos::ev::SubmitEvent) {
    if !TAKES_FORMS.get() {
        return;
    }
    let form = submitted.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form
        && let Some(fields) = read_form(&form)
    {
        submitted.prevent_default();
        send(desk, fields, Some(form));
    }
}

fn read_form(form: &web_sys::HtmlFormElement) -> Option<Form> {
    let data = web_sys::FormData::new_with_form(form).ok()?;
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
    static TAKES_FORMS: Cell<bool> = const { Cell::new(false) };
}

/// Sends a form to its flow's server function and shows the answer. While one is under way, another is not sent. `element`: the
/// form in the page, for the browser to submit where the server does not understand this build.
pub fn send(desk: Desk, form: Form, element: Option<web_sys::HtmlFormElement>) {
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
            Err(CallError::Fault(Fault::SignedOut)) => go(SESSION_ENDED),
            // An answer that did not arrive whole, or another build of the server: the browser posts the same form itself. A press
            // that is made again changes nothing twice.
            Err(CallError::Unreadable | CallError::Fault(Fault::BadRequest)) => {
                super::guard::let_go();
                match element.filter(|form| form.is_connected()) {
                    Some(form) => drop(form.submit()),
                    None => reload(),
                }
            }
            Err(CallError::Fault(fault)) => {
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
            Err(CallError::Fault(Fault::SignedOut)) => go(SESSION_ENDED),
            _ => {}
        }
    });
}

fn reload() {
    super::guard::let_go();
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
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
    let title = state::title(&page, &desk.brand());
    let to_mend = page.problems.iter().any(|found| matches!(found.problem, Problem::NotSixDigits | Problem::Empty));
    desk.take(page, fresh || moved);
    if fresh || moved {
        document().set_title(&title);
        mount::swap(!moved);
        focus::after_change(!to_mend);
    }
    if moved {
        super::events::follow(desk);
        // The press that led here was made on a step that had nothing to lose.
        super::guard::keep(desk);
    }
}
