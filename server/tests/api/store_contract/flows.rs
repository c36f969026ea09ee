//! Flows, and the codes that belong to them.

use super::{begin, commit};
use crate::support::*;
use server::store::{CodeRow, FlowMove, FlowRow, Purgeable};
use server::use_cases::end_flows;

fn flow(id: &str, kind: &str, step: &str) -> FlowRow {
    FlowRow {
        id: id.into(),
        kind: kind.into(),
        step: step.into(),
        reference: "R".into(),
        device: "d".into(),
        customer_id: Some("c-001".into()),
        stepped_at: 1,
        acted_at: 1,
        created_at: 1,
        ..FlowRow::default()
    }
}

on_both!(a_flow_is_written_back_whole, async |app| {
    let mut tx = begin(app).await;
    let mut row = flow("f1", "enrol", "identity");
    tx.put_flow(&row).await.unwrap();
    assert_eq!(tx.flow(&"f1".into()).await.unwrap(), Some(row.clone()));
    row = FlowRow {
        step: "mail".into(),
        customer_id: Some("c-007".into()),
        account_id: Some("a".into()),
        user_id: Some("u".into()),
        user_key: Some("k".into()),
        link_id: Some("l".into()),
        mail_id: Some("m".into()),
        enrolling: true,
        tries: 2,
        sends: 3,
        failures: 4,
        sent_at: Some(5),
        stepped_at: 6,
        acted_at: 7,
        flash: "s".into(),
        renewal: "r".into(),
        ..row
    };
    tx.put_flow(&row).await.unwrap();
    assert_eq!(tx.flow(&"f1".into()).await.unwrap(), Some(row.clone()));
    assert_eq!(tx.lock_flow(&"f1".into()).await.unwrap(), Some(row.clone()));
    assert_eq!((tx.flow(&"x".into()).await.unwrap(), tx.lock_flow(&"x".into()).await.unwrap()), (None, None));
    assert_eq!(tx.flows_by_reference(&"R".into()).await.unwrap(), [row]);
    let followed = tx.followed_flows(&["f1".into(), "x".into()]).await.unwrap();
    let told: Vec<_> = followed.iter().map(|flow| (flow.id.as_str(), flow.step.as_str(), flow.sent_at)).collect();
    assert_eq!(told, [("f1", "mail", Some(5))]);
    commit(tx).await;
});

on_both!(a_flow_is_added_only_where_there_is_none, async |app| {
    let mut tx = begin(app).await;
    let row = flow("f1", "enrol", "identity");
    assert!(tx.add_flow(&row).await.unwrap());
    assert!(!tx.add_flow(&flow("f1", "enrol", "mail")).await.unwrap());
    assert_eq!(tx.flow(&"f1".into()).await.unwrap(), Some(row));
    commit(tx).await;
});

on_both!(what_a_flow_left_behind_does_not_count_under_its_reference_number, async |app| {
    let mut tx = begin(app).await;
    let left = FlowRow { renewal: "r".into(), ..flow("f1", "enrol", "identity") };
    tx.put_flow(&left).await.unwrap();
    assert_eq!(tx.flows_by_reference(&"R".into()).await.unwrap(), [left], "as long as there is nothing else");
    let gone_on = flow("f2", "enrol", "password");
    tx.put_flow(&gone_on).await.unwrap();
    assert_eq!(tx.flows_by_reference(&"R".into()).await.unwrap(), [gone_on]);
    commit(tx).await;
});

on_both!(a_flow_moves_only_from_where_it_is_expected, async |app| {
    let mut tx = begin(app).await;
    for (id, step) in [("f1", "mail"), ("f2", "mail"), ("f3", "password")] {
        tx.put_flow(&flow(id, "enrol", step)).await.unwrap();
    }
    tx.put_flow(&flow("f4", "sign-in", "mail")).await.unwrap();
    let way = |from, to| FlowMove { kind: "enrol", from, to };
    let f2 = flow("f2", "enrol", "mail");
    assert!(tx.move_flow(&"f1".into(), way("mail", "created"), 9).await.unwrap());
    assert!(!tx.move_flow(&"f1".into(), way("mail", "created"), 9).await.unwrap());
    let moved = tx.flow(&"f1".into()).await.unwrap().unwrap();
    assert_eq!((moved.step.as_str(), moved.stepped_at, moved.acted_at), ("created", 9, 9));
    assert_eq!(tx.move_flows_of(&"c-001".into(), None, way("mail", "superseded"), 9).await.unwrap(), 1, "f2 alone");
    assert_eq!(
        tx.move_flows_of(&"c-001".into(), Some(&f2), way("superseded", "mail"), 9).await.unwrap(),
        0,
        "not itself"
    );
    commit(tx).await;
});

