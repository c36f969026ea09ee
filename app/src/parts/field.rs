//! A text field with its label, hint and error, so that all of them are tied together for screen readers in the same way.

use crate::flow_context::flow_context;
use crate::text::{flows, problem};
use crate::wire::{Field, FieldProblem};
use leptos::prelude::*;

/// Returns the problem at `field` after the last post, if there is one.
pub(super) fn problem_at(field: Field) -> Option<(FieldProblem, i64)> {
    let page = flow_context().page();
    let now = page.now;
    page.problems.into_iter().find(|found| found.field == Some(field)).map(|found| (found, now))
}

/// Returns the ids of what describes a control: its support text and, if there is one, its error.
pub(super) fn described_by(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{name}-hint {name}-error")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (false, false) => None,
    }
}

/// A label, its support text, the control and its error, in this order. What was typed before stays in the control, and nothing is
/// written into it while it has the focus.
#[component]
pub fn TextField(
    field: Field,
    #[prop(default = "")] hint: &'static str,
    #[prop(default = "text")] inputmode: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    /// Folds what was typed. The result is shown when the field is left.
    #[prop(optional)]
    fold: Option<fn(&str) -> String>,
    /// Shown instead of what was typed before, unless it is empty.
    #[prop(optional)]
    value: Option<String>,
) -> impl IntoView {
    let name = field.as_str();
    let old_input = value.filter(|value| !value.is_empty()).unwrap_or_else(|| flow_context().page().old_input(field));
    let error = problem_at(field);
    let invalid = error.is_some();
    view! {
        <div class="field" class:has-error=invalid>
            <label class="label" for=name>
                {problem::label(field)} <span class="required">{flows::REQUIRED}</span>
            </label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> })}
            <input
                class="input"
                type="text"
                id=name
                name=name
                value=old_input
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required
                aria-invalid=invalid.then_some("true")
                aria-describedby=described_by(name, !hint.is_empty(), invalid)
                on:blur=move |left| fold_in_place(fold, &left)
            />
            {error.map(|(found, now)| view! { <FieldError name found now/> })}
        </div>
    }
}

/// The error text below a control.
#[component]
pub(super) fn FieldError(name: &'static str, found: FieldProblem, now: i64) -> impl IntoView {
    view! { <p class="error" id=format!("{name}-error")>{problem::sentence(&found, now)}</p> }
}

/// Shows the folded text when the field is left. An IME that is still composing keeps the field focused, so the field is never
/// changed while it composes.
fn fold_in_place(fold: Option<fn(&str) -> String>, left: &leptos::ev::FocusEvent) {
    let Some(fold) = fold else { return };
    let input: leptos::web_sys::HtmlInputElement = event_target(left);
    let typed = input.value();
    let folded = fold(&typed);
    if folded != typed {
        input.set_value(&folded);
    }
}
