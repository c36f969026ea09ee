//! Imports: what is staged, what differs, and what is applied of it.

use super::{begin, commit};
use crate::support::*;
use rules::ContractStatus;
use server::store::{
    Applied, AppliedNumbers, Batch, Chunk, ContractRow, CustomerRow, FaultKind, FileColumn, ImportMove, ImportRow,
    ImportState, StagedFault, StagedRow,
};

fn import_row(state: ImportState, changes: i64) -> ImportRow {
    ImportRow {
        id: "i".into(),
        state,
        actor: "staff".into(),
        rows_read: 2,
        contracts: 2,
        customers: 2,
        changes,
        applied: 0,
        user_ids_changed: 0,
        user_ids_kept: 0,
        started_at: 5,
        moved_at: 5,
        address_line: 0,
        applied_line: 0,
    }
}

/// A contract in which no value is as it was, so that one that is not written would be found.
fn every_value_changed(contract: &ContractRow) -> ContractRow {
    let ContractRow { id, customer_id, .. } = contract.clone();
    let [product, starts_on, ends_on, vehicle, plate, first_registered, usage] =
        ["a", "b", "c", "d", "e", "f", "g"].map(str::to_owned);
    let [rider_scope, bodily_injury, property_damage, personal_injury, vehicle_cover, roadside, payment] =
        ["i", "j", "k", "l", "m", "n", "o"].map(str::to_owned);
    ContractRow {
        id,
        customer_id,
        policy_number: Some("P00001".into()),
        renewal_number: Some("R00001".into()),
        quote_number: Some("Q00001".into()),
        product,
        status: ContractStatus::Ended,
        starts_on,
        ends_on,
        vehicle,
        plate,
        displacement_cc: 1,
        first_registered,
        usage,
        rider_scope,
        grade: 2,
        bodily_injury,
        property_damage,
        personal_injury,
        vehicle_cover,
        roadside,
        premium_yen: 3,
        payment,
        next_premium_yen: Some(4),
        next_starts_on: Some("p".into()),
    }
}

/// A stored contract and its holder, as a row of a file.
async fn staged(app: &TestApp, customer: &str, line: i64) -> StagedRow {
    let mut tx = begin(app).await;
    let customer: CustomerRow = tx.customer(&customer.into()).await.unwrap().unwrap();
    let phones = tx.phones(&customer.id).await.unwrap();
    let contract: ContractRow = tx.contracts_of(&customer.id).await.unwrap().remove(0);
    StagedRow { line, customer, phones, contract }
}

on_both!(on_sqlite_an_import_learns_whether_others_write, async |app| {
    let mut staging = app.store.stage_alone().await.unwrap().unwrap();
    assert!(!staging.others_wrote().await.unwrap(), "nothing is known yet");
    staging.begin().await.unwrap();
    assert!(!staging.others_wrote().await.unwrap(), "its own writing does not count");
    for _ in 0..2 {
        let mut tx = begin(app).await;
        tx.increment("k", 1_000, 1).await.unwrap();
        commit(tx).await;
        assert_eq!(staging.others_wrote().await.unwrap(), app.store.has_one_writer());
        assert!(!staging.others_wrote().await.unwrap(), "once");
        staging.sync().await.unwrap();
    }
    staging.close().await.unwrap();
});

