use leptos::prelude::*;

/// Sentences that stand side by side.
#[component]
pub fn Points(items: &'static [&'static str]) -> impl IntoView {
    let items = items.iter().map(|item| view! { <li>{*item}</li> }).collect_view();
    view! { <ul class="points">{items}</ul> }
}

/// Sentences that follow each other: what to do, in order.
#[component]
pub fn Ordered(items: &'static [&'static str]) -> impl IntoView {
    let items = items.iter().map(|item| view! { <li>{*item}</li> }).collect_view();
    view! { <ol class="steps-list">{items}</ol> }
}
