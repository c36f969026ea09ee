//! `nirin account`: unlocked, signed out.

use super::{Fresh, NOW, one, text};
use crate::cli::account;
use crate::store::IdentityKeys;
use crate::use_cases::counters::{Counter, STRANGERS};
use crate::use_cases::identity::identity_pairs;
use rules::limits::{Limit, Limits};

#[tokio::test]
async fn unlocking_sets_back_what_was_counted_against_the_account_and_nobody_elses() {
    let fresh = Fresh::open().await;
    let keys = &fresh.keys;
    let passwords = Counter::new(keys, Limit::WrongPasswords, "taro@example.jp");
    let [number_and_name, number_and_phone, name_and_phone] =
        identity_pairs(keys, &IdentityKeys { number: "NR10000001", kana_key: "ニリンタロウ", phone: "09000000001" });
    let theirs = [
        passwords.part(STRANGERS),
        passwords.part("browser-hash"),
        Counter::new(keys, Limit::WrongCodes, "a-1"),
        Counter::new(keys, Limit::WrongPresentPasswords, "a-1"),
        Counter::new(keys, Limit::IdentityOfBrowser, "browser-hash"),
        number_and_name,
        number_and_phone,
        name_and_phone,
    ];
    let [of_another_name, _, _] =
        identity_pairs(keys, &IdentityKeys { number: "NR10000001", kana_key: "ヤマダハナコ", phone: "09000000001" });
    let not_theirs = [Counter::new(keys, Limit::WrongPasswords, "other@example.jp").part(STRANGERS), of_another_name];
    let mut tx = fresh.store.begin().await.unwrap();
    for counter in theirs.iter().chain(&not_theirs) {
        counter.add(&mut tx, &Limits::default(), NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut said = Vec::new();
    account::unlock(&fresh.context(), keys, "taro@example.jp", &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("authn_login_unlock"));
    assert!(text(said).contains("t***@e***.jp: cleared 8 counters."));
    let mut tx = fresh.store.begin_read().await.unwrap();
    for (counters, n) in [(&theirs[..], 0), (&not_theirs[..], 1)] {
        for counter in counters {
            assert_eq!(counter.read(&mut tx, i64::MAX).await.unwrap().n, n, "{counter:?}");
        }
    }
}

#[tokio::test]
async fn sessions_end_by_hand() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    account::end_sessions(&fresh.context(), "taro@example.jp", &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("session_ended"));
    assert!(fresh.store.begin_read().await.unwrap().session(&"s".into()).await.unwrap().unwrap().ended_at.is_some());
    assert!(account::end_sessions(&fresh.context(), "nobody@example.jp", &mut Vec::new()).await.is_err());
}
