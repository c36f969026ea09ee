//! Pages that the server alone renders, read as HTML.
#![cfg(feature = "ssr")]

mod flow_style;
mod html;
mod sentences;

use app::pages::guide::{Chosen, Guide};
use app::pages::portal::procedure_address;
use app::pages::shell::DocumentProps;
use app::pages::{help, portal};
use app::samples::{self, NOW, account, contract, password_page};
use app::text::help::Topic;
use app::text::state;
use app::wire::{Brand, Delivery, EndReason, Field, FieldProblem, Flow, Problem, Timeouts};
use html::{count, heading_levels, text, values, words};
use rules::RequestKind;
use rules::limits::Limits;
use rules::password::PasswordProfile;
use std::collections::HashSet;

fn brand() -> Brand {
    Brand {
        service: "二輪ポータル".into(),
        former_service: "ニリンネット".into(),
        insurer: "ニリン損害保険株式会社".into(),
        product: "バイク保険".into(),
        centre_phone: "0120-000-216".into(),
        centre_hours: "受付時間　9:00〜18:00".into(),
        renewal_date: "2022年9月6日".into(),
        public_url: "https://nirin.example".into(),
        mail_from: "no-reply@nirin.example".into(),
    }
}

fn props() -> DocumentProps {
    DocumentProps { nonce: "nonce".into(), assets: "/assets/1a2b3c".into(), ..DocumentProps::default() }
}

fn timeouts() -> Timeouts {
    (&Limits::default()).into()
}

const AS_SHIPPED: Chosen =
    Chosen { profile: PasswordProfile::Standard, mask_user_id: false, phone: false, through_relay: true };

fn guide_as(limits: &Limits, chosen: Chosen) -> String {
    Guide::draw(&brand(), limits, chosen).page(&brand(), props())
}

fn guide_page() -> String {
    guide_as(&Limits::default(), AS_SHIPPED)
}

/// Every page that is sent without script, by name.
fn plain_pages() -> Vec<(String, String)> {
    let topics = Topic::ALL.iter().copied().map(|topic| (topic.address(), help_page(topic.as_str())));
    [
        ("guide".to_owned(), guide_page()),
        ("help".to_owned(), help::index(&brand(), props())),
        ("home".to_owned(), portal::home(&brand(), samples::portal(vec![contract()], Some(NOW)), props())),
        ("empty home".to_owned(), portal::home(&brand(), samples::portal(Vec::new(), Some(NOW)), props())),
        ("contract".to_owned(), portal::contract(&brand(), contract(), props())),
    ]
    .into_iter()
    .chain(topics)
    .collect()
}

/// A topic's page; empty when there is none, which no test of a page passes.
fn help_page(topic: &str) -> String {
    help_page_with(topic, &Limits::default())
}

fn help_page_with(topic: &str, limits: &Limits) -> String {
    help::topic(&brand(), limits, true, topic, props()).unwrap_or_default()
}

fn account_page() -> String {
    portal::account(&brand(), timeouts(), account(), password_page(), props())
}

fn all_pages() -> Vec<(String, String)> {
    let mut pages = plain_pages();
    pages.push(("account".to_owned(), account_page()));
    pages
}

fn is_known(address: &str) -> bool {
    let flows = Flow::ALL.iter().copied().any(|flow| flow.address() == address);
    let topics = Topic::ALL.iter().copied().any(|topic| topic.address() == address);
    let procedures = RequestKind::ALL.iter().any(|kind| procedure_address(*kind, &"k-001".into()) == address);
    flows || topics || procedures || ["/", "/help", "/portal", "/portal/contracts/k-001"].contains(&address)
}

#[test]
fn pages_without_a_flow_are_sent_without_script() {
    for (name, page) in plain_pages() {
        assert_eq!(count(&page, "script"), 0, "{name}");
        assert!(!page.contains("javascript:"), "{name}");
    }
    assert_eq!(
        count(&account_page(), "script"),
        3,
        "the account page carries the state, the loader, and the word for browsers that know no modules"
    );
}

#[test]
fn no_page_carries_what_the_content_security_policy_blocks() {
    for (name, page) in all_pages() {
        assert_eq!(values(&page, "style").len(), 0, "{name}");
        assert_eq!(count(&page, "style"), 0, "{name}");
        assert!(!page.contains(" onclick="), "{name}");
    }
}

#[test]
fn headings_begin_with_one_h1_and_skip_no_level() {
    for (name, page) in all_pages() {
        let levels = heading_levels(&page);
        assert_eq!(levels.first(), Some(&1), "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: {levels:?}");
        }
    }
}

#[test]
fn ids_are_unique_and_whatever_refers_to_one_finds_it() {
    for (name, page) in all_pages() {
        let ids = values(&page, "id");
        let unique: HashSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in words(&page, attribute) {
                assert!(unique.contains(id), "{name}: {attribute}={id}");
            }
        }
        for fragment in values(&page, "href").into_iter().filter_map(|link| link.strip_prefix('#')) {
            assert!(unique.contains(fragment), "{name}: #{fragment}");
        }
    }
}

