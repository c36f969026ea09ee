//! Requests, their history, and the procedures that lead to them.

use super::{begin, commit};
use crate::support::*;
use rules::{ProcedureStep, RequestKind, RequestState};
use server::store::{DraftRow, RequestFilter, RequestHistoryRow, RequestMove, RequestRow, Tx};

fn request(id: &str, kind: RequestKind) -> RequestRow {
    RequestRow {
        id: id.into(),
        kind,
        state: RequestState::Received,
        reference: format!("R-{id}").into(),
        contract_id: "k-001".into(),
        customer_id: "c-001".into(),
        account_id: "a".into(),
        term_ends_on: "2027-08-01".into(),
        sealed: "s".into(),
        created_at: 5,
        moved_at: 5,
    }
}

async fn add(tx: &mut Tx, id: &str, kind: RequestKind) -> bool {
    tx.add_request(&request(id, kind)).await.unwrap()
}

on_both!(one_request_of_a_kind_is_open_for_a_contract, async |app| {
    let mut tx = begin(app).await;
    assert!(add(&mut tx, "r1", RequestKind::Change).await);
    assert!(!add(&mut tx, "r2", RequestKind::Change).await, "one is open");
    assert!(add(&mut tx, "r3", RequestKind::Renewal).await, "of another kind");
    let other = RequestRow { contract_id: "k-002".into(), ..request("r4", RequestKind::Change) };
    assert!(tx.add_request(&other).await.unwrap(), "for another contract");
    assert!(
        tx.move_request("r1", RequestMove { from: RequestState::Received, to: RequestState::Withdrawn }, 9)
            .await
            .unwrap()
    );
    assert!(
        !tx.move_request("r1", RequestMove { from: RequestState::Received, to: RequestState::InProgress }, 9)
            .await
            .unwrap()
    );
    assert!(add(&mut tx, "r5", RequestKind::Change).await, "the first one has ended");
    let read = tx.request_by_reference(&"R-r1".into()).await.unwrap();
    assert!(
        read == Some(RequestRow { state: RequestState::Withdrawn, moved_at: 9, ..request("r1", RequestKind::Change) })
    );
    assert!(tx.request_by_reference(&"r1".into()).await.unwrap().is_none());
    commit(tx).await;
});

on_both!(a_term_is_renewed_once_unless_the_request_came_to_nothing, async |app| {
    let mut tx = begin(app).await;
    for (id, end) in [("r1", RequestState::Declined), ("r2", RequestState::Withdrawn), ("r3", RequestState::Done)] {
        assert!(add(&mut tx, id, RequestKind::Renewal).await, "{id}");
        assert!(tx.move_request(id, RequestMove { from: RequestState::Received, to: end }, 9).await.unwrap());
    }
    assert!(!add(&mut tx, "r4", RequestKind::Renewal).await, "this term is renewed");
    let next = RequestRow { term_ends_on: "2028-08-01".into(), ..request("r5", RequestKind::Renewal) };
    assert!(tx.add_request(&next).await.unwrap(), "the next term is not");
    commit(tx).await;
});

