//! The store's contract: every verb on both databases, and what it answers.

mod accounts;
mod assets;
mod contracts;
mod counters;
mod flows;
mod imports;
mod links;
mod mails;
mod rehearsal;
mod reminders;
mod requests;
mod sessions;

use crate::support::*;
use server::store::Tx;

/// A transaction that will be looked at by others after [`commit`].
async fn begin(app: &TestApp) -> Tx {
    app.store.begin().await.unwrap()
}

async fn commit(tx: Tx) {
    tx.commit().await.unwrap();
}

on_both!(without_a_commit_nothing_happened, async |app| {
    let mut tx = begin(app).await;
    tx.increment("k", 1_000, 1).await.unwrap();
    drop(tx);
    assert_eq!(app.store.begin_read().await.unwrap().counter("k", 200).await.unwrap().n, 0);
    assert!(app.store.is_ready(app.now()).await);
    app.store.migrate().await.unwrap();
    assert_eq!(app.kind == Kind::Sqlite, app.settings.store.url.starts_with("sqlite:"));
});

on_both!(what_another_transaction_follows_is_seen_at_once_and_not_without_a_commit, async |app| {
    for seen in [0, 1] {
        let mut tx = app.store.begin_followed().await.unwrap();
        tx.increment("k", 1_000, 1).await.unwrap();
        match seen {
            0 => drop(tx),
            _ => commit(tx).await,
        }
        assert_eq!(app.store.begin_read().await.unwrap().counter("k", 200).await.unwrap().n, seen);
    }
});

/// What each test here does before and after.
const OUTSIDE: [&str; 2] = ["open", "close"];

/// The store's sources and this contract's: a verb that is not called here is found by name.
#[test]
fn every_verb_of_the_store_is_in_this_contract() {
    let store = sources("src/store");
    let contract = sources("tests/api/store_contract").concat();
    let verbs: Vec<_> = store
        .iter()
        .flat_map(|source| source.split("pub async fn ").skip(1))
        .filter_map(|rest| rest.split(['(', '<']).next())
        .filter(|verb| !OUTSIDE.contains(verb))
        .collect();
    assert!(verbs.len() > 60, "the sources were read: {}", verbs.len());
    let missing: Vec<_> = verbs.iter().filter(|verb| !contract.contains(&format!(".{verb}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
