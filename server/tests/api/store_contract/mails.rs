//! Outbox and mailbox.

use super::{begin, commit};
use crate::support::*;
use server::store::{Claim, MailKind, MailState, MailboxRow, OutboxRow, Postponement, Purgeable};
use std::time::Duration;

fn mail(id: &str, next_at: i64) -> OutboxRow {
    OutboxRow {
        id: id.into(),
        kind: MailKind::AuthCode.into(),
        reference: "R".into(),
        recipient: "r".into(),
        sealed: "s".into(),
        state: MailState::Queued,
        attempts: 0,
        next_at,
        lease_until: 0,
        useless_at: Some(500),
        created_at: next_at,
        settled_at: None,
        reply: String::new(),
        priority: 1,
    }
}

on_both!(a_mail_is_claimed_by_one_until_its_lease_runs_out, async |app| {
    let mut tx = begin(app).await;
    tx.add_mail(&mail("m2", 20)).await.unwrap();
    tx.add_mail(&mail("m1", 10)).await.unwrap();
    assert!(tx.mail(&"m1".into()).await.unwrap() == Some(mail("m1", 10)));
    assert!(tx.claim_mails(Claim { most: 1, lease_until: 99, now: 9 }).await.unwrap().is_empty(), "not due yet");
    let waiting = tx.waiting_mails().await.unwrap();
    let told: Vec<_> =
        waiting.iter().map(|mails| (mails.kind.as_str(), mails.state.as_str(), mails.count, mails.oldest_at)).collect();
    assert_eq!(told, [("auth-code", "queued", 2, 10)]);
    let first = tx.claim_mails(Claim { most: 1, lease_until: 50, now: 20 }).await.unwrap().remove(0);
    assert_eq!((first.id.as_str(), first.attempts, first.lease_until, first.state), ("m1", 1, 50, MailState::Sending));
    assert_eq!(tx.claim_mails(Claim { most: 1, lease_until: 50, now: 20 }).await.unwrap().remove(0).id, "m2");
    assert!(tx.claim_mails(Claim { most: 1, lease_until: 50, now: 49 }).await.unwrap().is_empty());
    assert_eq!(tx.claim_mails(Claim { most: 1, lease_until: 90, now: 50 }).await.unwrap().remove(0).attempts, 2);
    commit(tx).await;
});

#[test]
fn of_two_nodes_that_claim_at_the_same_moment_on_postgresql_none_waits_and_each_gets_others() {
    run(
        Kind::Postgres,
        |_| {},
        async |app| {
            let mut tx = begin(app).await;
            for (id, at) in [("m1", 10), ("m2", 20), ("m3", 30)] {
                tx.add_mail(&mail(id, at)).await.unwrap();
            }
            commit(tx).await;
            let claim = Claim { most: 2, lease_until: 99, now: 50 };
            let (mut one, mut other) = (begin(app).await, begin(app).await);
            let ids = |rows: Vec<OutboxRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
            assert_eq!(ids(one.claim_mails(claim).await.unwrap()), ["m1", "m2"]);
            let claimed = tokio::time::timeout(Duration::from_secs(10), other.claim_mails(claim)).await;
            assert_eq!(ids(claimed.expect("no wait").unwrap()), ["m3"]);
            commit(one).await;
            commit(other).await;
        },
    );
}

on_both!(only_who_holds_a_mail_settles_it, async |app| {
    let mut tx = begin(app).await;
    tx.add_mail(&mail("m1", 10)).await.unwrap();
    tx.claim_mails(Claim { most: 1, lease_until: 50, now: 10 }).await.unwrap().remove(0);
    tx.claim_mails(Claim { most: 1, lease_until: 90, now: 50 }).await.unwrap().remove(0);
    assert!(
        !tx.settle_mail(&"m1".into(), 1, MailState::Accepted, "", 60).await.unwrap(),
        "the first one's lease is over"
    );
    tx.postpone_mail(&"m1".into(), Postponement { attempts: 1, next_at: 999 }, "x").await.unwrap();
    tx.postpone_mail(&"m1".into(), Postponement { attempts: 2, next_at: 70 }, "450").await.unwrap();
    let row = tx.mail(&"m1".into()).await.unwrap().unwrap();
    assert_eq!((row.state, row.next_at, row.reply.as_str(), row.sealed.as_str()), (MailState::Queued, 70, "450", "s"));
    tx.claim_mails(Claim { most: 1, lease_until: 200, now: 70 }).await.unwrap().remove(0);
    assert!(tx.settle_mail(&"m1".into(), 3, MailState::Accepted, "250", 80).await.unwrap());
    let row = tx.mail(&"m1".into()).await.unwrap().unwrap();
    assert_eq!((row.state, row.settled_at, row.sealed.as_str()), (MailState::Accepted, Some(80), ""));
    assert!(!tx.requeue_mail(&"m1".into(), 90).await.unwrap(), "nothing to say any more");
    commit(tx).await;
});

