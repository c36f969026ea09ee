//! A thousand sequences of resends, tries and passing time, held against the pure model `rules::code_rules`.

use crate::support::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use rules::code_rules::{CodeVerdict, Resend, SentCode, judge, resend};
use rules::limits::{Limits, Lock, code_lock};

/// What a person may do at the code screen.
#[derive(Clone, Debug)]
enum Act {
    Wait(i64),
    Resend,
    /// Types the code of one of the mails so far.
    Type(usize),
    TypeWrong,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => prop_oneof![Just(SECOND), Just(29 * SECOND), Just(30 * SECOND), Just(MINUTE), Just(5 * MINUTE - 1), 1..150 * SECOND].prop_map(Act::Wait),
        3 => Just(Act::Resend),
        1 => (0_usize..6).prop_map(Act::Type),
        2 => Just(Act::TypeWrong),
    ];
    prop::collection::vec(act, 1..14)
}

/// The model's state of the account: wrong codes since its last sign-in.
#[derive(Default)]
struct Wrong {
    codes: u32,
    last: i64,
}

impl Wrong {
    /// What the account's second step shows where it is locked.
    fn end(&self, now: i64, limits: &Limits) -> Option<EndReason> {
        match code_lock(self.codes, self.last, now, limits) {
            Lock::Open => None,
            Lock::Until(until) => Some(EndReason::AccountWait(until)),
            Lock::ResetRequired => Some(EndReason::ResetRequired),
        }
    }
}

/// The model's state of one attempt.
struct Model {
    codes: Vec<SentCode>,
    texts: Vec<String>,
    tries: u32,
    began: i64,
}

/// How an attempt stands after an act.
#[derive(Debug, PartialEq)]
enum Stand {
    Code(Vec<Problem>),
    Over(EndReason),
    In,
}

impl Model {
    fn sent(&mut self, now: i64, text: String, limits: &Limits) {
        self.codes.push(SentCode { sent_at: now, expires_at: now + limits.code_life_ms, used: false });
        self.texts.push(text);
    }

    /// What the rules say to a try; whether a new code goes out with the answer.
    fn tried(&mut self, wrong: &mut Wrong, typed: &str, now: i64, limits: &Limits) -> (Stand, bool) {
        self.tries += 1;
        let matched = self.texts.iter().rposition(|text| text == typed);
        let verdict = judge(&self.codes, self.tries, matched, now, limits);
        if matches!(verdict, CodeVerdict::Wrong { .. } | CodeVerdict::TooManyTries) {
            *wrong = Wrong { codes: wrong.codes + 1, last: now };
            if let Some(end) = wrong.end(now, limits) {
                return (Stand::Over(end), false);
            }
        }
        match verdict {
            CodeVerdict::Accepted(_) => {
                *wrong = Wrong::default();
                (Stand::In, false)
            }
            CodeVerdict::Wrong { left } => (Stand::Code(vec![Problem::WrongCode { left }]), false),
            CodeVerdict::AlreadyUsed => (Stand::Code(vec![Problem::UsedCode]), false),
            CodeVerdict::TooManyTries => (Stand::Over(EndReason::TooManyTries), false),
            CodeVerdict::Expired { at } => {
                let last = self.codes.last().map(|code| code.sent_at);
                let (sent_at, sends) = match resend(&self.codes, now, limits) {
                    Resend::Now => (Some(now), true),
                    Resend::Wait(_) => (last, false),
                    Resend::NoMore => (None, false),
                };
                (Stand::Code(vec![Problem::ExpiredCode { expired_at: at, sent_at }]), sends)
            }
        }
    }
}

fn stand(page: &Page) -> Stand {
    match &page.screen {
        Screen::Code(_) => Stand::Code(problems(page)),
        Screen::Ended(EndReason::Done) => Stand::In,
        Screen::Ended(over) => Stand::Over(*over),
        other => panic!("{}", other.step().as_str()),
    }
}

/// Walks one sequence against the server. Each begins with a browser and an attempt of its own.
async fn walk(app: &TestApp, wrong: &mut Wrong, acts: &[Act]) {
    let limits = app.settings.limits.clone();
    let browser = app.browser();
    let page = browser.password(TARO.email, PASSWORD).await;
    if let Some(end) = wrong.end(app.now(), &limits) {
        assert_eq!(stand(&page), Stand::Over(end), "locked from the start");
        match end {
            EndReason::AccountWait(until) => app.clock.at(until),
            _ => {
                browser.forget_password(TARO.email).await;
                browser.open(&app.link(TARO.email, "reset-password").await).await;
                assert_eq!(step(&browser.renew(PASSWORD).await), "link-done");
                *wrong = Wrong::default();
            }
        }
        app.clock.forward(1);
        browser.password(TARO.email, PASSWORD).await;
    }
    let mut model = Model { codes: Vec::new(), texts: Vec::new(), tries: 0, began: app.now() };
    model.sent(app.now(), app.code(TARO.email).await, &limits);
    for act in acts {
        let (page, expected) = match act {
            Act::Wait(ms) => {
                app.clock.forward(*ms);
                continue;
            }
            _ if app.now() >= model.began + limits.code_step_ms => {
                assert_eq!(stand(&browser.look(Flow::SignIn).await), Stand::Over(EndReason::TimedOut));
                return;
            }
            Act::Resend => {
                let expected = match resend(&model.codes, app.now(), &limits) {
                    Resend::Now => vec![],
                    Resend::Wait(wait) => vec![Problem::ResendAt(app.now() + wait)],
                    Resend::NoMore => vec![Problem::ResendOver],
                };
                let page = browser.press("sign-in", "code", "resend").await;
                if expected.is_empty() {
                    model.sent(app.now(), app.code(TARO.email).await, &limits);
                }
                (page, Stand::Code(expected))
            }
            Act::Type(_) | Act::TypeWrong => {
                let typed = match act {
                    Act::Type(at) => model.texts[at % model.texts.len()].clone(),
                    _ => (0..)
                        .map(|number| format!("{number:0width$}", width = rules::AuthCode::LENGTH))
                        .find(|code| !model.texts.contains(code))
                        .unwrap(),
                };
                let (expected, sends) = model.tried(wrong, &typed, app.now(), &limits);
                let page = browser.type_code(&typed).await;
                if sends {
                    model.sent(app.now(), app.code(TARO.email).await, &limits);
                }
                (page, expected)
            }
        };
        assert_eq!(stand(&page), expected, "{act:?} of {acts:?}");
        if !matches!(expected, Stand::Code(_)) {
            return;
        }
    }
}

on_both!(a_thousand_sequences_of_resends_and_tries_go_as_the_rules_say, async |app| {
    app.account(TARO).await;
    let mut runner = TestRunner::deterministic();
    let mut wrong = Wrong::default();
    for round in 0..1_000 {
        let acts = acts().new_tree(&mut runner).unwrap().current();
        walk(app, &mut wrong, &acts).await;
        app.clock.forward(HOUR);
        if round % 50 == 49 {
            // What has piled up would only make the next ones slower.
            app.sql("DELETE FROM mailbox; DELETE FROM outbox; DELETE FROM codes; DELETE FROM sessions; DELETE FROM audit; DELETE FROM flows").await;
        }
    }
});
