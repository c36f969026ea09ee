//! Names with their values, and values to copy.

use super::LiveText;
use crate::text::flows;
use leptos::prelude::*;

/// A list of names and values.
#[component]
pub fn Facts(children: Children) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One name and its value.
#[component]
pub fn Fact(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }
}

/// A value that people copy. It can be selected everywhere and has a copy button where script runs.
#[component]
pub fn CopyValue(name: &'static str, value: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let label = move || if copied.get() { flows::COPIED } else { flows::COPY }.to_owned();
    let to_copy = value.clone();
    view! {
        <div class="copy">
            <p class="copy-name">{name}</p>
            <p class="copy-value">{value}</p>
            <button class="button quiet small needs-script" type="button" on:click=move |_| { copy(&to_copy); copied.set(true); }>
                <LiveText text=Box::new(label)/>
            </button>
        </div>
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has a clipboard"))]
fn copy(value: &str) {
    #[cfg(feature = "hydrate")]
    crate::client::copy(value);
}
