use super::post::submit;
use crate::flow_context::flow_context;
use leptos::prelude::*;

/// The step's main button. It is never disabled. While a post is under way it says so, and further presses do nothing.
#[component]
pub fn Submit(label: &'static str) -> impl IntoView {
    let busy = flow_context().busy;
    view! {
        <button class="button" type="submit" aria-busy=move || busy.get().then_some("true")>{label}</button>
    }
}

/// A form of one quiet button that sends `act` for the present step.
#[component]
pub fn ActionButton(
    act: &'static str,
    label: &'static str,
    #[prop(default = "button quiet")] class: &'static str,
) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    view! {
        <form method="post" action=page.flow.address() on:submit=move |pressed| submit(context, &pressed)>
            <input type="hidden" name="step" value=page.screen.step()/>
            <input type="hidden" name="reference" value=page.reference.clone().unwrap_or_default()/>
            <input type="hidden" name="act" value=act/>
            <button class=class type="submit">{label}</button>
        </form>
    }
}
