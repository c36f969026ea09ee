//! The topics of help.

use crate::drawn::{help_page, help_page_with, props};
use crate::html::{count, text};
use app::pages::help;
use app::samples::brand;
use app::text::state;
use app::wire::{Delivery, EndReason};
use rules::limits::Limits;

#[test]
fn an_unknown_help_topic_has_no_page() {
    assert_eq!(help::topic(&brand(), &Limits::default(), true, "nothing", props()), None);
    assert_eq!(help::topic(&brand(), &Limits::default(), true, "", props()), None);
}

#[test]
fn the_drawings_of_the_papers_say_in_words_what_they_show() {
    let page = help_page("contract-number");
    assert_eq!(count(&page, "svg"), 3);
    assert_eq!(page.matches("role=\"img\"").count(), 3);
    assert_eq!(count(&page, "desc"), 3);
    for number in ["証券番号", "継続契約番号", "見積番号"] {
        assert!(page.contains(&format!("<h2>{number}<")), "{number}");
    }
}

#[test]
fn the_mail_topic_names_the_sender() {
    let page = help_page("mail");
    assert!(page.contains("no-reply@nirin.example"));
}

#[test]
fn help_quotes_the_screens_in_their_own_words() {
    let link = text(&help_page("link"));
    for end in [EndReason::LinkExpired, EndReason::LinkUsed, EndReason::LinkReplaced, EndReason::LinkUnknown] {
        assert!(link.contains(state::ended(end)), "{end:?}");
    }
    let others = [Delivery::Queued, Delivery::Delayed, Delivery::Refused, Delivery::Failed, Delivery::Dropped];
    for (through_relay, taken) in [(true, Delivery::Sent(0)), (false, Delivery::Accepted(0))] {
        for delivery in others.into_iter().chain([taken]) {
            let said = state::delivery(delivery, 0);
            let quotes = app::text::help::mail::states(through_relay);
            assert!(quotes.iter().any(|(quoted, _)| said.contains(quoted)), "{said}");
        }
    }
}

#[test]
fn the_numbers_that_help_tells_are_those_of_the_limits() {
    numbers_told(&Limits::default());
    numbers_told(&Limits {
        code_life_ms: 7 * 60_000,
        code_tries: 4,
        resend_gap_ms: 45_000,
        code_resends: 6,
        code_step_ms: 12 * 60_000,
        code_wrong_before_lock: 9,
        code_lock_first_ms: 20 * 60_000,
        code_lock_max_ms: 3 * 3_600_000,
        code_wrong_before_reset: 45,
        password_wrong_before_wait: 6,
        password_wait_first_ms: 2 * 60_000,
        password_wait_max_ms: 40 * 60_000,
        password_wrong_before_reset: 70,
        identity_misses_per_browser: 3,
        identity_browser_lock_ms: 25 * 60_000,
        identity_contract_window_ms: 48 * 3_600_000,
        identity_misses_per_contract: 8,
        mails_account_window_ms: 2 * 3_600_000,
        mails_per_account: 4,
        mail_help_after_ms: 4 * 60_000,
        link_life_ms: 12 * 3_600_000,
        ..Limits::default()
    });
    let waits = text(&help_page("locked"));
    for row in ["5回1分", "6回2分", "7回4分", "8回8分", "9回16分", "10回から30分"] {
        assert!(waits.contains(row), "{row}");
    }
}

fn numbers_told(limits: &Limits) {
    let minutes = |ms: i64| ms / 60_000;
    let hours = |ms: i64| ms / 3_600_000;
    let told = [
        ("code", format!("お送りしてから{}分間", minutes(limits.code_life_ms))),
        ("code", format!("認証番号は{}回まで", limits.code_tries)),
        ("code", format!("前の送信から{}秒", limits.resend_gap_ms / 1_000)),
        ("code", format!("{}回まで再送", limits.code_resends)),
        ("code", format!("入力から{}分", minutes(limits.code_step_ms))),
        ("code", format!("ログインできないまま{}回", limits.code_wrong_before_lock)),
        ("code", format!("{}分間ログインできません", minutes(limits.code_lock_first_ms))),
        ("locked", format!("いちばん長くて{}時間", hours(limits.code_lock_max_ms))),
        ("locked", format!("{}回間違えると、パスワードを再設定", limits.code_wrong_before_reset)),
        (
            "locked",
            format!(
                "{}回続けて間違えると、{}分間",
                limits.password_wrong_before_wait,
                minutes(limits.password_wait_first_ms)
            ),
        ),
        ("locked", format!("いちばん長くて{}分", minutes(limits.password_wait_max_ms))),
        ("locked", format!("{}回続けて間違えると、パスワードを再設定", limits.password_wrong_before_reset)),
        (
            "locked",
            format!(
                "{}回一致しないと、{}分間",
                limits.identity_misses_per_browser,
                minutes(limits.identity_browser_lock_ms)
            ),
        ),
        (
            "locked",
            format!(
                "{}時間に{}回一致しない",
                hours(limits.identity_contract_window_ms),
                limits.identity_misses_per_contract
            ),
        ),
        ("locked", format!("{}時間に{}通", hours(limits.mails_account_window_ms), limits.mails_per_account)),
        ("mail", format!("{}分ほどお待ち", minutes(limits.mail_help_after_ms))),
        ("mail", format!("{}時間に{}通", hours(limits.mails_account_window_ms), limits.mails_per_account)),
        ("link", format!("お送りしてから{}時間", hours(limits.link_life_ms))),
    ];
    for (topic, sentence) in told {
        assert!(text(&help_page_with(topic, limits)).contains(&sentence), "{topic}: {sentence}");
    }
}
