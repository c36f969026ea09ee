use crate::wizard::desk;
use leptos::prelude::*;

/// The step's main button. It is never disabled. While a post is under way it says so, and further presses do nothing.
#[component]
pub fn Submit(label: &'static str) -> impl IntoView {
    let busy = desk().busy;
    view! {
        <button class="button" type="submit" aria-busy=move || busy.get().then_some("true")>{label}</button>
    }
}

/// A form of one quiet button that sends `act` for the present step.
#[component]
pub fn Press(
    act: &'static str,
    label: &'static str,
    #[prop(default = "button quiet")] class: &'static str,
) -> impl IntoView {
    let desk = desk();
    let page = desk.page();
    view! {
        <form method="post" action=page.flow.address() on:submit=move |pressed| desk.submit(&pressed)>
            <input type="hidden" name="step" value=page.screen.step()/>
            <input type="hidden" name="reference" value=page.reference.clone().unwrap_or_default()/>
            <input type="hidden" name="act" value=act/>
            <button class=class type="submit">{label}</button>
        </form>
    }
}
