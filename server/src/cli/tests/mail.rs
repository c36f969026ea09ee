//! `nirin mail`: listed, tried again.

use super::{Fresh, NOW, REFERENCE, text};
use crate::cli::mail;
use crate::store::{Claim, MailState};

#[tokio::test]
async fn a_delayed_or_refused_mail_gets_a_turn_at_once_and_an_accepted_one_does_not() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    mail::list(&fresh.context(), Some(MailState::Queued), 10, &mut said).await.unwrap();
    let said = text(said);
    assert!(
        said.contains("-m1  reset-password  to t***@e***.jp  queued  attempts 0")
            && !said.contains("taro@")
            && !said.contains("secret"),
        "{said}"
    );
    mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap();
    let mut tx = fresh.store.begin().await.unwrap();
    let claimed = tx.claim_mails(Claim { most: 1, lease_until: NOW + 1, now: NOW }).await.unwrap().remove(0);
    assert!(tx.settle_mail(&claimed.id, claimed.attempts, MailState::Refused, "550", NOW).await.unwrap());
    assert!(tx.audit_by_reference(&REFERENCE.into()).await.unwrap().iter().any(|line| line.event == "mail_retried"));
    tx.commit().await.unwrap();
    mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap();
    let mut tx = fresh.store.begin().await.unwrap();
    let claimed = tx.claim_mails(Claim { most: 1, lease_until: NOW + 2, now: NOW + 2 }).await.unwrap().remove(0);
    assert!(tx.settle_mail(&claimed.id, claimed.attempts, MailState::Accepted, "", NOW).await.unwrap());
    tx.commit().await.unwrap();
    let accepted = mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap_err();
    assert!(!accepted.to_string().is_empty());
}
