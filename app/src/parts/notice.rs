//! What stands above a step: what just happened and what has to be corrected; and the contact centre.

use super::LiveText;
use crate::flow_context::flow_context;
use crate::text::{flows, problem, state};
use crate::wire::{Brand, Field, Problem};
use leptos::prelude::*;

/// The lines above the step: what just happened, and the summary of what has to be corrected, which takes the focus.
#[component]
pub fn Notices() -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    let now = page.now;
    let summary = (!page.problems.is_empty()).then(|| {
        let lines = page
            .problems
            .iter()
            .map(|found| {
                let sentence = problem::sentence(found, now);
                match found.field {
                    Some(field) => view! { <li><a href=anchor(field)>{sentence}</a></li> }.into_any(),
                    None => view! { <li>{sentence}</li> }.into_any(),
                }
            })
            .collect_view();
        let head = match page.problems.as_slice() {
            [found] if matches!(found.problem, Problem::ResendAt(_)) => flows::SUMMARY_HEAD_RESEND,
            problems if problems.iter().any(|found| found.field.is_some()) => flows::SUMMARY_HEAD,
            _ => flows::SUMMARY_HEAD_PLAIN,
        };
        view! {
            <div class="summary" role="alert" tabindex="-1" id="summary">
                <h2>{head}</h2>
                <ul>{lines}</ul>
            </div>
        }
    });
    let said = page.notice.map(|notice| view! { <p class="notice" role="status" tabindex="-1" id="notice">{state::notice(notice, &context.timeouts)}</p> });
    view! {
        {summary}
        {said}
        <p class="notice warn" role="alert" tabindex="-1" id="said" hidden=move || context.warning.with(String::is_empty)><LiveText text=Box::new(move || context.warning.get())/></p>
    }
}

/// Returns the address of a field's control on this page.
fn anchor(field: Field) -> String {
    format!("#{}", field.as_str())
}

/// The contact centre's number and hours.
#[component]
pub fn ContactCentre() -> impl IntoView {
    let brand = use_context::<Brand>().unwrap_or_default();
    view! {
        <div class="centre">
            <p class="centre-name">{flows::CENTRE}</p>
            <p><a class="centre-phone" href=format!("tel:{}", brand.centre_phone.replace('-', ""))>{brand.centre_phone.clone()}</a></p>
            <p class="centre-hours">{brand.centre_hours.clone()}</p>
        </div>
    }
}
