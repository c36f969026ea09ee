//! Every notice above a step where it can stand.

use super::kinds::NoticeKind;
use super::states::{Dress, States};
use super::{NOW, USER_ID};
use crate::wire::{Flow, Notice, Page, Screen};

/// Returns the notices of one kind.
pub(super) fn states(kind: NoticeKind, dress: Dress) -> States<Page> {
    let identity = || super::identity(Flow::Enrol);
    let sign_in = || super::page(Flow::SignIn, Screen::SignIn { user_id: USER_ID.to_owned(), enrolling: false });
    let code = || super::page(Flow::SignIn, Screen::Code(super::code_wait(false)));
    let mail = || super::page(Flow::Enrol, Screen::MailSent(super::mail_wait(&dress.timeouts)));
    match kind {
        NoticeKind::Stale => usual(code(), Notice::Stale),
        NoticeKind::Gone => usual(identity(), Notice::Gone),
        NoticeKind::Anew => usual(mail(), Notice::Anew),
        NoticeKind::Resumed => usual(mail(), Notice::Resumed),
        NoticeKind::AnswerLost => usual(identity(), Notice::AnswerLost),
        NoticeKind::Resent => usual(mail(), Notice::Resent(NOW)).and("code", with(code(), Notice::Resent(NOW))),
        NoticeKind::Extended => usual(identity(), Notice::Extended),
        NoticeKind::NoAnswer => usual(identity(), Notice::NoAnswer),
        NoticeKind::Failed => usual(identity(), Notice::Failed),
        NoticeKind::Busy => usual(sign_in(), Notice::Busy),
        NoticeKind::LastMiss => usual(identity(), Notice::LastMiss(NOW + 30 * 60_000)),
        NoticeKind::SessionEnded => usual(sign_in(), Notice::SessionEnded),
        NoticeKind::SignedOut => usual(sign_in(), Notice::SignedOut),
        NoticeKind::PasswordChanged => usual(super::password_page(), Notice::PasswordChanged),
    }
}

fn usual(page: Page, notice: Notice) -> States<Page> {
    States::one("usual", with(page, notice))
}

fn with(page: Page, notice: Notice) -> Page {
    Page { notice: Some(notice), ..page }
}
