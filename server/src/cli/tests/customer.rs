//! `nirin customer`: found, shown masked, given another address.

use super::{Fresh, NOW, one, requests, text};
use crate::cli::customer;
use crate::store::{AccountRow, RequestMove, Revocation, SessionEnd};
use rules::RequestState;
use rules::user_id::UserId;

#[tokio::test]
async fn a_customer_is_found_by_id_address_and_number_and_shown_masked() {
    let fresh = Fresh::open().await;
    for whom in ["c-001", "TARO@example.jp", "nr-1000-0001"] {
        let mut said = Vec::new();
        customer::show(&fresh.context(), whom, &mut said).await.unwrap();
        let said = text(said);
        for shown in ["ニリン　タロウ", "t***@e***.jp", "*******0001", "NR10000001", "since 2027-01-14 17:00:00 JST"]
        {
            assert!(said.contains(shown), "{whom}: {shown}: {said}");
        }
        for hidden in ["taro@", "09000000001", "argon2"] {
            assert!(!said.contains(hidden), "{hidden}: {said}");
        }
    }
    let mut said = Vec::new();
    customer::show(&fresh.context(), "family@example.jp", &mut said).await.unwrap();
    assert!(text(said).contains("also registered for c-004"));
    assert!(customer::show(&fresh.context(), "c-999", &mut Vec::new()).await.is_err());
}

#[tokio::test]
async fn a_customer_is_shown_with_the_requests_that_are_open() {
    let fresh = Fresh::open().await;
    let mut tx = fresh.store.begin().await.unwrap();
    let row = requests::request(&fresh);
    tx.add_request(&row).await.unwrap();
    tx.commit().await.unwrap();
    let shown = async || {
        let mut said = Vec::new();
        customer::show(&fresh.context(), "c-001", &mut said).await.unwrap();
        text(said)
    };
    let said = shown().await;
    assert!(said.contains("4T7X-9QRM, change, received, contract k-001, made 2027-01-15 17:00:00 JST"), "{said}");
    assert!(!said.contains("=B"), "what is asked for is shown by another command");
    let mut tx = fresh.store.begin().await.unwrap();
    assert!(
        tx.move_request("r", RequestMove { from: RequestState::Received, to: RequestState::Done }, NOW).await.unwrap()
    );
    tx.commit().await.unwrap();
    assert!(!shown().await.contains("4T7X-9QRM"));
}

#[tokio::test]
async fn with_another_address_the_user_id_follows_and_what_went_to_the_old_one_ends() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    customer::set_email(&fresh.context(), "c-001", &UserId::parse("Taro.New@example.jp").unwrap(), &mut said)
        .await
        .unwrap();
    assert_eq!(fresh.audited(&said).await, one("user_updated"));
    assert!(text(said).contains("Revoked 1 link, ended 1 procedure and 1 session."));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert_eq!(tx.customer(&"c-001".into()).await.unwrap().unwrap().email.as_deref(), Some("Taro.New@example.jp"));
    assert_eq!(tx.account_by_key("taro.new@example.jp").await.unwrap().unwrap().id, "a-1");
    assert_eq!(tx.link(&"secret-token-hash".into()).await.unwrap().unwrap().revocation, Some(Revocation::Superseded));
    assert_eq!(tx.session(&"s".into()).await.unwrap().unwrap().end, Some(SessionEnd::UserIdChanged));
    assert_eq!(tx.flow(&"f-1".into()).await.unwrap().unwrap().step, "timed-out");
}

#[tokio::test]
async fn an_address_that_another_account_uses_is_refused_and_nothing_changes() {
    let fresh = Fresh::open().await;
    let mut tx = fresh.store.begin().await.unwrap();
    let first = tx.account(&"a-1".into()).await.unwrap().unwrap();
    let other = AccountRow {
        id: "a-7".into(),
        customer_id: "c-007".into(),
        user_id: "x@example.jp".into(),
        user_key: "x@example.jp".into(),
        ..first
    };
    assert!(tx.add_account(&other).await.unwrap());
    tx.commit().await.unwrap();
    let refused =
        customer::set_email(&fresh.context(), "c-001", &UserId::parse("X@example.jp").unwrap(), &mut Vec::new())
            .await
            .unwrap_err();
    assert!(refused.to_string().contains("another customer's account"));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert_eq!(tx.customer(&"c-001".into()).await.unwrap().unwrap().email.as_deref(), Some("taro@example.jp"));
    assert!(tx.session(&"s".into()).await.unwrap().unwrap().ended_at.is_none());
}
