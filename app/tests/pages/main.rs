//! Pages that the server alone renders, read as HTML.
#![cfg(feature = "ssr")]

mod html;
mod samples;

use app::pages::{guide, help, portal};
use app::text::help::Topic;
use app::text::state;
use app::wire::{Delivery, Field, FieldProblem, Flow, Over, Problem};
use html::{count, heading_levels, text, values, words};
use rules::limits::Limits;
use samples::{account, brand, contract, password_page, sheet};
use std::collections::HashSet;

/// Every page that is sent without script, by name.
fn plain_pages() -> Vec<(String, String)> {
    let topics = Topic::ALL.into_iter().map(|topic| (topic.address(), help_page(topic.name())));
    [
        ("guide".to_owned(), guide::render(&brand(), sheet())),
        ("help".to_owned(), help::index(&brand(), sheet())),
        ("home".to_owned(), portal::home(&brand(), samples::portal(vec![contract()]), sheet())),
        ("empty home".to_owned(), portal::home(&brand(), samples::portal(Vec::new()), sheet())),
        ("contract".to_owned(), portal::contract(&brand(), contract(), sheet())),
    ]
    .into_iter()
    .chain(topics)
    .collect()
}

/// A topic's page; empty when there is none, which no test of a page passes.
fn help_page(topic: &str) -> String {
    help::topic(&brand(), topic, sheet()).unwrap_or_default()
}

fn account_page() -> String {
    portal::account(&brand(), account(), password_page(), sheet())
}

fn all_pages() -> Vec<(String, String)> {
    let mut pages = plain_pages();
    pages.push(("account".to_owned(), account_page()));
    pages
}

fn is_known(address: &str) -> bool {
    let flows = Flow::ALL.into_iter().any(|flow| flow.address() == address);
    let topics = Topic::ALL.into_iter().any(|topic| topic.address() == address);
    flows || topics || ["/", "/help", "/portal", "/portal/contracts/k-001"].contains(&address)
}

#[test]
fn pages_without_a_flow_are_sent_without_script() {
    for (name, page) in plain_pages() {
        assert_eq!(count(&page, "script"), 0, "{name}");
        assert!(!page.contains("javascript:"), "{name}");
    }
    assert_eq!(count(&account_page(), "script"), 2, "the account page carries the state and the loader");
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
            assert!(["/sign-out", "/portal/sessions", "/portal/account"].contains(&action), "{name}: {action}");
        }
    }
}

#[test]
fn an_unknown_help_topic_has_no_page() {
    assert_eq!(help::topic(&brand(), "nothing", sheet()), None);
    assert_eq!(help::topic(&brand(), "", sheet()), None);
}

#[test]
fn the_guide_offers_three_choices_and_the_way_in() {
    let page = guide::render(&brand(), sheet());
    let links = values(&page, "href");
    for address in ["/enrol", "/user-id", "/password-reset", "/sign-in", "/help/environment"] {
        assert!(links.contains(&address), "{address}");
    }
    assert_eq!(page.matches("class=\"choice\"").count(), 3);
    assert!(page.contains("ニリンネット"), "the former name is told");
    assert!(page.contains("2022年9月6日"), "the renewal date is told");
}

#[test]
fn pictures_of_screens_hold_nothing_to_operate() {
    let page = guide::render(&brand(), sheet());
    assert_eq!(count(&page, "figure"), 14, "every screen of the three flows");
    for element in ["input", "label", "form", "button"] {
        assert_eq!(count(&page, element), 0, "{element}");
    }
    for (at, _) in page.match_indices("class=\"thumb-screen\"") {
        let tag = page[..at].rfind('<').zip(page[at..].find('>')).map(|(start, end)| &page[start..at + end]);
        assert!(tag.is_some_and(|tag| tag.contains("aria-hidden=\"true\"")), "{tag:?}");
    }
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
    for end in [Over::LinkExpired, Over::LinkUsed, Over::Superseded, Over::LinkUnknown] {
        assert!(link.contains(state::over(end, 0).0), "{end:?}");
    }
    for delivery in [Delivery::Queued, Delivery::Delayed, Delivery::Accepted(0), Delivery::Refused] {
        let said = state::delivery(delivery, 0);
        assert!(app::text::help::mail::STATES.iter().any(|(quoted, _)| said.contains(quoted)), "{said}");
    }
}

#[test]
fn the_numbers_that_help_tells_are_those_of_the_limits() {
    let limits = Limits::default();
    let minutes = |ms: i64| ms / 60_000;
    let hours = |ms: i64| ms / 3_600_000;
    let told = [
        ("code", format!("お送りしてから{}分間", minutes(limits.code_life_ms))),
        ("code", format!("認証番号は{}回まで", limits.code_tries)),
        ("code", format!("前の送信から{}秒", limits.resend_gap_ms / 1_000)),
        ("code", format!("{}回まで再送", limits.code_resends)),
        ("code", format!("入力から{}分", minutes(limits.code_step_ms))),
        ("code", format!("{}時間に{}回", hours(limits.code_wrong_window_ms), limits.code_wrong_per_account)),
        ("code", format!("{}分間ログインできません", minutes(limits.code_wrong_lock_ms))),
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
        let page = help_page(topic);
        assert!(text(&page).contains(&sentence), "{topic}: {sentence}");
    }
    let waits = help_page("locked");
    for row in ["5回1分", "6回2分", "7回4分", "8回8分", "9回16分", "10回から30分"] {
        assert!(text(&waits).contains(row), "{row}");
    }
}

#[test]
fn a_contract_is_shown_with_everything_that_was_imported() {
    let page = text(&portal::contract(&brand(), contract(), sheet()));
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
    assert_eq!(page.matches("この端末をログアウト").count(), 1);
    assert!(page.contains("name=\"session\" value=\"s-2\""));
    assert!(!page.contains("name=\"session\" value=\"s-1\""));
    assert_eq!(page.matches("ほかの端末をすべてログアウト").count(), 1);
    let mut alone = account();
    alone.sessions.truncate(1);
    let page = portal::account(&brand(), alone, password_page(), sheet());
    assert!(!page.contains("ほかの端末をすべてログアウト"), "nothing to end, nothing to press");
}

#[test]
fn a_wrong_current_password_is_told_in_the_title_too() {
    let mut page = password_page();
    page.problems.push(FieldProblem { field: Some(Field::Password), problem: Problem::WrongCurrentPassword });
    let html = portal::account(&brand(), account(), page, sheet());
    assert!(html.contains("<title>エラー：アカウント"));
}
