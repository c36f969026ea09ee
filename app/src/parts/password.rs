//! The fields of a present and of a new password. The new one has the list of its rules, which follows the typing.

use super::LiveText;
use super::field::{FieldError, described_by, problem_at};
use crate::text::{flows, problem};
use crate::wire::{Field, PasswordAbout};
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;
use rules::password::{PasswordContext, PasswordRule, RuleState, assess, passwordrules_attribute};

/// The present password, for signing in and as proof inside the portal.
#[component]
pub fn CurrentPassword(label: &'static str) -> impl IntoView {
    let error = problem_at(Field::Password);
    let invalid = error.is_some();
    let name = Field::Password.as_str();
    view! {
        <div class="field" class:has-error=invalid>
            <label class="label" for=name>{label} <span class="required">{flows::REQUIRED}</span></label>
            <PasswordInput name autocomplete="current-password" rules="" described=described_by(name, false, invalid) invalid on_typed=|_| ()/>
            {error.map(|(found, now)| view! { <FieldError name found now/> })}
        </div>
    }
}

/// The field of a new password with the list of its rules. The list is complete and visible from the start, and its state follows
/// the typing.
#[component]
pub fn NewPassword(label: &'static str, about: PasswordAbout) -> impl IntoView {
    let name = Field::NewPassword.as_str();
    let error = problem_at(Field::NewPassword);
    let invalid = error.is_some();
    let profile = about.profile;
    let judge = move |typed: &str| {
        let context =
            PasswordContext { user_id: &about.user_id, kana: &about.kana, phones: &about.phones, brand: &about.brand };
        assess(typed, profile, &context)
    };
    let states: Vec<_> = profile.rules().iter().map(|_| RwSignal::new(String::new())).collect();
    let said = RwSignal::new(String::new());
    // The error of the last password disappears once the typed one keeps the rules.
    let mended = RwSignal::new(false);
    let rules = profile
        .rules()
        .iter()
        .zip(states.clone())
        .map(|(rule, state)| {
            // A rule about something missing is not met yet; a rule about something forbidden is broken.
            let unmet = match rule {
                PasswordRule::Length | PasswordRule::Classes => flows::RULE_UNMET,
                _ => flows::RULE_BROKEN,
            };
            view! { <Rule text=problem::rule(*rule, profile) unmet state/> }
        })
        .collect_view();
    let on_typed = move |typed: String| {
        let report = judge(&typed);
        for ((_, now), state) in report.states().iter().zip(&states) {
            state.set(word(*now).to_owned());
        }
        mended.set(report.is_ok());
        let met = report.states().iter().filter(|(_, now)| *now == RuleState::Met).count();
        #[cfg(feature = "hydrate")]
        crate::client::say_after_pause(problem::rules_met(met, report.states().len()), said);
        #[cfg(not(feature = "hydrate"))]
        let _ = met;
    };
    let described = Some(match described_by(name, false, invalid) {
        Some(error) => format!("{name}-rules {error}"),
        None => format!("{name}-rules"),
    });
    view! {
        <div class="field" class:has-error=invalid>
            <label class="label" for=name>{label} <span class="required">{flows::REQUIRED}</span></label>
            <div class="rules" id=format!("{name}-rules")>
                <p class="rules-head">{flows::RULES_HEAD}</p>
                <ul>{rules}</ul>
            </div>
            <PasswordInput name autocomplete="new-password" rules=passwordrules_attribute(profile) described invalid on_typed/>
            <div class="errors" class:mended=move || mended.get()>
                {error.map(|(found, now)| view! { <FieldError name found now/> })}
            </div>
            <p class="visually-hidden" role="status"><LiveText text=Box::new(move || said.get())/></p>
        </div>
    }
}

/// The class of a rule's line.
const fn word(state: RuleState) -> &'static str {
    match state {
        RuleState::Met => "met",
        RuleState::Unmet => "unmet",
        RuleState::Idle => "",
    }
}

/// One rule. Its state shows in shape, colour and words.
#[component]
fn Rule(text: String, unmet: &'static str, state: RwSignal<String>) -> impl IntoView {
    let word = move || {
        state
            .with(|state| match state.as_str() {
                "met" => flows::RULE_MET,
                "unmet" => unmet,
                _ => "",
            })
            .to_owned()
    };
    view! {
        <li class=move || format!("rule {}", state.get())>
            <span class="rule-mark" aria-hidden="true"></span>
            {text}
            <span class="rule-state">
                <LiveText text=Box::new(word)/>
            </span>
        </li>
    }
}

#[component]
fn PasswordInput(
    name: &'static str,
    autocomplete: &'static str,
    rules: &'static str,
    described: Option<String>,
    invalid: bool,
    on_typed: impl Fn(String) + Clone + 'static,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::client::typed_before(name, on_typed.clone());
    // Leptos does not know this attribute: https://developer.apple.com/password-rules/
    let password_rules = custom_attribute("passwordrules", (!rules.is_empty()).then_some(rules));
    view! {
        <div class="password">
            <input
                class="input"
                type=move || if shown.get() { "text" } else { "password" }
                id=name
                name=name
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                required
                aria-invalid=invalid.then_some("true")
                aria-describedby=described
                on:input=move |typed| on_typed(event_target_value(&typed))
                {..password_rules}
            />
            <label class="show needs-script">
                <input type="checkbox" prop:checked=move || shown.get() on:change=move |changed| shown.set(event_target_checked(&changed))/>
                {flows::SHOW}
            </label>
        </div>
    }
}
