use super::post::submit;
use crate::flow_context::flow_context;
use crate::wire::Form;
use leptos::prelude::*;

/// The step's main form. It is a real form that posts to the flow's address; where WASM runs, the page posts it itself.
#[component]
pub fn StepForm(children: Children) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    view! {
        <form class="form" method="post" action=page.flow.address() novalidate on:submit=move |sent| submit(context, &sent)>
            <input type="hidden" name=Form::STEP value=page.screen.step().as_str()/>
            <input type="hidden" name=Form::REFERENCE value=page.reference.clone().unwrap_or_default()/>
            {children()}
        </form>
    }
}
