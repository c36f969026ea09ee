//! What the pictured screens show. Headings, labels and buttons are the screens' own, so a picture cannot say otherwise.

use crate::parts::Drawn;
use crate::text::guide::tour;
use crate::text::problem::label;
use crate::text::state::heading;
use crate::text::{flows, link, portal};
use crate::wire::{CodeWait, Delivery, Field, Flow, LinkKind, MailWait, Page, PasswordAbout, Request, Screen};
use rules::password::PasswordProfile;

/// One screen's heading, its place on the step indicator, and what stands on it.
pub(super) struct Shot {
    pub(super) heading: &'static str,
    pub(super) at: Option<usize>,
    pub(super) content: &'static [Drawn],
}

/// A picture of `screen`, which lends its heading.
fn shot(flow: Flow, screen: Screen, at: Option<usize>, content: &'static [Drawn]) -> Shot {
    Shot { heading: heading(&Page::new(flow, screen, 0)), at, content }
}

pub(super) fn identity(flow: Flow) -> Shot {
    let at = matches!(flow, Flow::Enrol).then_some(1);
    shot(
        flow,
        Screen::Identity,
        at,
        const {
            &[
                Drawn::Filled(label(Field::Number), tour::SAMPLE_NUMBER),
                Drawn::Filled(label(Field::Kana), tour::SAMPLE_KANA),
                Drawn::Filled(label(Field::Phone), tour::SAMPLE_PHONE),
                Drawn::Button(flows::NEXT),
            ]
        },
    )
}

pub(super) fn choose_password() -> Shot {
    shot(
        Flow::Enrol,
        Screen::ChoosePassword(about()),
        Some(2),
        const {
            &[
                Drawn::Fact(flows::YOUR_USER_ID, tour::SAMPLE_USER_ID),
                Drawn::List(flows::RULES_HEAD, 4),
                Drawn::Filled(flows::PASSWORD_LABEL, tour::SAMPLE_PASSWORD),
                Drawn::Button(flows::SEND),
            ]
        },
    )
}

pub(super) fn mail_sent() -> Shot {
    let wait =
        MailWait { address: String::new(), sent_at: 0, expires_at: 0, resend_at: None, delivery: Delivery::Queued };
    shot(
        Flow::Enrol,
        Screen::MailSent(wait),
        Some(3),
        const {
            &[
                Drawn::Line(flows::MAIL_LEAD),
                Drawn::Fact(flows::MAIL_ADDRESS, tour::SAMPLE_USER_ID),
                Drawn::Fact(flows::MAIL_SENT_AT, tour::SAMPLE_TIME),
                Drawn::Link(flows::MAIL_HELP),
            ]
        },
    )
}

pub(super) fn link_confirm() -> Shot {
    shot(
        Flow::Link,
        Screen::LinkConfirm(request(LinkKind::Enrolment)),
        Some(3),
        const {
            &[
                Drawn::Fact(flows::USER_ID, tour::SAMPLE_USER_ID),
                Drawn::Fact(link::ASKED_AT, tour::SAMPLE_TIME),
                Drawn::Button(link::CONFIRM),
                Drawn::Link(link::NOT_ME),
            ]
        },
    )
}

pub(super) fn created() -> Shot {
    shot(
        Flow::Enrol,
        Screen::Created { user_id: String::new() },
        Some(4),
        const {
            &[
                Drawn::Line(flows::CREATED_LEAD),
                Drawn::Fact(flows::USER_ID, tour::SAMPLE_USER_ID),
                Drawn::Button(flows::TO_SIGN_IN),
            ]
        },
    )
}

pub(super) fn sign_in() -> Shot {
    shot(
        Flow::SignIn,
        Screen::SignIn { user_id: String::new(), enrolling: true },
        Some(4),
        const {
            &[
                Drawn::Filled(label(Field::UserId), tour::SAMPLE_USER_ID),
                Drawn::Filled(label(Field::Password), tour::SAMPLE_PASSWORD),
                Drawn::Button(flows::NEXT_SIGN_IN),
                Drawn::Link(flows::FORGOT_PASSWORD),
            ]
        },
    )
}

