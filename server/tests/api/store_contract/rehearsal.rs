//! What the interface of a rehearsal asks for.

use super::{begin, commit};
use crate::support::*;
use server::store::{AccountRow, ArrivedMail, CustomerRow, MailFilter, MailKind, MailState, MailboxRow, OutboxRow};

fn arrived(id: &str, to: &str, received_at: i64) -> MailboxRow {
    MailboxRow {
        id: id.into(),
        recipient: to.into(),
        subject: "s".into(),
        text: "t".into(),
        html: "h".into(),
        source: "x".into(),
        received_at,
    }
}

fn sent(id: &str, kind: MailKind) -> OutboxRow {
    OutboxRow {
        id: id.into(),
        kind: kind.into(),
        reference: "R".into(),
        recipient: "r".into(),
        sealed: String::new(),
        state: MailState::Accepted,
        attempts: 1,
        next_at: 0,
        lease_until: 0,
        useless_at: None,
        created_at: 0,
        settled_at: Some(1),
        reply: String::new(),
        priority: 1,
    }
}

on_both!(arrived_mails_are_found_by_recipient_and_kind_and_one_after_another, async |app| {
    let mut tx = begin(app).await;
    tx.add_mail(&sent("1", MailKind::AuthCode)).await.unwrap();
    tx.add_mail(&sent("3", MailKind::PasswordChanged)).await.unwrap();
    for mail in [arrived("1", "A@x", 1), arrived("2", "b@x", 1), arrived("3", "a@x", 1), arrived("4", "a@x", 5)] {
        tx.deliver(&mail).await.unwrap();
    }
    let ids = |found: &[ArrivedMail]| found.iter().map(|row| row.mail.id.to_string()).collect::<Vec<_>>();
    let any = MailFilter::default();
    let (to, kind) = (MailFilter { to: "a@X", ..any }, MailFilter { kind: MailKind::AuthCode.as_str(), ..any });
    assert_eq!(
        ids(&tx.arrived_mails(any, 3).await.unwrap()),
        ["4", "3", "2"],
        "the newest first, and no more than asked"
    );
    assert_eq!(ids(&tx.arrived_mails(to, 9).await.unwrap()), ["4", "3", "1"]);
    let codes = tx.arrived_mails(kind, 9).await.unwrap();
    assert_eq!((ids(&codes), codes[0].kind), (vec!["1".to_owned()], MailKind::AuthCode.into()));

    let mut seen = Vec::new();
    let mut after = "".into();
    while let Some(next) = tx.next_mail(any, &after).await.unwrap() {
        after = next.mail.id.clone();
        seen.push(after.to_string());
    }
    assert_eq!(seen, ["1", "2", "3", "4"], "each once, also of one moment");
    assert!(tx.next_mail(to, &"1".into()).await.unwrap().is_some_and(|next| next.mail.id == "3"));
    assert!(tx.next_mail(any, &"never".into()).await.unwrap().is_none(), "after a mail that is not there comes none");
    assert!(tx.has_arrived(&"4".into()).await.unwrap() && !tx.has_arrived(&"never".into()).await.unwrap());
    commit(tx).await;
});

on_both!(customers_are_listed_by_id_with_an_account_or_without, async |app| {
    let mut tx = begin(app).await;
    let account = AccountRow {
        id: "a1".into(),
        customer_id: KAZUO.customer.into(),
        user_id: KAZUO.email.into(),
        user_key: KAZUO.email.to_lowercase(),
        password_hash: "h".into(),
        created_at: 5,
        password_at: 5,
    };
    assert!(tx.add_account(&account).await.unwrap());
    let ids = |found: Vec<CustomerRow>| found.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    let none = "".into();
    assert_eq!(ids(tx.customers(&none, None, 2).await.unwrap()), ["c-001", "c-002"]);
    assert_eq!(ids(tx.customers(&"c-002".into(), None, 2).await.unwrap()), ["c-003", "c-004"]);
    assert_eq!(ids(tx.customers(&none, Some(true), 9).await.unwrap()), [KAZUO.customer]);
    let without = ids(tx.customers(&none, Some(false), 100).await.unwrap());
    assert!(without.len() == 47 && !without.contains(&KAZUO.customer.to_owned()));
    commit(tx).await;
});
