//! Which contracts a reminder is due for, which were written, and who wants none.

use super::{begin, commit};
use crate::support::*;
use server::store::{ContractToRemind, NewReminder, Tx};

const K_002: (&str, &str, &str) = ("k-002", "c-001", "2026-12-15");

fn contract((contract_id, customer_id, ends_on): (&str, &str, &str)) -> ContractToRemind {
    ContractToRemind { contract_id: contract_id.into(), customer_id: customer_id.into(), ends_on: ends_on.into() }
}

async fn add(tx: &mut Tx, days: i64, contract: &ContractToRemind) -> bool {
    let reference = format!("R-{days}").as_str().into();
    tx.add_reminder(NewReminder { contract, days, reference: &reference, at: 5 }).await.unwrap()
}

async fn due(tx: &mut Tx, days: i64, after: (&str, &str), most: i64) -> Vec<String> {
    let found = tx.contracts_to_remind(days, ("2026-12-01", "2026-12-31"), after, most).await.unwrap();
    found.into_iter().map(|contract| contract.contract_id).collect()
}

on_both!(contracts_to_remind_of_are_read_by_their_last_day_page_by_page, async |app| {
    app.account(TARO).await;
    app.account(KAZUO).await;
    let mut tx = begin(app).await;
    assert_eq!(due(&mut tx, 30, ("", ""), 9).await, ["k-010", "k-002"]);
    assert_eq!(due(&mut tx, 30, ("", ""), 1).await, ["k-010"]);
    assert_eq!(due(&mut tx, 30, ("2026-12-05", "k-010"), 9).await, ["k-002"]);
    assert!(due(&mut tx, 30, ("2026-12-15", "k-002"), 9).await.is_empty());
    commit(tx).await;
});

on_both!(a_reminder_of_a_term_is_written_once_and_none_after_a_later_one, async |app| {
    app.account(TARO).await;
    let mut tx = begin(app).await;
    assert!(add(&mut tx, 30, &contract(K_002)).await);
    for days in [30, 60] {
        assert!(
            !add(&mut tx, days, &contract(K_002)).await && due(&mut tx, days, ("", ""), 9).await.is_empty(),
            "{days}"
        );
    }
    assert_eq!(due(&mut tx, 7, ("", ""), 9).await, ["k-002"]);
    assert!(!add(&mut tx, 7, &contract(("k-002", "c-001", "2027-12-15"))).await, "another term");
    assert!(!add(&mut tx, 7, &contract(("k-002", "c-007", "2026-12-15"))).await, "another customer");
    assert!(add(&mut tx, 7, &contract(K_002)).await);
    let customer = "c-001".into();
    assert_eq!(tx.reminders_of(&customer, None).await.unwrap(), ["R-7", "R-30"]);
    assert_eq!(tx.reminders_of(&customer, Some("k-002")).await.unwrap().len(), 2);
    assert!(tx.reminders_of(&customer, Some("k-001")).await.unwrap().is_empty());
    commit(tx).await;
});

on_both!(of_sixty_four_nodes_one_writes_a_reminder, async |app| {
    app.account(TARO).await;
    let all = (0..64).map(|_| async {
        let mut tx = begin(app).await;
        let written = add(&mut tx, 30, &contract(K_002)).await;
        commit(tx).await;
        written
    });
    let written = futures::future::join_all(all).await;
    assert_eq!(written.into_iter().filter(|written| *written).count(), 1);
});

on_both!(who_wants_no_reminders_is_kept_with_the_account, async |app| {
    let account = app.account(TARO).await.as_str().into();
    let mut tx = begin(app).await;
    assert!(tx.wants_reminders(&account).await.unwrap() && !tx.allow_reminders(&account).await.unwrap());
    assert!(tx.stop_reminders(&account, 5).await.unwrap() && !tx.stop_reminders(&account, 6).await.unwrap());
    assert!(!tx.wants_reminders(&account).await.unwrap());
    assert!(due(&mut tx, 30, ("", ""), 9).await.is_empty() && !add(&mut tx, 30, &contract(K_002)).await);
    assert!(tx.allow_reminders(&account).await.unwrap());
    assert!(add(&mut tx, 30, &contract(K_002)).await);
    tx.stop_reminders(&account, 7).await.unwrap();
    commit(tx).await;
    app.sql("DELETE FROM accounts").await;
    assert_eq!(app.number("SELECT COUNT(*) FROM reminder_opt_outs").await, 0, "it goes with the account");
});
