use super::field::{FieldError, described_by, problem_at};
use crate::text::{flows, problem};
use crate::wire::{Field, PasswordAbout};
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;
use rules::password::{PasswordContext, RuleState, assess, passwordrules_attribute};

/// The present password, for signing in and as proof inside the portal.
#[component]
pub fn CurrentPassword(label: &'static str) -> impl IntoView {
    let error = problem_at(Field::Password);
    let invalid = error.is_some();
    let name = Field::Password.name();
    view! {
        <div class="field" class:has-error=invalid>
            <label class="label" for=name>{label} <span class="required">{flows::REQUIRED}</span></label>
            <PasswordInput name autocomplete="current-password" rules="" described=described_by(name, false, invalid) invalid on_typed=|_| ()/>
            {error.map(|(found, now)| view! { <FieldError name found now/> })}
        </div>
    }
}

/// A new password under its rules: the list is complete and visible from the start, its state follows the typing.
#[component]
pub fn NewPassword(label: &'static str, about: PasswordAbout) -> impl IntoView {
    let name = Field::NewPassword.name();
    let error = problem_at(Field::NewPassword);
    let invalid = error.is_some();
    let profile = about.profile;
    let typed = RwSignal::new(String::new());
    let states = Memo::new(move |_| {
        let context = PasswordContext {
            user_id: &about.user_id,
            kana: &about.kana,
            phones: &about.phones,
            brand: &about.brand,
        };
        typed.with(|typed| assess(typed, profile, &context).states().to_vec())
    });
    let rules = states
        .get_untracked()
        .into_iter()
        .enumerate()
        .map(|(at, (rule, _))| {
            let state = move || states.with(|states| states.get(at).map_or(RuleState::Idle, |(_, state)| *state));
            view! {
                <li class="rule" class:met=move || state() == RuleState::Met class:unmet=move || state() == RuleState::Unmet>
                    <span class="rule-mark" aria-hidden="true"></span>
                    {problem::rule(rule, profile)}
                    <span class="rule-state">
                        {move || match state() {
                            RuleState::Met => flows::RULE_MET,
                            RuleState::Unmet => flows::RULE_UNMET,
                            RuleState::Idle => "",
                        }}
                    </span>
                </li>
            }
        })
        .collect_view();
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
            <PasswordInput name autocomplete="new-password" rules=passwordrules_attribute(profile) described invalid on_typed=move |now: String| typed.set(now)/>
            {error.map(|(found, now)| view! { <FieldError name found now/> })}
            <RulesStatus states/>
        </div>
    }
}

/// One polite line about a second after typing stops, for those who do not see the list.
#[component]
fn RulesStatus(states: Memo<Vec<(rules::password::PasswordRule, RuleState)>>) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    crate::client::after_pause(move || {
        let (met, of, idle) = states.with(|states| {
            (
                states.iter().filter(|(_, state)| *state == RuleState::Met).count(),
                states.len(),
                states.iter().all(|(_, state)| *state == RuleState::Idle),
            )
        });
        (!idle).then(|| format!("パスワードの決まり{of}件のうち、{met}件ができています。"))
    }, said);
    #[cfg(not(feature = "hydrate"))]
    let _ = states;
    view! { <p class="visually-hidden" role="status">{move || said.get()}</p> }
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
    let input = NodeRef::<leptos::html::Input>::new();
    // What a password manager or a quick typist put there before the script came counts as typed.
    #[cfg(feature = "hydrate")]
    {
        let on_typed = on_typed.clone();
        Effect::new(move || {
            if let Some(input) = input.get() {
                on_typed(input.value());
            }
        });
    }
    // Not in the list of known attributes: https://developer.apple.com/password-rules/
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
                node_ref=input
                on:input=move |typed| on_typed(event_target_value(&typed))
                {..password_rules}
            />
            <label class="show needs-script">
                <input type="checkbox" on:change=move |changed| shown.set(event_target_checked(&changed))/>
                {flows::SHOW}
            </label>
        </div>
    }
}
