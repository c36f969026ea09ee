//! Every mail in its states: what the tests and the gallery show. A kind without one does not compile.

use crate::{LockedStep, MailContent, MailKind};
use app::samples::states::States;
use app::samples::{NOW, Words, contract};
use rules::{RequestKind, RequestState};

const MINUTE: i64 = 60_000;

/// Returns the states of a mail.
#[must_use]
pub fn states(kind: MailKind, words: Words) -> States<MailContent> {
    let token = || "q3VdN0c8yT5hJx2mRk7WbP9uLf4sZa1eGi6oYtXwHnE".to_owned();
    let device = || words.device().to_owned();
    let expires_at = NOW + 24 * 60 * MINUTE;
    match kind {
        MailKind::ConfirmEnrolment => States::one(
            "usual",
            MailContent::ConfirmEnrolment { token: token(), asked_at: NOW, expires_at, device: device() },
        )
        .and(
            "long",
            MailContent::ConfirmEnrolment {
                token: token(),
                asked_at: NOW,
                expires_at,
                device: Words::Long.device().to_owned(),
            },
        ),
        MailKind::AccountCreated => States::one("usual", MailContent::AccountCreated { at: NOW }),
        MailKind::UserIdNotice => {
            let notice =
                |user_id: &str| MailContent::UserIdNotice { user_id: user_id.into(), at: NOW, device: device() };
            States::one("usual", notice(words.user_id()))
                .and("long", notice("takahashi-matsumoto.kazunosuke-takayuki@mail.long-company-name.example.jp"))
        }
        MailKind::AuthCode => {
            let code = |nth| MailContent::AuthCode {
                code: "041728".to_owned(),
                nth,
                sent_at: NOW,
                expires_at: NOW + 5 * MINUTE,
                device: device(),
            };
            States::one("first", code(1)).and("second", code(2)).and("third", code(3))
        }
        MailKind::ResetPassword => States::one(
            "usual",
            MailContent::ResetPassword { token: token(), asked_at: NOW, expires_at, device: device() },
        ),
        MailKind::NotEnrolled => States::one("usual", MailContent::NotEnrolled { asked_at: NOW }),
        MailKind::PasswordChanged => {
            let changed = |everywhere| MailContent::PasswordChanged { at: NOW, device: device(), everywhere };
            States::one("elsewhere", changed(false)).and("everywhere", changed(true))
        }
        MailKind::SignInLocked => {
            let locked = |step| MailContent::SignInLocked { at: NOW, until: NOW + 30 * MINUTE, step };
            States::one("password", locked(LockedStep::Password)).and("code", locked(LockedStep::Code))
        }
        MailKind::SignInClosed => {
            let closed = |step| MailContent::SignInClosed { at: NOW, step };
            States::one("password", closed(LockedStep::Password)).and("code", closed(LockedStep::Code))
        }
        MailKind::SignInAfterFailures => {
            States::one("usual", MailContent::SignInAfterFailures { at: NOW, failures: 12, device: device() })
        }
        MailKind::RequestReceived => request_received(words),
        MailKind::RequestMoved => request_moved(words),
        MailKind::RenewalReminder => {
            let ends_on = "2026-12-23".to_owned();
            let reminder = |vehicle| MailContent::RenewalReminder {
                vehicle,
                ends_on: ends_on.clone(),
                useless_at: NOW + 3 * 24 * 60 * MINUTE,
            };
            States::one("usual", reminder(contract(words).vehicle)).and("long", reminder(contract(Words::Long).vehicle))
        }
    }
}

/// Each kind of request.
fn request_received(words: Words) -> States<MailContent> {
    let received = |kind: RequestKind| {
        (kind.as_str(), MailContent::RequestReceived { kind, vehicle: contract(words).vehicle, at: NOW })
    };
    let (first, content) = received(RequestKind::Renewal);
    let others = RequestKind::ALL.iter().copied().filter(|kind| *kind != RequestKind::Renewal).map(received);
    others.fold(States::one(first, content), |states, (name, content)| states.and(name, content))
}

/// Each state that a request comes to.
fn request_moved(words: Words) -> States<MailContent> {
    let moved = |state, reason: Option<&str>| MailContent::RequestMoved {
        kind: RequestKind::Change,
        state,
        vehicle: contract(words).vehicle,
        reason: reason.map(str::to_owned),
        at: NOW,
    };
    let mut states = States::one("taken", moved(RequestState::InProgress, None));
    for state in RequestState::ALL.iter().copied() {
        states = match state {
            // Of the first state another mail tells, and the second is there already.
            RequestState::Received | RequestState::InProgress => states,
            RequestState::Done | RequestState::Withdrawn => states.and(state.as_str(), moved(state, None)),
            RequestState::Declined => states.and(state.as_str(), moved(state, Some(words.declined()))),
        };
    }
    states
}

/// Every mail in every state, with its kind and the state's name.
pub fn all(words: Words) -> impl Iterator<Item = (MailKind, &'static str, MailContent)> {
    MailKind::ALL
        .iter()
        .copied()
        .flat_map(move |kind| states(kind, words).all().map(move |(state, content)| (kind, state, content)))
}
