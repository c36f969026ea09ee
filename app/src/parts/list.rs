//! Lists of sentences, for the pages that only the server renders.

use leptos::prelude::*;
use std::borrow::Cow;

/// The sentences of a list: constants, sentences made from the limits, or both.
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

/// A list of sentences without an order.
#[component]
pub fn Points(#[prop(into)] items: Lines) -> impl IntoView {
    let items = items.0.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ul class="points">{items}</ul> }
}

/// A list of sentences in order, such as what to do first.
#[component]
pub fn Ordered(#[prop(into)] items: Lines) -> impl IntoView {
    let items = items.0.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    view! { <ol class="steps-list">{items}</ol> }
}
