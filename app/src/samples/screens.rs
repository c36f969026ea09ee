//! The states of every screen.

use super::kinds::ScreenKind;
use super::states::{SampleContext, States};
use super::{DEVICE, NOW, Words};
use crate::wire::{CodeWait, Delivery, EndReason, Flow, LinkKind, MailWait, Page, Screen};

/// The longest things that people have: nothing may break or run over.
const LONG_USER_ID: &str = "takahashi-matsumoto.kazunosuke-takayuki@mail.long-company-name.example.jp";

/// Returns the states of a screen.
pub(super) fn states(kind: ScreenKind, context: SampleContext) -> States<Page> {
    let (words, as_configured) = (context.words, context.chosen.mask_user_id);
    let user_id = || words.user_id().to_owned();
    let long = || LONG_USER_ID.to_owned();
    let masked = || words.masked_user_id().to_owned();
    let shown = || if as_configured { masked() } else { user_id() };
    let about = || super::password_about(context.chosen.profile, context.words);
    match kind {
        ScreenKind::Identity => States::one("empty", page(Flow::Enrol, Screen::Identity))
            .and("filled-in", super::identity(Flow::Enrol, context.words))
            .and("inquiry", page(Flow::UserId, Screen::Identity)),
        ScreenKind::AlreadyRegistered => States::one(
            "usual",
            page(Flow::Enrol, Screen::AlreadyRegistered { user_id: shown(), masked: as_configured }),
        )
        .and("masked", page(Flow::Enrol, Screen::AlreadyRegistered { user_id: masked(), masked: true }))
        .and("long", page(Flow::Enrol, Screen::AlreadyRegistered { user_id: long(), masked: false })),
        ScreenKind::NoEmail => States::one("usual", page(Flow::Enrol, Screen::NoEmail)),
        ScreenKind::ChoosePassword => States::one("usual", page(Flow::Enrol, Screen::ChoosePassword(about()))),
        ScreenKind::MailSent => mail_sent(context),
        ScreenKind::Created => States::one("usual", page(Flow::Enrol, Screen::Created { user_id: user_id() }))
            .and("long", page(Flow::Enrol, Screen::Created { user_id: long() })),
        ScreenKind::UserIdShown => {
            States::one("usual", page(Flow::UserId, Screen::UserIdShown { user_id: shown(), masked: as_configured }))
                .and("masked", page(Flow::UserId, Screen::UserIdShown { user_id: masked(), masked: true }))
                .and("long", page(Flow::UserId, Screen::UserIdShown { user_id: long(), masked: false }))
        }
        ScreenKind::NotEnrolled => {
            States::one("usual", page(Flow::UserId, Screen::NotEnrolled { user_id: shown(), masked: as_configured }))
                .and("masked", page(Flow::UserId, Screen::NotEnrolled { user_id: masked(), masked: true }))
        }
        ScreenKind::ResetUserId => States::one("usual", page(Flow::PasswordReset, Screen::ResetUserId)),
        ScreenKind::ResetSent => {
            let sent = |user_id, resend_at| Screen::ResetSent { user_id, sent_at: NOW, resend_at };
            States::one("usual", page(Flow::PasswordReset, sent(user_id(), Some(NOW))))
                .and("must-wait", page(Flow::PasswordReset, sent(user_id(), Some(NOW + 60_000))))
                .and("no-more", page(Flow::PasswordReset, sent(user_id(), None)))
                .and("long", page(Flow::PasswordReset, sent(long(), Some(NOW))))
        }
        ScreenKind::SignIn => States::one("empty", page(Flow::SignIn, sign_in("", false)))
            .and("filled-in", page(Flow::SignIn, sign_in(words.user_id(), false)))
            .and("enrolling", page(Flow::SignIn, sign_in(words.user_id(), true))),
        ScreenKind::Code => code(words),
        ScreenKind::LinkConfirm => {
            let request = super::request(LinkKind::Enrolment, &context.timeouts, context.words);
            let named = format!("{DEVICE} {DEVICE} {DEVICE}");
            let odd = crate::wire::LinkSubject { user_id: long(), device: named, ..request.clone() };
            States::one("usual", page(Flow::Link, Screen::LinkConfirm(request)))
                .and("long", page(Flow::Link, Screen::LinkConfirm(odd)))
        }
        ScreenKind::LinkNewPassword => {
            let request = || super::request(LinkKind::Reset, &context.timeouts, context.words);
            let screen = |phone| Screen::LinkNewPassword { request: request(), about: about(), phone };
            States::one("usual", page(Flow::Link, screen(context.chosen.phone)))
                .and("with-phone", page(Flow::Link, screen(true)))
        }
        ScreenKind::LinkDone => {
            let done = |kind, here| page(Flow::Link, Screen::LinkDone { kind, user_id: user_id(), here });
            States::one("enrolment-here", done(LinkKind::Enrolment, true))
                .and("enrolment-elsewhere", done(LinkKind::Enrolment, false))
                .and("reset", done(LinkKind::Reset, false))
        }
        ScreenKind::LinkDisowned => {
            let disowned = |kind| page(Flow::Link, Screen::LinkDisowned { kind });
            States::one("enrolment", disowned(LinkKind::Enrolment)).and("reset", disowned(LinkKind::Reset))
        }
        ScreenKind::ChangePassword => States::one("usual", super::password_page(context.chosen.profile, context.words)),
        ScreenKind::Session => States::one("usual", page(Flow::Session, Screen::Session)),
        ScreenKind::Ended => States::one("usual", page(Flow::Enrol, Screen::Ended(EndReason::Done))),
    }
}

