//! `nirin requests`: taken, declined, exported.

use super::{Fresh, NOW};
use crate::cli::requests::{Command, run};
use crate::rng::SystemRng;
use crate::store::RequestRow;
use app::port::{ItemChange, RequestDetails};
use rules::{ChangeItem, RequestKind, RequestState};

/// A change that c-001 asks for.
pub(super) fn request(fresh: &Fresh) -> RequestRow {
    let asked =
        RequestDetails::Change(vec![ItemChange { item: ChangeItem::Vehicle, before: "A".into(), after: "=B".into() }]);
    RequestRow {
        id: "r".into(),
        kind: RequestKind::Change,
        state: RequestState::Received,
        reference: "4T7X-9QRM".into(),
        contract_id: "k-001".into(),
        customer_id: "c-001".into(),
        account_id: "a-1".into(),
        term_ends_on: "2027-08-01".into(),
        sealed: fresh.keys.seal(&SystemRng, &serde_json::to_string(&asked).unwrap()),
        created_at: NOW,
        moved_at: NOW,
    }
}

#[tokio::test]
async fn staff_takes_a_request_once_and_a_declined_one_tells_its_reason() {
    let fresh = Fresh::open().await;
    let context = fresh.context();
    let mut tx = fresh.store.begin().await.unwrap();
    let row = request(&fresh);
    assert!(tx.add_request(&row).await.unwrap());
    tx.commit().await.unwrap();
    let reference = || row.reference.to_string();
    let mut out = Vec::new();
    let mut go = async |command| run(&context, fresh.keys.clone(), command, &mut out).await;
    go(Command::List { all: false }).await.unwrap();
    go(Command::Take { reference: reference() }).await.unwrap();
    assert!(go(Command::Take { reference: reference() }).await.is_err(), "it is taken");
    assert!(go(Command::Decline { reference: reference(), reason: " ".into() }).await.is_err(), "without a reason");
    go(Command::Decline { reference: reference(), reason: "No.".into() }).await.unwrap();
    go(Command::Show { reference: reference() }).await.unwrap();
    go(Command::Export { since: "2027-01-15".into() }).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    for said in ["4T7X-9QRM  change  received", "is in-progress now", "declined, No.", "vehicle,A,\"'=B\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let mut tx = fresh.store.begin_read().await.unwrap();
    let mails = tx.mails(None, 9).await.unwrap();
    assert_eq!(mails.iter().filter(|mail| mail.kind.as_str() == "request-moved").count(), 2);
    assert_eq!(tx.audit_by_reference(&row.reference).await.unwrap().len(), 2);
}
