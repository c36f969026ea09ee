//! Every problem at the fields where it can occur.

use super::NOW;
use super::kinds::ProblemKind;
use super::states::{SampleContext, States};
use crate::wire::{Field, FieldProblem, Flow, LinkKind, Page, Problem, Screen};
use rules::password::PasswordRule;

/// Returns the problems of one kind.
pub(super) fn states(kind: ProblemKind, context: SampleContext) -> States<Page> {
    let later = NOW + 30 * 60_000;
    let identity = |field, problem| with(super::identity(Flow::Enrol, context.words), Some(field), problem);
    let check = |problem| States::one("usual", with(super::identity(Flow::Enrol, context.words), None, problem));
    let sign_in = |field, problem| {
        let screen = Screen::SignIn { user_id: context.words.user_id().to_owned(), enrolling: false };
        with(super::page(Flow::SignIn, screen), field, problem)
    };
    let code = |field, problem| {
        with(super::page(Flow::SignIn, Screen::Code(super::code_wait(false, context.words))), field, problem)
    };
    let password = |problem| {
        let screen = Screen::ChoosePassword(super::password_about(context.chosen.profile, context.words));
        with(super::page(Flow::Enrol, screen), Some(Field::NewPassword), problem)
    };
    let link = |field, problem| {
        let (request, about) = (
            super::request(LinkKind::Reset, &context.timeouts, context.words),
            super::password_about(context.chosen.profile, context.words),
        );
        let screen = Screen::LinkNewPassword { request, about, phone: true };
        with(super::page(Flow::Link, screen), field, problem)
    };
    let mail = |problem| {
        with(
            super::page(Flow::Enrol, Screen::MailSent(super::mail_wait(&context.timeouts, context.words))),
            None,
            problem,
        )
    };
    let usual = |page| States::one("usual", page);
    match kind {
        ProblemKind::Empty => States::one("number", identity(Field::Number, Problem::Empty))
            .and("kana", identity(Field::Kana, Problem::Empty))
            .and("phone", identity(Field::Phone, Problem::Empty))
            .and("user-id", sign_in(Some(Field::UserId), Problem::Empty))
            .and("password", sign_in(Some(Field::Password), Problem::Empty))
            .and("new-password", password(Problem::Empty))
            .and("code", code(Some(Field::Code), Problem::Empty)),
        ProblemKind::Character => States::one("number", identity(Field::Number, Problem::Character('?')))
            .and("kana", identity(Field::Kana, Problem::Character('?')))
            .and("phone", identity(Field::Phone, Problem::Character('?'))),
        ProblemKind::TooShort => usual(identity(Field::Number, Problem::TooShort)),
        ProblemKind::TooLong => States::one("number", identity(Field::Number, Problem::TooLong))
            .and("kana", identity(Field::Kana, Problem::TooLong)),
        ProblemKind::Kanji => usual(identity(Field::Kana, Problem::Kanji('山'))),
        ProblemKind::Latin => usual(identity(Field::Kana, Problem::Latin('T'))),
        ProblemKind::Digit => usual(identity(Field::Kana, Problem::Digit('1'))),
        ProblemKind::NoLeadingZero => usual(identity(Field::Phone, Problem::NoLeadingZero)),
        ProblemKind::PhoneLength => usual(identity(Field::Phone, Problem::PhoneLength)),
        ProblemKind::NoAt => usual(sign_in(Some(Field::UserId), Problem::NoAt)),
        ProblemKind::Space => usual(sign_in(Some(Field::UserId), Problem::Space)),
        ProblemKind::Shape => usual(sign_in(Some(Field::UserId), Problem::Shape)),
        ProblemKind::Rules => {
            let unmet = |unmet, full_width, length| Problem::Rules { unmet, full_width, length };
            States::one("short", password(unmet(vec![PasswordRule::Length], false, 3)))
                .and("full-width", password(unmet(vec![PasswordRule::Characters], true, 10)))
        }
        ProblemKind::SamePassword => usual(with(
            super::password_page(context.chosen.profile, context.words),
            Some(Field::NewPassword),
            Problem::SamePassword,
        )),
        ProblemKind::NotSixDigits => usual(code(Some(Field::Code), Problem::NotSixDigits)),
        ProblemKind::NoMatch => check(Problem::NoMatch),
        ProblemKind::WaitUntil => check(Problem::WaitUntil(later)),
        ProblemKind::BusyAddress => check(Problem::BusyAddress),
        ProblemKind::ToldUntil => {
            usual(with(super::identity(Flow::UserId, context.words), None, Problem::ToldUntil(later)))
        }
        ProblemKind::CallCentre => check(Problem::CallCentre),
        ProblemKind::WrongPassword => usual(sign_in(None, Problem::WrongPassword)),
        ProblemKind::LockedUntil => usual(sign_in(None, Problem::LockedUntil(later))),
        ProblemKind::LinkLocked => usual(link(None, Problem::LinkLocked)),
        ProblemKind::ResetRequired => usual(sign_in(None, Problem::ResetRequired)),
        ProblemKind::WrongCurrentPassword => usual(with(
            super::password_page(context.chosen.profile, context.words),
            Some(Field::Password),
            Problem::WrongCurrentPassword,
        )),
        ProblemKind::WrongCode => States::one("four-left", code(Some(Field::Code), Problem::WrongCode { left: 4 }))
            .and("last-one", code(Some(Field::Code), Problem::WrongCode { left: 1 })),
        ProblemKind::ExpiredCode => {
            let expired = |sent_at| code(Some(Field::Code), Problem::ExpiredCode { expired_at: NOW - 1, sent_at });
            States::one("new-one-sent", expired(Some(NOW))).and("no-more", expired(None))
        }
        ProblemKind::UsedCode => usual(code(Some(Field::Code), Problem::UsedCode)),
        ProblemKind::ResendAt => States::one("mail", mail(Problem::ResendAt(NOW + 60_000)))
            .and("code", code(None, Problem::ResendAt(NOW + 60_000))),
        ProblemKind::ResendOver => {
            States::one("mail", mail(Problem::ResendOver)).and("code", code(None, Problem::ResendOver))
        }
        ProblemKind::MailsUntil => usual(mail(Problem::MailsUntil(later))),
        ProblemKind::WrongPhone => usual(link(Some(Field::Phone), Problem::WrongPhone)),
    }
}

fn with(mut page: Page, field: Option<Field>, problem: Problem) -> Page {
    page.problems.push(FieldProblem { field, problem });
    page
}