on_both!(mails_are_dropped_requeued_listed_and_forgotten, async |app| {
    let mut tx = begin(app).await;
    for (id, at) in [("m1", 10), ("m2", 20), ("m3", 30)] {
        tx.add_mail(&mail(id, at)).await.unwrap();
    }
    assert_eq!(tx.claim_mails(Claim { most: 1, lease_until: 50, now: 10 }).await.unwrap().remove(0).id, "m1");
    for (reference, kind) in [("R", MailKind::ResetPassword), ("S", MailKind::AuthCode)] {
        tx.drop_mails(&reference.into(), kind, 40).await.unwrap();
    }
    assert_eq!(tx.mails(Some(MailState::Dropped), 9).await.unwrap().len(), 0, "another kind, another reference");
    tx.add_mail(&OutboxRow { kind: MailKind::AccountCreated.into(), ..mail("m4", 40) }).await.unwrap();
    tx.drop_mails(&"R".into(), MailKind::AccountCreated, 40).await.unwrap();
    let row = tx.mail(&"m4".into()).await.unwrap().unwrap();
    assert_eq!((row.state, row.settled_at, row.sealed.as_str()), (MailState::Dropped, Some(40), ""));
    tx.add_mail(&OutboxRow { kind: MailKind::PasswordChanged.into(), ..mail("m0", 5) }).await.unwrap();
    assert_eq!(tx.claim_mails(Claim { most: 1, lease_until: 50, now: 5 }).await.unwrap().remove(0).id, "m0");
    tx.drop_mails(&"R".into(), MailKind::PasswordChanged, 40).await.unwrap();
    let row = tx.mail(&"m0".into()).await.unwrap().unwrap();
    assert_eq!((row.state, row.useless_at), (MailState::Sending, Some(40)), "on its way, and not tried again");
    assert!(tx.requeue_mail(&"m3".into(), 5).await.unwrap());
    assert_eq!(tx.mail(&"m3".into()).await.unwrap().unwrap().next_at, 5);
    let ids = |rows: Vec<OutboxRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.mails(None, 2).await.unwrap()), ["m4", "m3"]);
    assert_eq!(ids(tx.mails(Some(MailState::Dropped), 9).await.unwrap()), ["m4"]);
    assert_eq!(ids(tx.mails_by_reference(&"R".into()).await.unwrap()), ["m0", "m1", "m2", "m3", "m4"]);
    assert_eq!(
        (tx.purge(Purgeable::Mails, 40, 9).await.unwrap(), tx.purge(Purgeable::Mails, 41, 9).await.unwrap()),
        (0, 1)
    );
    commit(tx).await;
});

on_both!(the_mailbox_keeps_each_mail_once, async |app| {
    let mut tx = begin(app).await;
    let row = |id: &str, to: &str, at| MailboxRow {
        id: id.into(),
        recipient: to.into(),
        subject: "s".into(),
        text: "t".into(),
        html: "h".into(),
        source: "x".into(),
        received_at: at,
    };
    for mail in [row("1", "a", 1), row("2", "b", 2), row("1", "a", 3)] {
        tx.deliver(&mail).await.unwrap();
    }
    assert!(tx.mailbox("a", 9).await.unwrap() == [row("1", "a", 1)]);
    assert_eq!(tx.mailbox("", 9).await.unwrap().iter().map(|mail| mail.id.as_str()).collect::<Vec<_>>(), ["2", "1"]);
    assert_eq!((tx.purge(Purgeable::Mailbox, 2, 9).await.unwrap(), tx.mailbox("", 9).await.unwrap().len()), (1, 1));
    commit(tx).await;
});
