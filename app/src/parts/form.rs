use super::post::submit;
use crate::flow_context::flow_context;
use leptos::prelude::*;

/// The step's main form. It is a real form that posts to the flow's address; where WASM runs, the page posts it itself.
#[component]
pub fn StepForm(children: Children) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    view! {
        <form class="form" method="post" action=page.flow.address() novalidate on:submit=move |sent| submit(context, &sent)>
            <input type="hidden" name="step" value=page.screen.step()/>
            <input type="hidden" name="reference" value=page.reference.clone().unwrap_or_default()/>
            {children()}
        </form>
    }
}
