use leptos::prelude::*;
use std::borrow::Cow;

/// Sentences of a list: constants, made from the limits, or both.
pub struct Lines(Vec<Cow<'static, str>>);

impl<const N: usize> From<&'static [&'static str; N]> for Lines {
    fn from(lines: &'static [&'static str; N]) -> Self {
        Self(lines.iter().map(|line| Cow::Borrowed(*line)).collect())
    }
}

impl<const N: usize> From<[Cow<'static, str>; N]> for Lines {
    fn from(lines: [Cow<'static, str>; N]) -> Self {
        Self(lines.into())
    }
}

/// Sentences that stand side by side.
#[component]
pub fn Points(#[prop(into)] items: Lines) -> impl IntoView {
    let items = items.0.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ul class="points">{items}</ul> }
}

/// Sentences that follow each other: what to do, in order.
#[component]
pub fn Ordered(#[prop(into)] items: Lines) -> impl IntoView {
    let items = items.0.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ol class="steps-list">{items}</ol> }
}
