//! `nirin purge`: what is forgotten, and what is not.

use super::{DAY, FixedClock, Fresh, NOW, one, requests, text};
use crate::cli::purge;
use crate::store::{AuditEvent, ContractToRemind, DraftRow, NewReminder, RequestHistoryRow, RequestRow};
use crate::use_cases::counters::{Counter, STRANGERS};
use rules::limits::{Limit, Limits};
use rules::{ProcedureStep, RequestState};

#[tokio::test]
async fn purge_forgets_what_is_past_its_retention_and_a_dry_run_only_counts() {
    let mut fresh = Fresh::open().await;
    let limits = Limits::default();
    let streak = Counter::new(&fresh.keys, Limit::WrongPasswords, "taro@example.jp").part(STRANGERS);
    let slip = Counter::new(&fresh.keys, Limit::WrongPasswords, "slip@example.jp").part(STRANGERS);
    let code = Counter::new(&fresh.keys, Limit::WrongCodes, "a-1");
    let mut tx = fresh.store.begin().await.unwrap();
    for _ in 0..limits.password_wrong_before_wait {
        streak.add(&mut tx, &limits, NOW).await.unwrap();
    }
    slip.add(&mut tx, &limits, NOW).await.unwrap();
    code.add(&mut tx, &limits, NOW).await.unwrap();
    tx.commit().await.unwrap();
    fresh.clock = FixedClock(NOW + 31 * DAY);
    let mut counted = Vec::new();
    purge::purge(&fresh.context(), &limits, true, &mut counted).await.unwrap();
    assert!(fresh.store.begin_read().await.unwrap().flow(&"f-1".into()).await.unwrap().is_some());
    let mut said = Vec::new();
    purge::purge(&fresh.context(), &limits, false, &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("data_purged"));
    assert_eq!(fresh.audit_lines(AuditEvent::DataPurged).await, 2, "one when it began, one with what it forgot");
    let counts =
        |said: &[u8]| String::from_utf8_lossy(said).lines().take(13).map(ToOwned::to_owned).collect::<Vec<_>>();
    assert_eq!(counts(&counted), counts(&said));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert!(
        tx.flow(&"f-1".into()).await.unwrap().is_none()
            && tx.link_by_id(&"l-1".into()).await.unwrap().is_none()
            && tx.session(&"s".into()).await.unwrap().is_none()
    );
    assert_eq!(
        (
            streak.read(&mut tx, i64::MAX).await.unwrap().n,
            code.read(&mut tx, i64::MAX).await.unwrap().n,
            slip.read(&mut tx, i64::MAX).await.unwrap().n
        ),
        (5, 1, 0),
        "a pause gives neither a wrong code back nor what only a reset may"
    );
    // Not settled, not old enough, or none of its business.
    assert!(
        tx.mail(&"-m1".into()).await.unwrap().is_some()
            && tx.is_known_browser(&"browser-hash".into(), &"a-1".into()).await.unwrap()
            && tx.account(&"a-1".into()).await.unwrap().is_some()
    );
}

#[tokio::test]
async fn purge_forgets_requests_that_ended_long_ago_and_procedures_that_were_not_sent() {
    let mut fresh = Fresh::open().await;
    let mut tx = fresh.store.begin().await.unwrap();
    let open = requests::request(&fresh);
    let ended = RequestRow { id: "e".into(), reference: "E".into(), state: RequestState::Declined, ..open.clone() };
    for row in [&open, &ended] {
        assert!(tx.add_request(row).await.unwrap());
        let line = RequestHistoryRow {
            id: row.id.clone(),
            request_id: row.id.clone(),
            at: NOW,
            state: row.state,
            reason: String::new(),
        };
        tx.add_request_history(&line).await.unwrap();
    }
    let draft = DraftRow {
        id: "d".into(),
        step: ProcedureStep::Entry,
        reference: "D".into(),
        sealed: String::new(),
        acted_at: NOW,
    };
    tx.put_draft(&draft).await.unwrap();
    let contract =
        ContractToRemind { contract_id: "k-001".into(), customer_id: "c-001".into(), ends_on: "2027-08-01".into() };
    let reminder = NewReminder { contract: &contract, days: 60, reference: &"M".into(), at: NOW };
    assert!(tx.add_reminder(reminder).await.unwrap());
    tx.commit().await.unwrap();
    for (days, unsent, ended, reminders) in [(1, 0, 0, 0), (3, 1, 0, 0), (91, 0, 0, 1), (401, 0, 1, 0)] {
        fresh.clock = FixedClock(NOW + days * DAY);
        let mut said = Vec::new();
        purge::purge(&fresh.context(), &Limits::default(), false, &mut said).await.unwrap();
        let said = text(said);
        for (what, n) in [("unsent requests", unsent), ("ended requests", ended), ("reminders", reminders)] {
            let line = said.lines().find(|line| line.starts_with(what)).expect("a count");
            assert!(line.ends_with(&format!(" {n}")), "after {days} days: {line}");
        }
    }
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert!(tx.request_by_reference(&open.reference).await.unwrap().is_some(), "an open one stays");
    assert_eq!(tx.request_history("r").await.unwrap().len(), 1);
    assert!(tx.request_history("e").await.unwrap().is_empty(), "the history goes with its request");
}

#[tokio::test]
async fn purge_forgets_more_rows_than_one_transaction_deletes() {
    let mut fresh = Fresh::open().await;
    let limits = Limits::default();
    let mut tx = fresh.store.begin().await.unwrap();
    for nth in 0..2_500 {
        tx.increment(&format!("{}:{nth}", Limit::FlowsFromAddress.as_str()), 1_000, NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    fresh.clock = FixedClock(NOW + 31 * DAY);
    for told in ["2500", "0"] {
        let mut said = Vec::new();
        purge::purge(&fresh.context(), &limits, false, &mut said).await.unwrap();
        let said = text(said);
        let counters = said.lines().find(|line| line.starts_with("counters")).expect("how many counters");
        assert!(counters.ends_with(&format!(" {told}")), "{counters}");
    }
}

#[tokio::test]
async fn purge_forgets_no_count_before_its_limit_does_whatever_the_configuration() {
    let long = |days: i64| Limits {
        sign_in_address_window_ms: days * DAY,
        inquiries_window_ms: days * DAY,
        flows_address_window_ms: days * DAY,
        identity_contract_window_ms: days * DAY,
        mails_account_window_ms: days * DAY,
        ..Limits::default()
    };
    for limits in [Limits::default(), long(5), long(30)] {
        let mut fresh = Fresh::open().await;
        for limit in Limit::ALL {
            let counter = Counter::new(&fresh.keys, *limit, "x");
            let needed = limit.needed_ms(&limits);
            for (later, n) in [(needed, 1), (needed + 1, if *limit == Limit::WrongCodes { 1 } else { 0 })] {
                let mut tx = fresh.store.begin().await.unwrap();
                counter.clear(&mut tx).await.unwrap();
                counter.add(&mut tx, &limits, NOW).await.unwrap();
                tx.commit().await.unwrap();
                fresh.clock = FixedClock(NOW + later);
                purge::purge(&fresh.context(), &limits, false, &mut Vec::new()).await.unwrap();
                let left = counter.read(&mut fresh.store.begin_read().await.unwrap(), i64::MAX).await.unwrap();
                assert_eq!(left.n, n, "{} after {later}", limit.as_str());
            }
        }
    }
}
