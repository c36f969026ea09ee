//! Every notice above a step where it can stand.

use super::NOW;
use super::kinds::NoticeKind;
use super::states::{SampleContext, States};
use crate::wire::{Flow, Notice, Page, Screen};

/// Returns the notices of one kind.
pub(super) fn states(kind: NoticeKind, context: SampleContext) -> States<Page> {
    let identity = || super::identity(Flow::Enrol, context.words);
    let sign_in = || {
        let user_id = context.words.user_id().to_owned();
        super::page(Flow::SignIn, Screen::SignIn { user_id, enrolling: false })
    };
    let code = || super::page(Flow::SignIn, Screen::Code(super::code_wait(false, context.words)));
    let mail = || super::page(Flow::Enrol, Screen::MailSent(super::mail_wait(&context.timeouts, context.words)));
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
        NoticeKind::PasswordChanged => {
            usual(super::password_page(context.chosen.profile, context.words), Notice::PasswordChanged)
        }
    }
}

fn usual(page: Page, notice: Notice) -> States<Page> {
    States::one("usual", with(page, notice))
}

fn with(page: Page, notice: Notice) -> Page {
    Page { notice: Some(notice), ..page }
}
