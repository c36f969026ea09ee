//! Accounts, known browsers and the audit log.

use super::{begin, commit};
use crate::support::*;
use rules::user_id::UserId;
use server::secret::Argon2Params;
use server::store::{AccountRow, Actor, AuditEntry, AuditEvent, Purgeable, Rehash};

fn account(id: &str, who: Person) -> AccountRow {
    AccountRow {
        id: id.into(),
        customer_id: who.customer.into(),
        user_id: who.email.into(),
        user_key: who.email.to_lowercase(),
        password_hash: "h1".into(),
        created_at: 5,
        password_at: 5,
    }
}

on_both!(accounts_are_counted_by_the_parameters_of_their_hashes, async |app| {
    let mut tx = begin(app).await;
    assert!(tx.argon2_params_in_use().await.unwrap().is_empty());
    let tail = format!("${}${}", "s".repeat(22), "h".repeat(43));
    for (id, who, params) in [("a1", TARO, "m=64,t=1,p=1"), ("a2", NOBU, "m=64,t=1,p=1"), ("a3", CHIE, "m=128,t=3,p=2")]
    {
        let password_hash = format!("$argon2id$v=19${params}{tail}");
        assert!(tx.add_account(&AccountRow { password_hash, ..account(id, who) }).await.unwrap());
    }
    let mut counted = tx.argon2_params_in_use().await.unwrap();
    counted.sort_by_key(|(_, accounts)| *accounts);
    let of = |memory_kib, passes, lanes| Argon2Params { memory_kib, passes, lanes };
    assert_eq!(counted, [(of(128, 3, 2), 1), (of(64, 1, 1), 2)]);
    commit(tx).await;
});

on_both!(accounts_are_added_once_and_found_by_key_customer_and_id, async |app| {
    let mut tx = begin(app).await;
    let taro = account("a1", TARO);
    assert!(tx.add_account(&taro).await.unwrap());
    assert!(!tx.add_account(&account("a2", TARO)).await.unwrap(), "a customer has one");
    let taken = AccountRow { customer_id: "c-007".into(), id: "a3".into(), ..taro.clone() };
    assert!(!tx.add_account(&taken).await.unwrap(), "a user ID has one");
    assert!(tx.account_by_key("taro@example.jp").await.unwrap() == Some(taro.clone()));
    assert!(tx.account_of(&"c-001".into()).await.unwrap() == Some(taro.clone()));
    assert!(tx.account(&"a1".into()).await.unwrap() == Some(taro.clone()));
    assert!(
        tx.lock_account(&"a1".into()).await.unwrap() == Some(taro)
            && tx.lock_account(&"a2".into()).await.unwrap().is_none()
    );
    assert!(
        tx.account(&"a2".into()).await.unwrap().is_none()
            && tx.account_by_key("x").await.unwrap().is_none()
            && tx.account_of(&"c-007".into()).await.unwrap().is_none()
    );
    commit(tx).await;
});

on_both!(passwords_and_user_ids_are_set_on_one_account, async |app| {
    let mut tx = begin(app).await;
    tx.add_account(&account("a1", TARO)).await.unwrap();
    tx.add_account(&account("a2", KAZUO)).await.unwrap();
    tx.set_password(&"a1".into(), "h2", 9).await.unwrap();
    tx.rehash_password(&"a1".into(), Rehash { old: "h1", new: "h3" }).await.unwrap();
    let found = tx.account(&"a1".into()).await.unwrap().unwrap();
    assert_eq!((found.password_hash.as_str(), found.password_at), ("h2", 9), "changed meanwhile: not hashed over");
    tx.rehash_password(&"a1".into(), Rehash { old: "h2", new: "h3" }).await.unwrap();
    tx.set_user_id(&"a1".into(), &UserId::parse("New@example.jp").unwrap()).await.unwrap();
    let found = tx.account_by_key("new@example.jp").await.unwrap().unwrap();
    assert_eq!((found.password_hash.as_str(), found.password_at, found.user_id.as_str()), ("h3", 9, "New@example.jp"));
    assert_eq!(tx.account(&"a2".into()).await.unwrap().unwrap().password_hash, "h1");
    commit(tx).await;
});

on_both!(browsers_are_known_by_account, async |app| {
    let mut tx = begin(app).await;
    tx.add_account(&account("a1", TARO)).await.unwrap();
    tx.know_browser(&"b1".into(), &"a1".into(), 1).await.unwrap();
    tx.know_browser(&"b1".into(), &"a1".into(), 7).await.unwrap();
    tx.know_browser(&"b2".into(), &"a1".into(), 3).await.unwrap();
    assert!(tx.is_known_browser(&"b1".into(), &"a1".into()).await.unwrap());
    assert!(
        !tx.is_known_browser(&"b1".into(), &"a2".into()).await.unwrap()
            && !tx.is_known_browser(&"b3".into(), &"a1".into()).await.unwrap()
    );
    assert_eq!(tx.known_browsers(&"a1".into()).await.unwrap(), ["b1", "b2"]);
    assert_eq!(tx.purge(Purgeable::KnownBrowsers, 7, 9).await.unwrap(), 1);
    assert_eq!(tx.known_browsers(&"a1".into()).await.unwrap(), ["b1"]);
    tx.rename_browser(&"b1".into(), &"b9".into()).await.unwrap();
    assert_eq!(tx.known_browsers(&"a1".into()).await.unwrap(), ["b9"]);
    commit(tx).await;
});

on_both!(the_audit_log_is_read_by_reference_and_by_account, async |app| {
    let mut tx = begin(app).await;
    for (id, at, event) in [
        ("1", 1, AuditEvent::SignedIn),
        ("2", 2, AuditEvent::SignInFailed),
        ("3", 3, AuditEvent::SignedIn),
        ("4", 3, AuditEvent::SessionEnded),
    ] {
        let entry = AuditEntry {
            event,
            actor: Actor::Customer,
            customer_id: Some(&"c-001".into()),
            account_id: Some(&"a1".into()),
            reference: &"R".into(),
            detail: "d",
        };
        tx.audit(id, &entry, at).await.unwrap();
    }
    tx.audit("5", &AuditEntry::new(AuditEvent::SignedIn, Actor::Customer, &"S".into()), 9).await.unwrap();
    let lines = tx.audit_by_reference(&"R".into()).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.at).collect::<Vec<_>>(), [1, 2, 3, 3]);
    assert_eq!(
        (lines[0].actor.as_str(), lines[0].customer_id.clone(), lines[0].detail.as_str()),
        ("customer", Some("c-001".into()), "d")
    );
    let newest = tx.audit_of(&"a1".into(), AuditEvent::SignedIn, 1).await.unwrap();
    assert_eq!(
        newest.iter().map(|line| (line.at, line.event.as_str())).collect::<Vec<_>>(),
        [(3, AuditEvent::SignedIn.as_str())]
    );
    assert_eq!(tx.audit_by_reference(&"S".into()).await.unwrap()[0].account_id, None);
    for (id, actor, at) in [("6", Actor::Customer, 7), ("7", Actor::Customer, 9), ("8", Actor::Staff("hana"), 7)] {
        tx.audit(id, &AuditEntry::new(AuditEvent::UserUpdated, actor, &"T".into()), at).await.unwrap();
    }
    assert_eq!(tx.purge(Purgeable::AuditOfNobody, 9, 9).await.unwrap(), 1, "old, of a person, about nobody's account");
    let kept: Vec<_> = tx.audit_by_reference(&"T".into()).await.unwrap().into_iter().map(|line| line.actor).collect();
    assert_eq!(kept, ["staff:hana", "customer"]);
    commit(tx).await;
});
