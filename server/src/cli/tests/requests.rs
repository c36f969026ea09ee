//! `nirin requests`: taken, declined, exported.

use super::{Fresh, NOW};
use crate::cli::requests::{Command, run};
use crate::rng::SystemRng;
use crate::store::{AuditEvent, RequestRow};
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
    go(Command::Take { reference: "４ｔ７ｘ ９ｑｒｍ".into() }).await.unwrap();
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

#[tokio::test]
async fn a_request_whose_key_is_gone_is_named_and_keeps_no_other_out_of_the_export() {
    let fresh = Fresh::open().await;
    let lost = RequestRow { sealed: "x".into(), ..request(&fresh) };
    let row = RequestRow {
        id: "r-2".into(),
        reference: "7K2M-4XQ9".into(),
        contract_id: "k-002".into(),
        created_at: NOW + 1,
        ..request(&fresh)
    };
    let mut tx = fresh.store.begin().await.unwrap();
    assert!(tx.add_request(&lost).await.unwrap() && tx.add_request(&row).await.unwrap());
    tx.commit().await.unwrap();
    let mut out = Vec::new();
    let export = Command::Export { since: "2027-01-15".into() };
    let failed = run(&fresh.context(), fresh.keys.clone(), export, &mut out).await.unwrap_err().to_string();
    assert!(failed.contains("4T7X-9QRM") && !failed.contains("7K2M-4XQ9"), "{failed}");
    let text = String::from_utf8(out).unwrap();
    assert!(text.contains("7K2M-4XQ9") && !text.contains("4T7X-9QRM"), "{text}");
}

#[tokio::test]
async fn an_export_is_in_the_audit_log_even_where_nobody_took_all_of_it() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let fresh = Fresh::open().await;
    let export = Command::Export { since: "2027-01-15".into() };
    assert!(run(&fresh.context(), fresh.keys.clone(), export, &mut Closed).await.is_err());
    assert_eq!(fresh.audit_lines(AuditEvent::RequestsExported).await, 1);
}