on_both!(what_a_customer_has_under_way_is_ended_by_kind, async |app| {
    let mut tx = begin(app).await;
    let before = [
        ("f1", "sign-in", "code"),
        ("f2", "enrol", "mail"),
        ("f3", "user-id", "shown"),
        ("f4", "enrol", "done"),
        ("f5", "sign-in", "password"),
    ];
    for (id, kind, step) in before {
        tx.put_flow(&flow(id, kind, step)).await.unwrap();
    }
    assert_eq!(end_flows(&mut tx, &"c-001".into(), 9).await.unwrap(), 3);
    for (id, step) in
        [("f1", "timed-out"), ("f2", "registration-changed"), ("f3", "expired"), ("f4", "done"), ("f5", "password")]
    {
        assert_eq!(tx.flow(&id.into()).await.unwrap().unwrap().step, step, "{id}");
    }
    assert_eq!(tx.purge(Purgeable::Flows, 1, 9).await.unwrap(), 0);
    assert_eq!(tx.count_purgeable(Purgeable::Flows, 2).await.unwrap(), 5);
    assert_eq!(tx.purge(Purgeable::Flows, 2, 3).await.unwrap(), 3, "no more at once");
    assert_eq!(tx.purge(Purgeable::Flows, 2, 3).await.unwrap(), 2);
    commit(tx).await;
});

on_both!(a_forgotten_flow_is_gone_and_others_stay, async |app| {
    let mut tx = begin(app).await;
    for id in ["f1", "f2"] {
        tx.put_flow(&flow(id, "enrol", "identity")).await.unwrap();
    }
    tx.forget_flow(&"f1".into()).await.unwrap();
    assert_eq!(tx.flow(&"f1".into()).await.unwrap(), None);
    assert!(tx.flow(&"f2".into()).await.unwrap().is_some());
    commit(tx).await;
});

on_both!(a_code_is_used_once_and_in_time, async |app| {
    let mut tx = begin(app).await;
    for nth in 1..=3 {
        let code = CodeRow {
            id: format!("k{nth}").into(),
            flow_id: "f1".into(),
            account_id: "a".into(),
            nth,
            mac: format!("k1:{nth}").into(),
            sent_at: nth,
            expires_at: nth + 10,
            used_at: None,
        };
        tx.add_code(&code).await.unwrap();
    }
    assert!(tx.consume_code(&"k2".into(), 11).await.unwrap());
    assert!(!tx.consume_code(&"k2".into(), 11).await.unwrap(), "used");
    assert!(!tx.consume_code(&"k1".into(), 11).await.unwrap(), "expired");
    assert!(!tx.consume_code(&"x".into(), 1).await.unwrap());
    let codes = tx.codes_of(&"f1".into()).await.unwrap();
    assert_eq!(
        codes.iter().map(|code| (code.nth, code.used_at)).collect::<Vec<_>>(),
        [(1, None), (2, Some(11)), (3, None)]
    );
    tx.settle_codes_of(&"f1".into(), 2).await.unwrap();
    let codes = tx.codes_of(&"f1".into()).await.unwrap();
    assert_eq!(
        codes.iter().map(|code| (code.sent_at, code.expires_at)).collect::<Vec<_>>(),
        [(1, 11), (2, 12), (2, 12)],
        "the clock was ahead by 1 when the third was sent"
    );
    assert_eq!(tx.purge(Purgeable::Codes, 2, 9).await.unwrap(), 1);
    assert_eq!(tx.codes_of(&"f1".into()).await.unwrap()[1].mac, "k1:3".to_owned().into());
    commit(tx).await;
});
