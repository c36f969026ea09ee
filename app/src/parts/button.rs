//! The buttons of a step, which post a form with and without script.

use super::form::StepFields;
use super::post::submit;
use crate::flow_context::flow_context;
use crate::wire::{Action, Form};
use leptos::prelude::*;

/// The step's main button. It is never disabled. While a post is under way it says so, and further presses do nothing.
#[component]
pub fn Submit(label: &'static str) -> impl IntoView {
    let busy = flow_context().busy;
    view! {
        <button class="button" type="submit" aria-busy=move || busy.get().then_some("true")>{label}</button>
    }
}

/// A form of one quiet button that asks for `action` at the present step.
#[component]
pub fn ActionButton(
    action: Action,
    label: &'static str,
    #[prop(default = "button quiet")] class: &'static str,
) -> impl IntoView {
    let context = flow_context();
    view! {
        <form method="post" action=context.page().flow.address() on:submit=move |pressed| submit(context, &pressed)>
            <StepFields/>
            <input type="hidden" name=Form::ACTION value=action.as_str()/>
            <button class=class type="submit">{label}</button>
        </form>
    }
}