on_both!(rows_as_they_are_stored_change_nothing_and_others_do, async |app| {
    let same = staged(app, "c-001", 2).await;
    let mut changed = staged(app, "c-017", 3).await;
    changed.contract = every_value_changed(&changed.contract);
    changed.phones = vec!["0300000099".into()];
    let mut moved = staged(app, "c-022", 4).await;
    (moved.customer.email, moved.customer.email_key) = (Some("N@example.jp".into()), Some("n@example.jp".into()));
    let mut added = StagedRow { line: 5, ..moved.clone() };
    added.contract.id = "n-1".into();
    added.contract.policy_number = Some("X00001".into());
    let mut staging = app.store.stage_alone().await.unwrap().unwrap();
    staging.begin().await.unwrap();
    assert!(app.store.stage_alone().await.unwrap().is_none(), "one import at a time");
    let mut check = app.store.stage().await.unwrap();
    check.put(&Chunk { rows: vec![same.clone()], ..Chunk::default() }).await.unwrap();
    assert_eq!(check.check(9).await.unwrap().changes, 0);
    check.close().await.unwrap();
    staging.put(&Chunk { rows: vec![same, changed.clone(), moved.clone(), added], ..Chunk::default() }).await.unwrap();
    let checked = staging.check(9).await.unwrap();
    assert_eq!((checked.customers, checked.bad, checked.changes), (3, 0, 3));
    let mut tx = begin(app).await;
    let id = import_row(ImportState::Staging, 3).id;
    assert!(tx.begin_import(&import_row(ImportState::Staging, 3)).await.unwrap());
    commit(tx).await;
    staging.keep_changes(&id).await.unwrap();
    let mut tx = begin(app).await;
    let (from, to) = (ImportState::Staging, ImportState::Applying);
    assert!(tx.move_import(ImportMove { id: &id, from, to }, 6).await.unwrap());
    commit(tx).await;
    staging.close().await.unwrap();
    let mut staging = app.store.stage_alone().await.unwrap().expect("the next one");
    assert!(!staging.resume(&"other".into()).await.unwrap() || app.kind == Kind::Postgres, "of another import");
    staging.close().await.unwrap();
    let mut staging = app.store.stage_alone().await.unwrap().expect("the next one");
    assert!(staging.resume(&id).await.unwrap());
    let change = staging.next_address_change(0).await.unwrap().unwrap();
    assert_eq!((change.line, &change.customer, &change.phones()), (4, &moved.customer, &moved.phones));
    assert!(staging.next_address_change(4).await.unwrap().is_none());
    let mut tx = begin(app).await;
    assert!(tx.begin_address_change(&id, 4, 7).await.unwrap());
    assert!(!tx.begin_address_change(&id, 4, 7).await.unwrap(), "once");
    commit(tx).await;
    for (after, most, applied) in
        [(0, 1, Applied::Rows { last: 3, count: 1 }), (3, 9, Applied::Rows { last: 5, count: 2 }), (5, 9, Applied::All)]
    {
        assert_eq!(staging.apply_batch(&id, Batch { after, most }, 8).await.unwrap(), applied);
    }
    assert_eq!(staging.apply_batch(&"other".into(), Batch { after: 0, most: 9 }, 9).await.unwrap(), Applied::ByOthers);
    if app.kind == Kind::Sqlite {
        let others = staging.apply_numbers(&"other".into(), "", 9, 9).await.unwrap();
        assert_eq!(others, AppliedNumbers::ByOthers);
        assert_eq!(staging.apply_numbers(&id, "", 9, 8).await.unwrap(), AppliedNumbers::Upto("X00001".into()));
    }
    assert_eq!(staging.apply_numbers(&id, "X00001", 9, 8).await.unwrap(), AppliedNumbers::All);
    staging.close().await.unwrap();
    let mut tx = begin(app).await;
    tx.count_user_id_of_import(&id, true).await.unwrap();
    tx.count_user_id_of_import(&id, false).await.unwrap();
    let import = tx.import().await.unwrap().unwrap();
    let due = ImportRow {
        applied: 3,
        user_ids_changed: 1,
        user_ids_kept: 1,
        moved_at: 8,
        address_line: 4,
        applied_line: 5,
        ..import_row(ImportState::Applying, 3)
    };
    assert_eq!(import, due);
    for number in ["P00001", "R00001", "Q00001"] {
        let holder = tx.customer_by_number(number).await.unwrap().map(|customer| customer.id);
        assert_eq!(holder.as_ref(), Some(&changed.customer.id), "{number}");
    }
    let holder = tx.customer_by_number("X00001").await.unwrap().map(|customer| customer.id);
    assert_eq!(holder, Some(moved.customer.id), "of the new contract");
    assert!(tx.customer_by_number("NR10000017").await.unwrap().is_none(), "its old number is free");
    assert_eq!(tx.phones(&changed.customer.id).await.unwrap(), changed.phones);
    assert_eq!(tx.contracts_of(&changed.customer.id).await.unwrap().remove(0), changed.contract);
});

on_both!(faults_are_counted_by_row_and_the_first_are_listed, async |app| {
    let mut staging = app.store.stage().await.unwrap();
    let fault = |line, column| StagedFault {
        line,
        column: Some(column),
        kind: FaultKind::Value,
        detail: "is \0 wrong\t\\".replace('\0', ""),
        other_line: 0,
    };
    let faults = vec![fault(2, FileColumn::Kana), fault(2, FileColumn::Email), fault(9, FileColumn::Kana)];
    let bad = vec![(2, "k-1".to_owned()), (9, "k-1".to_owned())];
    staging.put(&Chunk { rows: Vec::new(), bad, faults: faults.clone() }).await.unwrap();
    let checked = staging.check(1).await.unwrap();
    assert_eq!((checked.bad, checked.faults), (2, faults[..2].to_vec()));
    let twice = staging_fault_of_repeated(&mut app.store.stage().await.unwrap(), &faults).await;
    assert_eq!(twice, (9, FaultKind::ContractTwice, 2));
});

/// Two bad rows of one contract: the second is told that there is a first.
async fn staging_fault_of_repeated(
    staging: &mut server::store::Staging,
    faults: &[StagedFault],
) -> (i64, FaultKind, i64) {
    let bad = vec![(2, "k-1".to_owned()), (9, "k-1".to_owned())];
    staging.put(&Chunk { rows: Vec::new(), bad, faults: faults.to_vec() }).await.unwrap();
    let found = staging.check(9).await.unwrap().faults;
    let fault = found.iter().find(|fault| fault.kind == FaultKind::ContractTwice).unwrap();
    (fault.line, fault.kind, fault.other_line)
}

on_both!(an_import_is_moved_by_its_own_id_alone_and_none_begins_beside_one_that_is_applied, async |app| {
    let mut tx = begin(app).await;
    assert!(tx.begin_import(&import_row(ImportState::Staging, 1)).await.unwrap());
    let other = "other".into();
    let own = import_row(ImportState::Staging, 1).id;
    let (staging, applying, done) = (ImportState::Staging, ImportState::Applying, ImportState::Done);
    assert!(!tx.begin_address_change(&own, 2, 7).await.unwrap(), "it is not being applied yet");
    assert!(!tx.move_import(ImportMove { id: &other, from: staging, to: applying }, 7).await.unwrap());
    assert!(tx.move_import(ImportMove { id: &own, from: staging, to: applying }, 7).await.unwrap());
    assert!(!tx.begin_address_change(&other, 2, 8).await.unwrap());
    tx.count_user_id_of_import(&other, true).await.unwrap();
    let second = ImportRow { id: other.clone(), ..import_row(staging, 1) };
    assert!(!tx.begin_import(&second).await.unwrap(), "the changes of the first are still needed");
    assert!(!tx.move_import(ImportMove { id: &other, from: applying, to: done }, 9).await.unwrap());
    assert_eq!(tx.import().await.unwrap(), Some(ImportRow { moved_at: 7, ..import_row(applying, 1) }));
    assert!(tx.move_import(ImportMove { id: &own, from: applying, to: done }, 9).await.unwrap());
    assert!(tx.begin_import(&second).await.unwrap());
});
