//! Posting in place: the same form, the same fields, by the flow's server function.

use super::call::{CallError, call};
use super::{focus, mount, navigation};
use crate::fault::Fault;
use crate::flow_context::FlowContext;
use crate::text::state;
use crate::wire::{Action, Form, Notice, Page, Problem, SESSION_ENDED};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;

/// Calls `work` whenever another step is shown.
pub(super) fn on_step(work: fn(FlowContext)) {
    ON_STEP.with_borrow_mut(|called| called.push(work));
}

/// From here on submitted forms are posted in place.
pub(super) fn take_forms() {
    TAKES_FORMS.set(true);
}

/// Posts the submitted form in place; the browser's own submission is held back then. Before the page has been taken over
/// completely, the browser submits it.
pub fn submit(context: FlowContext, submitted: &leptos::ev::SubmitEvent) {
    if !TAKES_FORMS.get() {
        return;
    }
    let form = submitted.target().and_then(|target| target.dyn_into::<web_sys::HtmlFormElement>().ok());
    if let Some(form) = form
        && let Some(fields) = read_form(&form)
    {
        submitted.prevent_default();
        send(context, fields, Some(form));
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
    /// Counts the begins and ends of posts: an answer about the state before one is of no interest after it.
    static POSTS: Cell<u32> = const { Cell::new(0) };
    static TAKES_FORMS: Cell<bool> = const { Cell::new(false) };
    static ON_STEP: RefCell<Vec<fn(FlowContext)>> = const { RefCell::new(Vec::new()) };
}

/// Sends a form to its flow's server function and shows the answer. While one is under way, another is not sent. `element`: the
/// form in the page, for the browser to submit where the server does not understand this build.
pub fn send(context: FlowContext, form: Form, element: Option<web_sys::HtmlFormElement>) {
    if context.busy.get_untracked() {
        return;
    }
    context.busy.set(true);
    context.warning.set(String::new());
    count();
    // More time changes nothing that is shown: what is being typed stays.
    let fresh = !form.asks_for(Action::Extend);
    spawn_local(async move {
        let answer = call(context.page().flow.as_str(), &form).await;
        context.busy.set(false);
        count();
        match answer {
            Ok(page) => show(context, page, fresh),
            Err(CallError::Fault(Fault::SignedOut)) => navigation::go(SESSION_ENDED),
            // An answer that did not arrive whole, or another build of the server: the browser posts the same form itself. A press
            // that is made again changes nothing twice.
            Err(CallError::Unreadable | CallError::Fault(Fault::BadRequest)) => {
                navigation::begin();
                match element.filter(|form| form.is_connected()) {
                    Some(form) => drop(form.submit()),
                    None => navigation::reload(),
                }
            }
            Err(CallError::Fault(fault)) => {
                // An end that could not be put off is announced again.
                context.let_end.set_value(None);
                context.say(match fault {
                    Fault::Busy { .. } | Fault::Unavailable => Notice::Busy,
                    Fault::Internal => Notice::Failed,
                    _ => Notice::NoAnswer,
                });
                focus::to_said();
            }
        }
    });
}

/// Counts that a post begins or ends.
fn count() {
    POSTS.set(POSTS.get().wrapping_add(1));
}

/// Reads the flow's present state again and shows it if the step moved on. With a post in between, it is read once more.
pub fn look(context: FlowContext) {
    let posts = POSTS.get();
    spawn_local(async move {
        match call("view", &context.page().flow).await {
            Ok(page) if posts == POSTS.get() && !context.busy.get_untracked() => show(context, page, false),
            Ok(_) if !context.busy.get_untracked() => look(context),
            Err(CallError::Fault(Fault::SignedOut)) => navigation::go(SESSION_ENDED),
            _ => {}
        }
    });
}

fn show(context: FlowContext, page: Page, fresh: bool) {
    super::timers::set_clock(page.now);
    if let Some(address) = &page.redirect_to {
        navigation::go(address);
        return;
    }
    let moved = context.page().screen.step() != page.screen.step();
    let title = state::title(&page, &context.brand());
    let to_mend = page.problems.iter().any(|found| matches!(found.problem, Problem::NotSixDigits | Problem::Empty));
    context.take(page, fresh || moved);
    if fresh || moved {
        document().set_title(&title);
        mount::swap(!moved);
        focus::after_change(!to_mend);
    }
    if moved {
        ON_STEP.with_borrow(|called| called.iter().for_each(|call| call(context)));
    }
}