on_both!(of_sixty_four_requests_at_once_one_is_made, async |app| {
    let all = (0..64).map(|n| async move {
        let mut tx = begin(app).await;
        let made = add(&mut tx, &format!("r{n:02}"), RequestKind::Renewal).await;
        commit(tx).await;
        made
    });
    let made = futures::future::join_all(all).await;
    assert_eq!(made.into_iter().filter(|made| *made).count(), 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM requests").await, 1);
});

on_both!(requests_are_listed_by_whose_they_are_and_how_far_they_have_come, async |app| {
    let mut tx = begin(app).await;
    for (id, contract, customer, at) in
        [("r1", "k-001", "c-001", 5), ("r2", "k-002", "c-001", 6), ("r3", "k-008", "c-007", 6)]
    {
        let row = RequestRow {
            contract_id: contract.into(),
            customer_id: customer.into(),
            created_at: at,
            ..request(id, RequestKind::Change)
        };
        assert!(tx.add_request(&row).await.unwrap());
    }
    assert!(
        tx.move_request("r2", RequestMove { from: RequestState::Received, to: RequestState::Done }, 9).await.unwrap()
    );
    let ids = |rows: Vec<RequestRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.requests_of(&"c-001".into()).await.unwrap()), ["r2", "r1"]);
    for (id, request_id, state) in [
        ("1", "r2", RequestState::Done),
        ("2", "r2", RequestState::Received),
        ("3", "r1", RequestState::Received),
        ("4", "r3", RequestState::Received),
    ] {
        let line =
            RequestHistoryRow { id: id.into(), request_id: request_id.into(), at: 9, state, reason: String::new() };
        tx.add_request_history(&line).await.unwrap();
    }
    let states: Vec<_> = tx.request_history("r2").await.unwrap().into_iter().map(|line| line.state).collect();
    assert_eq!(states, [RequestState::Received, RequestState::Done], "in their order, whatever the clocks say");
    assert_eq!(tx.request_moves(&"c-001".into()).await.unwrap(), 3);
    assert_eq!(tx.request_moves(&"c-002".into()).await.unwrap(), 0);
    let all = RequestFilter::default();
    assert_eq!(ids(tx.requests(all, (0, ""), 9).await.unwrap()), ["r1", "r2", "r3"]);
    assert_eq!(ids(tx.requests(all, (0, ""), 1).await.unwrap()), ["r1"]);
    assert_eq!(ids(tx.requests(all, (6, "r2"), 9).await.unwrap()), ["r3"]);
    assert_eq!(ids(tx.requests(RequestFilter { since: 6, ..all }, (0, ""), 9).await.unwrap()), ["r2", "r3"]);
    assert_eq!(ids(tx.requests(RequestFilter { open: true, ..all }, (0, ""), 9).await.unwrap()), ["r1", "r3"]);
    let done = RequestFilter { state: Some(RequestState::Done), ..all };
    assert_eq!(ids(tx.requests(done, (0, ""), 9).await.unwrap()), ["r2"]);
    commit(tx).await;
});

on_both!(the_history_of_a_request_is_told_in_its_order, async |app| {
    let mut tx = begin(app).await;
    assert!(add(&mut tx, "r1", RequestKind::Change).await);
    let line = |id: &str, at, state, reason: &str| RequestHistoryRow {
        id: id.into(),
        request_id: "r1".into(),
        at,
        state,
        reason: reason.into(),
    };
    let (first, last) = (line("h2", 5, RequestState::Received, ""), line("h1", 7, RequestState::Declined, "sealed"));
    for row in [&last, &first] {
        tx.add_request_history(row).await.unwrap();
    }
    assert!(tx.request_history("r1").await.unwrap() == [first, last]);
    assert!(tx.request_history("r2").await.unwrap().is_empty());
    commit(tx).await;
});

on_both!(a_procedure_is_kept_until_it_is_forgotten, async |app| {
    let draft =
        DraftRow { id: "d".into(), step: ProcedureStep::Entry, reference: "R".into(), sealed: "s".into(), acted_at: 1 };
    let mut tx = begin(app).await;
    tx.put_draft(&draft).await.unwrap();
    let next = DraftRow { step: ProcedureStep::Confirm, acted_at: 2, ..draft };
    tx.put_draft(&next).await.unwrap();
    assert!(tx.draft("d").await.unwrap().as_ref() == Some(&next));
    assert!(tx.lock_draft("d").await.unwrap().as_ref() == Some(&next));
    assert!(tx.lock_draft("x").await.unwrap().is_none());
    tx.forget_draft("d").await.unwrap();
    assert!(tx.draft("d").await.unwrap().is_none());
    commit(tx).await;
});
