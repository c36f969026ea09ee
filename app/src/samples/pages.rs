//! The pages that are no step of a flow.

use super::NOW;
use super::procedures::{due, request};
use super::states::{Content, States};
use crate::port::Contract;
use crate::text::help::Topic;
use rules::renewal::ReminderChoice;
use rules::{ContractStatus, Offer, RequestKind, RequestState};

/// Returns every such page by its name.
pub(super) fn all() -> Vec<(&'static str, States<Content>)> {
    let mut pages = vec![
        ("guide", States::one("usual", Content::Guide)),
        ("help", States::one("list", Content::HelpIndex)),
        ("portal", home()),
        (
            "contract",
            States::one("usual", contract(super::contract()))
                .and("ended", contract(ended()))
                .and("long", contract(long()))
                .and("renewal-due", contract(due()))
                .and("requests-open", contract(requested(RequestState::InProgress)))
                .and("requests-declined", contract(requested(RequestState::Declined)))
                .and("offer-over", contract(expired())),
        ),
        ("account", account()),
        ("error", errors()),
    ];
    pages.extend(Topic::ALL.iter().copied().map(|topic| (topic.as_str(), States::one("usual", Content::Help(topic)))));
    pages
}

fn contract(contract: Contract) -> Content {
    Content::Contract(Box::new(contract))
}

fn ended() -> Contract {
    Contract {
        status: ContractStatus::Ended,
        ends_on: "2026-08-01".into(),
        days_left: -114,
        offer: Offer::None,
        can_change: false,
        ..super::contract()
    }
}

/// A contract for which a renewal and a change were requested.
fn requested(state: RequestState) -> Contract {
    let requests = vec![request(RequestKind::Change, RequestState::Withdrawn), request(RequestKind::Renewal, state)];
    Contract { requests, ..due() }
}

/// A contract whose term ran out without a renewal.
fn expired() -> Contract {
    Contract { ends_on: "2026-11-20".into(), days_left: -3, offer: Offer::Over, can_change: false, ..due() }
}

/// A contract whose values are as long as they get.
fn long() -> Contract {
    Contract {
        quote_number: Some("MT30000001".into()),
        product: "バイク保険 プレミアム（ロードサービス・弁護士費用・日常生活賠償つき長期契約）".into(),
        vehicle: "アキツ リンドウ1000ツアラー スペシャルエディション 2026年式".into(),
        rider_scope: "本人・配偶者・同居の親族限定・26歳以上（ただし別居の未婚の子は年齢を問わない）".into(),
        premium_yen: 1_234_560,
        ..super::contract()
    }
}

fn home() -> States<Content> {
    let of = |contracts, last| Content::Home(super::portal(contracts, last));
    States::one("one-contract", of(vec![super::contract()], Some(NOW)))
        .and("first-time", of(vec![super::contract()], None))
        .and("three-contracts", of(vec![super::contract(), ended(), long()], Some(NOW)))
        .and("renewal-due", of(vec![due(), super::contract()], Some(NOW)))
        .and("request-open", of(vec![requested(RequestState::Received)], Some(NOW)))
        .and("request-declined", of(vec![requested(RequestState::Declined)], Some(NOW)))
        .and("request-done", of(vec![requested(RequestState::Done)], Some(NOW)))
        .and("no-contract", of(Vec::new(), Some(NOW)))
}

fn account() -> States<Content> {
    let page = || Box::new(super::password_page());
    let mut alone = super::account();
    alone.sessions.truncate(1);
    alone.history.clear();
    alone.reminders = ReminderChoice::Off;
    States::one("usual", Content::Account(super::account(), page())).and("first-time", Content::Account(alone, page()))
}

/// The statuses that have words of their own.
fn errors() -> States<Content> {
    States::one("not-found", Content::Error(404))
        .and("bad-request", Content::Error(400))
        .and("foreign", Content::Error(403))
        .and("too-large", Content::Error(413))
        .and("too-many", Content::Error(429))
        .and("broken", Content::Error(500))
        .and("busy", Content::Error(503))
}