pub(super) fn code() -> Shot {
    let wait = CodeWait {
        masked_address: String::new(),
        nth: 1,
        sent_at: 0,
        valid_until: 0,
        resend_at: None,
        delivery: Delivery::Queued,
        enrolling: true,
    };
    shot(
        Flow::SignIn,
        Screen::Code(wait),
        Some(5),
        const {
            &[
                Drawn::Line(flows::CODE_LEAD),
                Drawn::Filled(label(Field::Code), tour::SAMPLE_CODE),
                Drawn::Button(flows::NEXT),
                Drawn::Link(flows::CODE_RESEND),
            ]
        },
    )
}

/// The portal's home is no step of a flow: it lends its own name.
pub(super) fn home() -> Shot {
    let content = const {
        &[
            Drawn::Line(portal::CONTRACTS),
            Drawn::Fact(portal::PRODUCT, tour::SAMPLE_PRODUCT),
            Drawn::Fact(portal::POLICY_NUMBER, tour::SAMPLE_NUMBER),
            Drawn::Link(portal::CONTRACT_DETAILS),
        ]
    };
    Shot { heading: portal::HOME, at: None, content }
}

pub(super) fn user_id_shown() -> Shot {
    shot(
        Flow::UserId,
        Screen::UserIdShown { user_id: String::new(), masked: false },
        None,
        const {
            &[
                Drawn::Fact(flows::USER_ID, tour::SAMPLE_USER_ID),
                Drawn::Link(flows::COPY),
                Drawn::Button(flows::SIGN_IN),
            ]
        },
    )
}

pub(super) fn reset_user_id() -> Shot {
    shot(
        Flow::PasswordReset,
        Screen::ResetUserId,
        None,
        const { &[Drawn::Filled(label(Field::UserId), tour::SAMPLE_USER_ID), Drawn::Button(flows::SEND)] },
    )
}

pub(super) fn reset_sent() -> Shot {
    let screen = Screen::ResetSent { user_id: String::new(), sent_at: 0, resend_at: None };
    shot(
        Flow::PasswordReset,
        screen,
        None,
        const {
            &[
                Drawn::Fact(flows::USER_ID, tour::SAMPLE_USER_ID),
                Drawn::Fact(flows::MAIL_SENT_AT, tour::SAMPLE_TIME),
                Drawn::Link(flows::MAIL_HELP),
            ]
        },
    )
}

pub(super) fn new_password() -> Shot {
    let screen = Screen::LinkNewPassword { request: request(LinkKind::Reset), about: about(), phone: false };
    shot(
        Flow::Link,
        screen,
        None,
        const {
            &[
                Drawn::List(flows::RULES_HEAD, 4),
                Drawn::Filled(label(Field::NewPassword), tour::SAMPLE_PASSWORD),
                Drawn::Button(flows::CHANGE_PASSWORD),
            ]
        },
    )
}

pub(super) fn reset_done() -> Shot {
    let screen = Screen::LinkDone { kind: LinkKind::Reset, user_id: String::new() };
    shot(
        Flow::Link,
        screen,
        None,
        const { &[Drawn::Fact(flows::USER_ID, tour::SAMPLE_USER_ID), Drawn::Button(flows::TO_SIGN_IN)] },
    )
}

/// A request of which no picture shows anything.
fn request(kind: LinkKind) -> Request {
    Request { kind, user_id: String::new(), asked_at: 0, expires_at: 0, device: String::new() }
}

/// Nothing that a password could be built from.
fn about() -> PasswordAbout {
    PasswordAbout {
        profile: PasswordProfile::Standard,
        user_id: String::new(),
        kana: String::new(),
        phones: Vec::new(),
        brand: Vec::new(),
    }
}
