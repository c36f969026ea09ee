//! The indicator of how far an enrolment is.

use crate::text::state::{PROGRESS, STEPS, step_of};
use leptos::prelude::*;

/// The indicator of the enrolment: step `at` of six, counted from 1.
#[component]
pub fn Steps(at: usize) -> impl IntoView {
    let items = STEPS
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let number = index + 1;
            let class = match number.cmp(&at) {
                std::cmp::Ordering::Less => "step done",
                std::cmp::Ordering::Equal => "step now",
                std::cmp::Ordering::Greater => "step",
            };
            view! {
                <li class=class aria-current=(number == at).then_some("step")>
                    <span class="step-number">{number}</span>
                    <span class="step-name">{*name}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="steps" aria-label=PROGRESS>
            <p class="steps-text">{step_of(at)}</p>
            <ol>{items}</ol>
        </nav>
    }
}
