//! The steps of the flows. A step's view is created again whenever an answer arrives.

mod code;
mod ended;
mod identity;
mod link;
mod mail;
mod outcome;
mod password;
mod reset;
mod sign_in;

use crate::parts::{Notices, Steps};
use crate::text::{flows, state};
use crate::wire::{Flow, Page, Screen};
use leptos::prelude::*;

/// Returns the view of the step that `page` shows.
pub fn screen(page: &Page) -> AnyView {
    if page.screen == Screen::Session {
        return ().into_any();
    }
    let step = match page.screen.clone() {
        Screen::Identity => view! { <identity::Identity/> }.into_any(),
        Screen::AlreadyRegistered { user_id, masked } => {
            view! { <outcome::AlreadyRegistered user_id masked/> }.into_any()
        }
        Screen::NoEmail => view! { <outcome::NoEmail/> }.into_any(),
        Screen::ChoosePassword(about) => view! { <password::ChoosePassword about/> }.into_any(),
        Screen::MailSent(wait) => view! { <mail::MailSent wait/> }.into_any(),
        Screen::Created { user_id } => view! { <outcome::Created user_id/> }.into_any(),
        Screen::UserIdShown { user_id, masked } => view! { <outcome::UserIdShown user_id masked/> }.into_any(),
        Screen::NotEnrolled { user_id, masked } => view! { <outcome::NotEnrolled user_id masked/> }.into_any(),
        Screen::ResetUserId => view! { <reset::ResetUserId/> }.into_any(),
        Screen::ResetSent { user_id, sent_at, resend_at } => {
            view! { <reset::ResetSent user_id sent_at resend_at/> }.into_any()
        }
        Screen::SignIn { user_id, enrolling } => view! { <sign_in::SignIn user_id enrolling/> }.into_any(),
        Screen::Code(wait) => view! { <code::Code wait/> }.into_any(),
        Screen::LinkConfirm(request) => view! { <link::Confirm request/> }.into_any(),
        Screen::LinkNewPassword { request, about, phone } => {
            view! { <link::NewResetPassword request about phone/> }.into_any()
        }
        Screen::LinkDone { kind, user_id, here } => view! { <link::Done kind user_id here/> }.into_any(),
        Screen::LinkDisowned { .. } => view! { <link::Disowned/> }.into_any(),
        Screen::ChangePassword(about) => view! { <password::ChangePassword about/> }.into_any(),
        Screen::Session => ().into_any(),
        Screen::Ended(end) => view! { <ended::Ended end/> }.into_any(),
    };
    let heading = state::heading(page);
    let reference = page.reference.clone();
    view! {
        {steps_at(page).map(|at| view! { <Steps at/> })}
        <Notices/>
        {if page.flow == Flow::Account {
            view! { <h2 id="heading" tabindex="-1">{heading}</h2> }.into_any()
        } else {
            view! { <h1 id="heading" tabindex="-1">{heading}</h1> }.into_any()
        }}
        {step}
        {(page.screen.in_progress() && !matches!(page.screen, Screen::UserIdShown { .. })).then(|| {
            let first = matches!(page.screen, Screen::Identity | Screen::ResetUserId);
            view! { <p class="cannot-save">{if first { flows::CANNOT_SAVE } else { flows::STILL_CANNOT_SAVE }}</p> }
        })}
        {reference.map(|reference| view! { <p class="reference">{flows::REFERENCE}<span>{reference}</span></p> })}
    }
    .into_any()
}

/// Returns the position of a page in the six steps of the enrolment. Other flows have no indicator.
fn steps_at(page: &Page) -> Option<usize> {
    match (&page.screen, page.flow) {
        (Screen::Identity | Screen::AlreadyRegistered { .. } | Screen::NoEmail, Flow::Enrol) => Some(1),
        (Screen::ChoosePassword(_), Flow::Enrol) => Some(2),
        (Screen::MailSent(_), _) => Some(3),
        (Screen::LinkConfirm(request), _) => (request.kind == crate::wire::LinkKind::Enrolment).then_some(3),
        (Screen::Created { .. } | Screen::LinkDone { kind: crate::wire::LinkKind::Enrolment, here: true, .. }, _) => {
            Some(4)
        }
        (Screen::SignIn { enrolling: true, .. }, _) => Some(4),
        (Screen::Code(wait), _) => wait.enrolling.then_some(5),
        _ => None,
    }
}
