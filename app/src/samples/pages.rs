//! The pages that are no step of a flow.

use super::procedures::{due, request};
use super::states::{Content, SampleContext, States};
use super::{NOW, Words};
use crate::port::Contract;
use crate::text::help::Topic;
use rules::renewal::ReminderChoice;
use rules::{ContractStatus, Offer, RequestKind, RequestState};

/// Returns every such page by its name.
pub(super) fn all(context: SampleContext) -> Vec<(&'static str, States<Content>)> {
    let words = context.words;
    let mut pages = vec![
        ("guide", States::one("usual", Content::Guide)),
        ("help", States::one("list", Content::HelpIndex)),
        ("portal", home(words)),
        (
            "contract",
            States::one("usual", contract(super::contract(words)))
                .and("ended", contract(ended(words)))
                .and("long", contract(long()))
                .and("renewal-due", contract(due(words)))
                .and("requests-open", contract(requested(RequestState::InProgress, words)))
                .and("requests-declined", contract(requested(RequestState::Declined, words)))
                .and("offer-over", contract(expired(words))),
        ),
        ("account", account(context)),
        ("error", errors()),
    ];
    pages.extend(Topic::ALL.iter().copied().map(|topic| (topic.as_str(), States::one("usual", Content::Help(topic)))));
    pages
}

fn contract(contract: Contract) -> Content {
    Content::Contract(Box::new(contract))
}

fn ended(words: Words) -> Contract {
    Contract {
        status: ContractStatus::Ended,
        ends_on: "2026-08-01".into(),
        days_left: -114,
        offer: Offer::None,
        can_change: false,
        ..super::contract(words)
    }
}

/// A contract for which a renewal and a change were requested.
fn requested(state: RequestState, words: Words) -> Contract {
    let requests =
        vec![request(RequestKind::Change, RequestState::Withdrawn, words), request(RequestKind::Renewal, state, words)];
    Contract { requests, ..due(words) }
}

/// A contract whose term ran out without a renewal.
fn expired(words: Words) -> Contract {
    Contract { ends_on: "2026-11-20".into(), days_left: -3, offer: Offer::Over, can_change: false, ..due(words) }
}

/// A contract whose values are as long as they get.
fn long() -> Contract {
    Contract { quote_number: Some("MT30000001".into()), ..super::contract(Words::Long) }
}

fn home(words: Words) -> States<Content> {
    let of = |contracts, last| Content::Home(super::portal(contracts, last, words));
    States::one("one-contract", of(vec![super::contract(words)], Some(NOW)))
        .and("first-time", of(vec![super::contract(words)], None))
        .and("three-contracts", of(vec![super::contract(words), ended(words), long()], Some(NOW)))
        .and("renewal-due", of(vec![due(words), super::contract(words)], Some(NOW)))
        .and("request-open", of(vec![requested(RequestState::Received, words)], Some(NOW)))
        .and("request-declined", of(vec![requested(RequestState::Declined, words)], Some(NOW)))
        .and("request-done", of(vec![requested(RequestState::Done, words)], Some(NOW)))
        .and("no-contract", of(Vec::new(), Some(NOW)))
}

fn account(context: SampleContext) -> States<Content> {
    let page = || Box::new(super::password_page(context.chosen.profile, context.words));
    let mut alone = super::account(context.words);
    alone.sessions.truncate(1);
    alone.history.clear();
    alone.reminders = ReminderChoice::Off;
    States::one("usual", Content::Account(super::account(context.words), page()))
        .and("first-time", Content::Account(alone, page()))
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
