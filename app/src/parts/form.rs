//! The step's form, and the hidden fields that every form of a step has.

use super::post::submit;
use crate::flow_context::flow_context;
use crate::wire::Form;
use leptos::prelude::*;

/// The step's main form. It is a real form that posts to the flow's address; where WASM runs, the page posts it itself.
#[component]
pub fn StepForm(children: Children) -> impl IntoView {
    let context = flow_context();
    view! {
        <form class="form" method="post" action=context.page().flow.address() novalidate on:submit=move |sent| submit(context, &sent)>
            <StepFields/>
            {children()}
        </form>
    }
}

/// The hidden fields of every form of a step: for which step of which procedure it was made.
#[component]
pub(super) fn StepFields() -> impl IntoView {
    let page = flow_context().page();
    view! {
        <input type="hidden" name=Form::STEP value=page.screen.step().as_str()/>
        <input type="hidden" name=Form::REFERENCE value=page.reference.unwrap_or_default()/>
    }
}