fn page(flow: Flow, screen: Screen) -> Page {
    let mut page = super::page(flow, screen);
    page.reference = page.screen.in_progress().then(|| super::REFERENCE.to_owned());
    page
}

fn sign_in(user_id: &str, enrolling: bool) -> Screen {
    Screen::SignIn { user_id: user_id.to_owned(), enrolling }
}

/// Every delivery state by its name.
pub(super) const DELIVERIES: [(&str, Delivery); 7] = [
    ("queued", Delivery::Queued),
    ("delayed", Delivery::Delayed),
    ("sent", Delivery::Sent(NOW)),
    ("accepted", Delivery::Accepted(NOW)),
    ("refused", Delivery::Refused),
    ("failed", Delivery::Failed),
    ("dropped", Delivery::Dropped),
];

fn mail_sent(context: SampleContext) -> States<Page> {
    let wait = super::mail_wait(&context.timeouts, context.words);
    let screen = |wait: MailWait| page(Flow::Enrol, Screen::MailSent(wait));
    let mut states = States::one("must-wait", screen(MailWait { resend_at: Some(NOW + 60_000), ..wait.clone() }))
        .and("no-more", screen(MailWait { resend_at: None, ..wait.clone() }))
        .and("long", screen(MailWait { address: LONG_USER_ID.to_owned(), ..wait.clone() }));
    for (name, delivery) in DELIVERIES {
        states = states.and(name, screen(MailWait { delivery, ..wait.clone() }));
    }
    states
}

fn code(words: Words) -> States<Page> {
    let wait = super::code_wait(false, words);
    let screen = |wait: CodeWait| page(Flow::SignIn, Screen::Code(wait));
    let mut states = States::one("enrolling", screen(super::code_wait(true, words)))
        .and("third", screen(CodeWait { nth: 3, ..wait.clone() }))
        .and("must-wait", screen(CodeWait { resend_at: Some(NOW + 30_000), ..wait.clone() }))
        .and("no-more", screen(CodeWait { resend_at: None, ..wait.clone() }));
    for (name, delivery) in DELIVERIES {
        states = states.and(name, screen(CodeWait { delivery, ..wait.clone() }));
    }
    states
}

#[cfg(test)]
mod tests {
    use super::DELIVERIES;
    use crate::wire::Delivery;

    #[test]
    fn every_delivery_state_has_a_name() {
        for (at, (_, delivery)) in DELIVERIES.into_iter().enumerate() {
            let place = match delivery {
                Delivery::Queued => 0,
                Delivery::Delayed => 1,
                Delivery::Sent(_) => 2,
                Delivery::Accepted(_) => 3,
                Delivery::Refused => 4,
                Delivery::Failed => 5,
                Delivery::Dropped => 6,
            };
            assert_eq!(at, place);
        }
    }
}
