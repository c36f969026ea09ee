//! The ends of all flows: what happened, and the way on.

use crate::flow_context::flow_context;
use crate::parts::{ActionButton, ContactCentre};
use crate::text::{flows, state};
use crate::wire::{Action, EndReason, Flow, LinkKind};
use leptos::prelude::*;

/// The end of a flow: what happened, and what to do next. One way on is the main one, if there is any.
#[component]
pub fn Ended(end: EndReason) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    let explanation = state::explanation(end, page.now, &context.timeouts);
    let ways: Vec<AnyView> = match (end, page.flow) {
        (EndReason::WentOn, _) => vec![way(Flow::Enrol, flows::TO_PASSWORD, true)],
        (EndReason::LinkUsed, _) => {
            vec![way(Flow::SignIn, flows::TO_SIGN_IN, true), text_way(Flow::PasswordReset, flows::FORGOT_PASSWORD)]
        }
        (EndReason::LinkNewer, _) => vec![again(page.link, false)],
        (EndReason::LinkReplaced, _) if page.link == Some(LinkKind::Reset) => {
            vec![way(Flow::SignIn, flows::TO_SIGN_IN, true), again(page.link, false)]
        }
        (_, Flow::Link) => vec![again(page.link, true)],
        (EndReason::ResetRequired, _) => vec![way(Flow::PasswordReset, flows::RESET_PASSWORD, true)],
        (EndReason::AccountWait(_), _) => vec![
            way(Flow::PasswordReset, flows::RESET_PASSWORD, true),
            view! { <ActionButton action=Action::Restart label=flows::SIGN_IN_AGAIN/> }.into_any(),
        ],
        (_, Flow::SignIn) => {
            vec![view! { <ActionButton action=Action::Restart label=flows::SIGN_IN_AGAIN class="button"/> }.into_any()]
        }
        (EndReason::Done, _) => vec![
            way(Flow::SignIn, flows::TO_SIGN_IN, true),
            view! { <ActionButton action=Action::Restart label=flows::RESTART/> }.into_any(),
        ],
        _ => vec![view! { <ActionButton action=Action::Restart label=flows::RESTART class="button"/> }.into_any()],
    };
    view! {
        <p class="lead">{explanation}</p>
        {ways}
        <p><a href="/">{flows::GUIDE}</a></p>
        {matches!(end, EndReason::AccountWait(_) | EndReason::ResetRequired | EndReason::Disowned | EndReason::LinkUnknown).then(|| view! { <ContactCentre/> })}
    }
}

fn way(to: Flow, label: &'static str, main: bool) -> AnyView {
    view! { <p><a class=if main { "button" } else { "button quiet" } href=to.address()>{label}</a></p> }.into_any()
}

fn text_way(to: Flow, label: &'static str) -> AnyView {
    view! { <p><a href=to.address()>{label}</a></p> }.into_any()
}

/// The ways to start again with what the link was for. For an unknown link there are both.
fn again(link: Option<LinkKind>, main: bool) -> AnyView {
    let enrol = (link != Some(LinkKind::Reset)).then(|| way(Flow::Enrol, flows::ENROL_AGAIN, main && link.is_some()));
    let reset = (link != Some(LinkKind::Enrolment))
        .then(|| way(Flow::PasswordReset, flows::RESET_AGAIN, main && link.is_some()));
    view! { {enrol}{reset} }.into_any()
}
