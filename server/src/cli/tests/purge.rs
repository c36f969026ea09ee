//! `nirin purge`: what is forgotten, and what is not.

use super::{DAY, FixedClock, Fresh, NOW, one, text};
use crate::cli::purge;
use crate::use_cases::counters::{Counter, STRANGERS};
use rules::limits::{Limit, Limits};

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
    let counts =
        |said: &[u8]| String::from_utf8_lossy(said).lines().take(10).map(ToOwned::to_owned).collect::<Vec<_>>();
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
