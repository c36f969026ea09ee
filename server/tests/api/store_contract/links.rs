//! Mailed links.

use super::{begin, commit};
use crate::support::*;
use server::store::{LinkRow, Purgeable, Revocation, Tx};

fn link(id: &str, kind: LinkKind) -> LinkRow {
    LinkRow {
        id: id.into(),
        token_hash: format!("h-{id}").into(),
        kind,
        reference: "R".into(),
        customer_id: "c-001".into(),
        account_id: None,
        user_id: "U".into(),
        user_key: "u".into(),
        flow_id: "f".into(),
        device: "d".into(),
        password_hash: Some("p".into()),
        created_at: 1,
        expires_at: 100,
        used_at: None,
        revoked_at: None,
        revocation: None,
        used_by: None,
    }
}

async fn add(tx: &mut Tx, id: &str, kind: LinkKind) {
    tx.add_link(&link(id, kind)).await.unwrap();
}

on_both!(a_link_is_used_once_in_time_and_for_its_own_kind, async |app| {
    let mut tx = begin(app).await;
    add(&mut tx, "l1", LinkKind::Reset).await;
    assert!(tx.link(&"h-l1".into()).await.unwrap() == Some(link("l1", LinkKind::Reset)));
    assert!(tx.link_by_id(&"l1".into()).await.unwrap() == Some(link("l1", LinkKind::Reset)));
    assert!(tx.link(&"l1".into()).await.unwrap().is_none() && tx.link_by_id(&"h-l1".into()).await.unwrap().is_none());
    assert!(tx.consume_link(&"h-l1".into(), LinkKind::Enrolment, "b", 50).await.unwrap().is_none());
    assert!(tx.consume_link(&"h-l1".into(), LinkKind::Reset, "b", 100).await.unwrap().is_none(), "expired");
    let used = tx.consume_link(&"h-l1".into(), LinkKind::Reset, "b", 99).await.unwrap().unwrap();
    assert_eq!((used.used_at, used.used_by.as_deref()), (Some(99), Some("b")));
    assert!(tx.consume_link(&"h-l1".into(), LinkKind::Reset, "b", 99).await.unwrap().is_none(), "used");
    assert!(tx.revoke_link(&"h-l1".into(), Revocation::Disowned, 99).await.unwrap().is_none(), "used");
    tx.erase_link_password(&"l1".into()).await.unwrap();
    assert_eq!(tx.link_by_id(&"l1".into()).await.unwrap().unwrap().password_hash, None);
    commit(tx).await;
});

on_both!(a_revoked_link_loses_its_password_and_says_why, async |app| {
    let mut tx = begin(app).await;
    for (id, kind) in [("l1", LinkKind::Enrolment), ("l2", LinkKind::Enrolment), ("l3", LinkKind::Reset)] {
        add(&mut tx, id, kind).await;
    }
    let revoked = tx.revoke_link(&"h-l1".into(), Revocation::Disowned, 7).await.unwrap().unwrap();
    assert_eq!(
        (revoked.revoked_at, revoked.revocation, revoked.password_hash),
        (Some(7), Some(Revocation::Disowned), None)
    );
    assert!(tx.revoke_link(&"h-l1".into(), Revocation::Superseded, 8).await.unwrap().is_none());
    assert!(tx.consume_link(&"h-l1".into(), LinkKind::Enrolment, "b", 8).await.unwrap().is_none());
    assert_eq!(tx.revoke_links_of(&"c-001".into(), LinkKind::Enrolment, 9).await.unwrap(), 1, "l2 alone");
    assert_eq!(tx.revoke_links_of(&"c-002".into(), LinkKind::Reset, 9).await.unwrap(), 0);
    assert_eq!(tx.link_by_id(&"l2".into()).await.unwrap().unwrap().revocation, Some(Revocation::Superseded));
    commit(tx).await;
});

on_both!(links_are_found_by_reference_and_forgotten_by_age, async |app| {
    let mut tx = begin(app).await;
    for id in ["l1", "l2"] {
        add(&mut tx, id, LinkKind::Enrolment).await;
    }
    assert!(tx.has_newer_link(&"c-001".into(), LinkKind::Enrolment, 0).await.unwrap());
    assert!(!tx.has_newer_link(&"c-001".into(), LinkKind::Enrolment, 1).await.unwrap());
    assert!(!tx.has_newer_link(&"c-001".into(), LinkKind::Reset, 0).await.unwrap());
    assert_eq!(tx.links_by_reference(&"R".into()).await.unwrap().len(), 2);
    assert_eq!(tx.erase_expired_link_passwords(99, 9).await.unwrap(), 0);
    assert_eq!(tx.count_expired_link_passwords(100).await.unwrap(), 2);
    assert_eq!(tx.erase_expired_link_passwords(100, 1).await.unwrap(), 1, "no more at once");
    assert_eq!(tx.erase_expired_link_passwords(100, 9).await.unwrap(), 1);
    assert_eq!(
        (tx.purge(Purgeable::Links, 1, 9).await.unwrap(), tx.purge(Purgeable::Links, 2, 9).await.unwrap()),
        (0, 2)
    );
    commit(tx).await;
});

on_both!(a_link_that_a_clock_made_which_was_ahead_works_no_longer_than_one_that_is_made_now, async |app| {
    let mut tx = begin(app).await;
    let made = LinkRow { created_at: 9_000, expires_at: 9_100, ..link("ahead", LinkKind::Enrolment) };
    tx.add_link(&made).await.unwrap();
    let mut read = made.clone();
    read.settle(50);
    assert_eq!((read.created_at, read.expires_at), (50, 150));
    read.settle(60);
    assert_eq!((read.created_at, read.expires_at), (50, 150), "any other stays what it is");
    for now in [50, 60] {
        tx.settle_link(&made.token_hash, now).await.unwrap();
        assert!(tx.link(&made.token_hash).await.unwrap() == Some(read.clone()));
    }
    commit(tx).await;
});