#[test]
fn links_lead_to_addresses_that_exist() {
    for (name, page) in all_pages() {
        for link in values(&page, "href") {
            let elsewhere = ["#", "tel:", "/assets/"].iter().any(|start| link.starts_with(start));
            assert!(elsewhere || is_known(link), "{name}: {link}");
        }
        for action in values(&page, "action") {
            assert!(
                ["/sign-out", "/portal/sessions", "/portal/reminders", "/portal/account"].contains(&action),
                "{name}: {action}"
            );
        }
    }
}

#[test]
fn an_unknown_help_topic_has_no_page() {
    assert_eq!(help::topic(&brand(), &Limits::default(), true, "nothing", props()), None);
    assert_eq!(help::topic(&brand(), &Limits::default(), true, "", props()), None);
}

#[test]
fn the_guide_offers_three_choices_and_the_way_in() {
    let page = guide_page();
    let links = values(&page, "href");
    for address in ["/enrol", "/user-id", "/password-reset", "/sign-in", "/help/environment"] {
        assert!(links.contains(&address), "{address}");
    }
    assert_eq!(page.matches("class=\"choice\"").count(), 3);
    assert!(page.contains("ニリンネット"), "the former name is told");
    assert!(page.contains("2022年9月6日"), "the renewal date is told");
}

#[test]
fn pictures_of_screens_are_the_screens_and_hold_nothing_to_operate() {
    let page = guide_page();
    assert_eq!(count(&page, "figure"), 14, "every screen of the three flows");
    for element in ["input", "label", "form", "button"] {
        assert_eq!(count(&page, element), 0, "{element}");
    }
    let frames: Vec<_> = page.split("class=\"shot-frame\"").skip(1).collect();
    assert_eq!(frames.len(), 14);
    for frame in frames {
        let screen = frame.split("<figcaption").next().unwrap_or_default();
        for what in ["<a ", " id=", " href=", " name=", " tabindex=", " aria-describedby=", " role="] {
            assert!(!screen.contains(what), "{what}");
        }
    }
    assert_eq!(page.matches("<div aria-hidden=\"true\" class=\"shot-frame\">").count(), 14);
    // Words that only the real screens have.
    for words in ["NR10000001", "英小文字・英大文字・数字・記号のうち3種類以上", "t***@e***.jp", "心当たりがない"]
    {
        assert!(text(&page).contains(words), "{words}");
    }
}

#[test]
fn pictures_show_the_screens_as_they_are_configured() {
    let page = text(&guide_as(
        &Limits::default(),
        Chosen { profile: PasswordProfile::Long, mask_user_id: true, phone: true, through_relay: false },
    ));
    assert!(page.contains("8文字以上128文字以下"));
    assert!(!page.contains("8文字以上17文字以下"));
    assert!(page.contains("ユーザーIDの一部を隠して表示しています"));
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

#[test]
fn a_contract_is_shown_with_everything_that_was_imported() {
    let page = text(&portal::contract(&brand(), contract(), props()));
    let told = [
        "NR10000001",
        "KE20000001",
        "バイク保険 スタンダード",
        "ご契約中",
        "2026年8月1日から2027年8月1日まで",
        "満期日まであと251日",
        "アキツ リンドウ250",
        "1品川 あ 12-34",
        "249cc",
        "2021年3月",
        "日常・レジャー",
        "本人限定・26歳以上",
        "12等級",
        "無制限",
        "1億円",
        "3,000万円",
        "50万円（免責5万円）",
        "あり（100kmまで搬送無料）",
        "23,400円",
        "年払（クレジットカード）",
    ];
    for value in told {
        assert!(page.contains(value), "{value}");
    }
    assert!(!page.contains("見積番号"), "a number that the contract does not carry has no row");
}

#[test]
fn every_other_session_can_be_ended_and_this_one_signed_out() {
    let page = account_page();
    assert_eq!(text(&page).matches("この端末をログアウト").count(), 1);
    assert!(page.contains("name=\"session\" value=\"s-2\""));
    assert!(!page.contains("name=\"session\" value=\"s-1\""));
    assert_eq!(text(&page).matches("ほかの端末をすべてログアウト").count(), 1);
    let mut alone = account();
    alone.sessions.truncate(1);
    let page = portal::account(&brand(), timeouts(), alone, password_page(), props());
    assert!(!text(&page).contains("ほかの端末をすべてログアウト"), "nothing to end, nothing to press");
}

#[test]
fn a_wrong_current_password_is_told_in_the_title_too() {
    let mut page = password_page();
    page.problems.push(FieldProblem { field: Some(Field::Password), problem: Problem::WrongCurrentPassword });
    let html = portal::account(&brand(), timeouts(), account(), page, props());
    assert!(html.contains("<title>エラー：アカウント"));
}
