//! Customers and contracts, over the demo data.

use super::{begin, commit};
use crate::support::*;
use rules::user_id::UserId;
use server::store::{CustomerRow, IdentityKeys};

on_both!(a_customer_is_identified_by_number_name_and_phone_together, async |app| {
    let mut tx = begin(app).await;
    let taro = tx
        .identify(&IdentityKeys { number: "KE20000001", kana_key: "ニリンタロウ", phone: "09000000001" })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (taro.id.as_str(), taro.kana.as_str(), taro.email_key.as_deref()),
        ("c-001", "ニリン\u{3000}タロウ", Some("taro@example.jp"))
    );
    for (number, kana, phone) in [
        ("KE2", "ニリンタロウ", "09000000001"),
        ("KE20000001", "ニリン", "09000000001"),
        ("KE20000001", "ニリンタロウ", "0"),
    ] {
        assert_eq!(tx.identify(&IdentityKeys { number, kana_key: kana, phone }).await.unwrap(), None);
    }
    assert_eq!(tx.customer(&"c-001".into()).await.unwrap(), Some(taro.clone()));
    assert_eq!(tx.customer(&"c-999".into()).await.unwrap(), None);
    assert_eq!(tx.customer_by_number("MT30000001").await.unwrap(), Some(taro));
    assert_eq!(
        tx.customers_by_email("family@example.jp").await.unwrap().iter().map(|row| row.id.as_str()).collect::<Vec<_>>(),
        ["c-003", "c-004"]
    );
    let without = tx.customer_without_account("family@example.jp").await.unwrap();
    assert_eq!(without.map(|row| row.id), Some("c-003".into()));
    assert_eq!(tx.customer_without_account("nobody@example.jp").await.unwrap(), None);
    assert_eq!(tx.phones(&"c-017".into()).await.unwrap(), ["0300000017", "09000000017"]);
});

on_both!(contracts_come_the_one_that_ends_last_first, async |app| {
    let mut tx = begin(app).await;
    tx.lock_customer(&"c-007".into()).await.unwrap();
    let contracts = tx.contracts_of(&"c-007".into()).await.unwrap();
    let ends: Vec<_> = contracts.iter().map(|row| row.ends_on.clone()).collect();
    let mut sorted = ends.clone();
    sorted.sort_by(|one, other| other.cmp(one));
    assert_eq!((contracts.len(), &ends), (4, &sorted));
});

on_both!(customers_are_added_and_brought_up_to_date, async |app| {
    let mut tx = begin(app).await;
    let new =
        CustomerRow {
            id: "n-1".into(), kana: "アア".into(), kana_key: "アア".into(), email: None, email_key: None
        };
    tx.put_customer(&new, &["0311112222".into(), "0311112222".into()], 3).await.unwrap();
    assert_eq!(tx.phones(&"n-1".into()).await.unwrap(), ["0311112222"]);
    let renamed = CustomerRow { kana: "イイ".into(), ..new };
    tx.put_customer(&renamed, &["0355556666".into()], 4).await.unwrap();
    assert_eq!(
        (tx.customer(&"n-1".into()).await.unwrap(), tx.phones(&"n-1".into()).await.unwrap()),
        (Some(renamed), vec!["0355556666".to_owned()])
    );
    tx.set_email(&"n-1".into(), &UserId::parse("A@example.jp").unwrap(), 5).await.unwrap();
    assert_eq!(tx.customers_by_email("a@example.jp").await.unwrap()[0].email.as_deref(), Some("A@example.jp"));
    commit(tx).await;
});

on_both!(keys_of_names_that_follow_an_older_rule_are_made_anew_with_the_tables, async |app| {
    let firm = |nth: u32| CustomerRow {
        id: format!("f-{nth:04}").into(),
        kana: format!("カ）ニリン{nth}").chars().map(wide).collect(),
        kana_key: "カ）ニリン".into(),
        email: None,
        email_key: None,
    };
    let mut tx = begin(app).await;
    for nth in 0..510 {
        tx.put_customer(&firm(nth), &["0311112222".into()], 3).await.unwrap();
    }
    commit(tx).await;
    app.store.migrate().await.unwrap();
    assert_eq!(app.text("SELECT kana_key FROM customers WHERE id = 'f-0509'").await, "カ）ニリン", "nothing to do");
    app.sql("UPDATE name_keys SET version = 0").await;
    app.store.migrate().await.unwrap();
    for (id, key) in [("f-0000", "ニリン０"), ("f-0509", "ニリン５０９"), ("c-001", "ニリンタロウ")] {
        assert_eq!(app.text(&format!("SELECT kana_key FROM customers WHERE id = '{id}'")).await, key);
    }
    assert_eq!(app.number("SELECT version FROM name_keys").await, rules::KanaName::KEY_VERSION);
});

fn wide(c: char) -> char {
    if c.is_ascii_digit() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c }
}
