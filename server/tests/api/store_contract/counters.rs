//! Counters: windows, holding, clearing, forgetting.

use super::{begin, commit};
use crate::support::*;
use server::store::CounterRow;

on_both!(a_counter_counts_in_its_window_and_begins_anew_after_it, async |app| {
    let mut tx = begin(app).await;
    assert_eq!(tx.counter("k", 200).await.unwrap(), CounterRow::default());
    assert_eq!(tx.increment("k", 100, 10).await.unwrap(), CounterRow { n: 1, since: 10, last: 10 });
    assert_eq!(tx.increment("k", 100, 109).await.unwrap(), CounterRow { n: 2, since: 10, last: 109 });
    assert_eq!(tx.increment("k", 100, 110).await.unwrap(), CounterRow { n: 1, since: 110, last: 110 });
    tx.decrement_counter("k").await.unwrap();
    tx.decrement_counter("k").await.unwrap();
    assert_eq!(tx.counter("k", 200).await.unwrap().n, 0, "never below nothing");
    let before = tx.increment("k", 100, 120).await.unwrap();
    tx.increment("k", 100, 150).await.unwrap();
    tx.restore_counter("k", before).await.unwrap();
    assert_eq!(tx.counter("k", 200).await.unwrap(), before);
    tx.clear_counter("k").await.unwrap();
    assert_eq!(tx.counter("k", 200).await.unwrap(), CounterRow::default());
    commit(tx).await;
});

on_both!(a_held_counter_makes_others_wait, async |app| {
    let mut tx = begin(app).await;
    assert_eq!(tx.lock_counter("k", 5).await.unwrap(), CounterRow { n: 0, since: 5, last: 5 });
    commit(tx).await;
    let count = async || {
        let mut tx = begin(app).await;
        let before = tx.lock_counter("k", 6).await.unwrap();
        tokio::task::yield_now().await;
        tx.increment("k", 1_000, 6).await.unwrap();
        commit(tx).await;
        before.n
    };
    let mut seen = futures::future::join_all((0..6).map(|_| count())).await;
    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2, 3, 4, 5], "each sees what the one before has counted");
});

on_both!(counters_are_cleared_one_by_one_and_forgotten_as_they_were_read, async |app| {
    let mut tx = begin(app).await;
    tx.increment("p:a", 1_000, 1).await.unwrap();
    tx.increment("p:a:1", 1_000, 1).await.unwrap();
    assert!(tx.clear_counter("p:a").await.unwrap());
    assert!(!tx.clear_counter("p:a").await.unwrap(), "there is none any more");
    assert_eq!(tx.counter("p:a:1", 1).await.unwrap().n, 1, "a part is a counter of its own");
    tx.increment("p_a:", 1_000, 5).await.unwrap();
    let all = tx.counters_after("", 9).await.unwrap();
    let keys: Vec<_> = all.iter().map(|counter| counter.key.clone()).collect();
    assert_eq!(tx.counters_after(&keys[0], 9).await.unwrap(), all[1..], "page by page");
    assert_eq!((keys.len(), tx.counters_after("", 1).await.unwrap()), (2, vec![all[0].clone()]));
    tx.increment(&keys[0], 1_000, 9).await.unwrap();
    assert!(!tx.forget_counter(&all[0]).await.unwrap(), "it was raised since it was read");
    assert!(tx.forget_counter(&all[1]).await.unwrap());
    assert_eq!(tx.counters_after("", 9).await.unwrap().len(), 1);
    commit(tx).await;
});

on_both!(what_a_clock_that_was_ahead_counted_counts_as_now, async |app| {
    let mut tx = begin(app).await;
    tx.increment("k", 100, 9_000).await.unwrap();
    assert_eq!(tx.increment("k", 100, 50).await.unwrap(), CounterRow { n: 2, since: 50, last: 50 });
    tx.increment("l", 100, 9_000).await.unwrap();
    assert_eq!(tx.counter("l", 60).await.unwrap(), CounterRow { n: 1, since: 60, last: 60 });
    assert_eq!(tx.lock_counter("l", 50).await.unwrap(), CounterRow { n: 1, since: 50, last: 50 });
    assert_eq!(tx.counter("l", 60).await.unwrap(), CounterRow { n: 1, since: 50, last: 50 }, "held: written down");
    tx.increment("s", 100, 9_000).await.unwrap();
    tx.settle_counter("s", 70).await.unwrap();
    tx.settle_counter("s", 80).await.unwrap();
    assert_eq!(tx.counter("s", 9_000).await.unwrap(), CounterRow { n: 1, since: 70, last: 70 }, "once");
    assert_eq!(tx.increment("m", i64::MAX, 1).await.unwrap().n, 1);
    assert_eq!(
        tx.increment("m", i64::MAX, i64::MAX).await.unwrap().n,
        2,
        "the longest window there can be overflows nowhere"
    );
    commit(tx).await;
});
