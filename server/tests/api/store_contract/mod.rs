//! The store's contract: every verb on both databases, and what it answers.

mod accounts;
mod contracts;
mod counters;
mod flows;
mod links;
mod mails;
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
    tx.raise("k", 1_000, 1).await.unwrap();
    drop(tx);
    assert_eq!(app.store.look().await.unwrap().counter("k").await.unwrap().n, 0);
    assert!(app.store.is_ready().await);
    app.store.migrate().await.unwrap();
    assert_eq!(app.kind == Kind::Sqlite, app.settings.store.url.starts_with("sqlite:"));
});

/// The store's sources and this contract's: a verb that is not called here is found by name.
#[test]
fn every_verb_of_the_store_is_in_this_contract() {
    let store = [
        include_str!("../../../src/store/accounts.rs"),
        include_str!("../../../src/store/audit.rs"),
        include_str!("../../../src/store/codes.rs"),
        include_str!("../../../src/store/contracts.rs"),
        include_str!("../../../src/store/counters.rs"),
        include_str!("../../../src/store/flows.rs"),
        include_str!("../../../src/store/links.rs"),
        include_str!("../../../src/store/mailbox.rs"),
        include_str!("../../../src/store/outbox.rs"),
        include_str!("../../../src/store/sessions.rs"),
    ];
    let contract = [
        include_str!("accounts.rs"),
        include_str!("contracts.rs"),
        include_str!("counters.rs"),
        include_str!("flows.rs"),
        include_str!("links.rs"),
        include_str!("mails.rs"),
        include_str!("sessions.rs"),
    ]
    .concat();
    let verbs =
        store.iter().flat_map(|source| source.split("pub async fn ").skip(1)).filter_map(|rest| rest.split('(').next());
    let missing: Vec<_> = verbs.filter(|verb| !contract.contains(&format!(".{verb}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
