//! Whole files against a database of their own: what is stored, what is told, and that it is all or nothing.

use super::*;
use crate::config::StoreSettings;
use crate::rng::SystemRng;
use crate::store::{CustomerId, IdentityKeys};
use std::path::PathBuf;

const HEADER: &str = "contract_id,customer_id,kana,phones,email,policy_number,renewal_number,quote_number,product,status,\
    starts_on,ends_on,vehicle,plate,displacement_cc,first_registered,usage,rider_scope,grade,bodily_injury,property_damage,\
    personal_injury,vehicle_cover,roadside,premium_yen,payment";
const NOW: i64 = 1_800_000_000_000;

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> i64 {
        NOW
    }
}

/// A new SQLite file, removed when the test is over.
struct Fresh {
    store: Store,
    file: PathBuf,
}

impl Fresh {
    async fn open() -> Self {
        let rng: &dyn Rng = &SystemRng;
        let file = std::env::temp_dir().join(format!("nirin-import-{}.db", rng.id()));
        let settings = StoreSettings { url: format!("sqlite://{}", file.display()), connections: 2 };
        let store = Store::open(&settings).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, file }
    }

    async fn import(&self, rows: &[String]) -> Report {
        self.read(&format!("{HEADER}\n{}\n", rows.join("\n")), false).await.unwrap()
    }

    async fn read(&self, file: &str, dry_run: bool) -> Result<Report, ImportError> {
        let actor = Actor::Staff("test");
        let importer = Importer {
            store: &self.store,
            clock: &FixedClock,
            rng: &SystemRng,
            keys: None,
            actor,
            progress: &Unwatched,
        };
        importer.run(std::io::Cursor::new(file.to_owned()), dry_run).await
    }

    async fn holder(&self, number: &str, kana_key: &str, phone: &str) -> Option<CustomerId> {
        let found =
            self.store.begin_read().await.unwrap().identify(&IdentityKeys { number, kana_key, phone }).await.unwrap();
        found.map(|customer| customer.id)
    }

    async fn audited(&self) -> usize {
        self.store.begin_read().await.unwrap().audit_by_reference(&"".into()).await.unwrap().len()
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-import", "-import-rows"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.file.display()));
        }
    }
}

/// A good row of customer `c-1`.
fn row(contract: &str, policy: &str) -> String {
    held_by("c-1", "ニリン タロウ", contract, policy)
}

fn held_by(customer: &str, kana: &str, contract: &str, policy: &str) -> String {
    format!(
        "{contract},{customer},{kana},090-0000-0001,taro@example.jp,{policy},,,バイク保険,active,2026-04-01,2027-04-01,\
         リンドウ250,品川 あ 12-34,249,2021-03,日常・レジャー,本人限定,12,無制限,無制限,\"3,000万円\",なし,あり,23400,年払"
    )
}

fn told(report: &Report) -> Vec<String> {
    report.bad.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn contracts_are_added_and_found_by_their_numbers() {
    let fresh = Fresh::open().await;
    let report = fresh.import(&[row("k-1", "NR10000001"), row("k-2", "NR10000002")]).await;
    assert_eq!((report.rows, report.customers, report.contracts, report.bad_total), (2, 1, 2, 0));
    assert_eq!(fresh.holder("NR10000002", "ニリンタロウ", "09000000001").await, Some("c-1".into()));
    assert_eq!(fresh.audited().await, 1);
}

#[tokio::test]
async fn a_second_import_brings_up_to_date_and_removes_nothing() {
    let fresh = Fresh::open().await;
    fresh.import(&[row("k-1", "NR10000001"), row("k-2", "NR10000002")]).await;
    let report = fresh.import(&[row("k-1", "NR10000009")]).await;
    assert_eq!(report.bad_total, 0);
    let contracts = fresh.store.begin_read().await.unwrap().contracts_of(&"c-1".into()).await.unwrap();
    assert_eq!(contracts.len(), 2);
    assert!(fresh.holder("NR10000001", "ニリンタロウ", "09000000001").await.is_none());
    assert!(fresh.holder("NR10000009", "ニリンタロウ", "09000000001").await.is_some());
}

#[tokio::test]
async fn one_bad_row_and_nothing_is_changed() {
    let fresh = Fresh::open().await;
    let bad = row("k-2", "NR1").replace("2027-04-01", "2026-02-30").replace("k-2", "k/2");
    let report = fresh.import(&[row("k-1", "NR10000001"), bad]).await;
    assert_eq!((report.rows, report.contracts, report.bad_total), (2, 1, 1));
    assert_eq!(
        told(&report),
        [
            "line 3: contract_id contains '/'; letters, digits, - and _ are taken; policy_number has fewer than 6 characters; \
          ends_on is not a date like 2026-04-01"
        ]
    );
    assert!(fresh.store.begin_read().await.unwrap().customer(&"c-1".into()).await.unwrap().is_none());
    assert_eq!(fresh.audited().await, 0);
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    let fresh = Fresh::open().await;
    let report = fresh.read(&format!("{HEADER}\n{}\n", row("k-1", "NR10000001")), true).await.unwrap();
    assert_eq!((report.contracts, report.bad_total), (1, 0));
    assert!(fresh.store.begin_read().await.unwrap().customer(&"c-1".into()).await.unwrap().is_none());
    assert_eq!(fresh.audited().await, 0);
}

#[tokio::test]
async fn a_number_of_two_contracts_in_the_file_is_a_bad_row_each_time() {
    let fresh = Fresh::open().await;
    let report = fresh.import(&[row("k-1", "NR10000001"), row("k-2", "nr-1000-0001"), row("k-3", "NR10000001")]).await;
    assert_eq!(
        told(&report),
        [
            "line 3: policy_number is that of contract k-1 too, on line 2",
            "line 4: policy_number is that of contract k-2 too, on line 3"
        ]
    );
}

#[tokio::test]
async fn a_number_of_a_stored_contract_that_the_file_leaves_alone_is_a_bad_row() {
    let fresh = Fresh::open().await;
    fresh.import(&[row("k-1", "NR10000001")]).await;
    let report = fresh.import(&[row("k-2", "NR10000001"), row("k-3", "NR10000003")]).await;
    assert_eq!(told(&report), ["line 2: policy_number is that of contract k-1 already, which is not in this file"]);
    assert_eq!((report.contracts, report.bad_total), (1, 1));
    assert_eq!(fresh.store.begin_read().await.unwrap().contracts_of(&"c-1".into()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_contracts_may_swap_their_numbers() {
    let fresh = Fresh::open().await;
    fresh.import(&[row("k-1", "NR10000001"), held_by("c-2", "ハナコ", "k-2", "NR10000002")]).await;
    let report = fresh.import(&[row("k-1", "NR10000002"), held_by("c-2", "ハナコ", "k-2", "NR10000001")]).await;
    assert!(report.bad.is_empty(), "{:?}", told(&report));
    assert_eq!(fresh.holder("NR10000002", "ニリンタロウ", "09000000001").await, Some("c-1".into()));
    assert_eq!(fresh.holder("NR10000001", "ハナコ", "09000000001").await, Some("c-2".into()));
}

#[tokio::test]
async fn a_contract_that_is_there_twice_is_a_bad_row() {
    let fresh = Fresh::open().await;
    let report = fresh.import(&[row("k-1", "NR10000001"), row("k-1", "NR10000002")]).await;
    assert_eq!(told(&report), ["line 3: contract_id has a row already, on line 2"]);
}

#[tokio::test]
async fn rows_of_a_customer_must_agree() {
    let fresh = Fresh::open().await;
    let other = held_by("c-1", "ニリン ジロウ", "k-2", "NR10000002").replace("0001,taro", "0002,jiro");
    let same = held_by("c-1", "ﾆﾘﾝ ﾀﾛｳ", "k-3", "NR10000003").replace("taro@", "Taro@").replace("090-", "+81 90-");
    let report = fresh.import(&[row("k-1", "NR10000001"), other, same]).await;
    let says = "is not what line 2 says about the same customer";
    assert_eq!(told(&report), [format!("line 3: kana {says}; phones {says}; email {says}")]);
}

#[tokio::test]
async fn a_hundred_bad_rows_are_listed_and_all_are_counted() {
    let fresh = Fresh::open().await;
    let rows: Vec<String> = (0..130).map(|n| row(&format!("k-{n}"), "NR1")).collect();
    let report = fresh.import(&rows).await;
    assert_eq!((report.rows, report.contracts, report.bad_total, report.bad.len()), (130, 0, 130, Report::LISTED));
    assert_eq!(report.bad.last().map(|bad| bad.line), Some(101));
}

#[tokio::test]
async fn a_file_without_a_header_is_an_error_before_the_database_is_touched() {
    let fresh = Fresh::open().await;
    assert!(matches!(fresh.read("", false).await, Err(ImportError::Empty)));
    assert!(
        matches!(fresh.read(&row("k-1", "NR10000001"), false).await, Err(ImportError::UnknownColumn(name)) if name == "k-1")
    );
}

#[tokio::test]
async fn the_demo_contracts_are_good_and_import_twice() {
    let fresh = Fresh::open().await;
    let demo = include_str!("../../demo/contracts.csv");
    for _ in 0..2 {
        let report = fresh.read(demo, false).await.unwrap();
        assert!(report.bad.is_empty(), "{:?}", told(&report));
        assert!(report.customers >= 44);
    }
    assert_eq!(fresh.holder("NR10000001", "ニリンタロウ", "09000000001").await, Some("c-001".into()));
    assert_eq!(fresh.holder("KE20000001", "ニリンタロウ", "09000000001").await, Some("c-001".into()));
    assert_eq!(fresh.holder("MT30000001", "ニリンタロウ", "09000000001").await, Some("c-001".into()));
}

/// Gives customer `c-1` an account under an address.
async fn account(store: &Store, user_id: &str, customer_id: &str) {
    let mut tx = store.begin().await.unwrap();
    let account = crate::store::AccountRow {
        id: format!("a-{customer_id}").into(),
        customer_id: customer_id.to_owned().into(),
        user_id: user_id.to_owned(),
        user_key: user_id.to_owned(),
        password_hash: "hash".to_owned(),
        created_at: NOW,
        password_at: NOW,
    };
    assert!(tx.add_account(&account).await.unwrap());
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn an_address_that_changes_takes_the_user_id_of_the_account_along() {
    let fresh = Fresh::open().await;
    fresh.import(&[row("k-1", "NR10000001")]).await;
    account(&fresh.store, "taro@example.jp", "c-1").await;
    let report = fresh.import(&[row("k-1", "NR10000001").replace("taro@", "new@")]).await;
    assert_eq!((report.bad_total, report.user_ids_changed), (0, 1));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert!(tx.account_by_key("taro@example.jp").await.unwrap().is_none(), "the old mailbox opens nothing any more");
    assert_eq!(tx.account_by_key("new@example.jp").await.unwrap().unwrap().customer_id, "c-1");
    drop(tx);
    let report = fresh.import(&[row("k-1", "NR10000001").replace("taro@example.jp", "")]).await;
    assert_eq!(
        (report.bad_total, report.user_ids_changed),
        (0, 0),
        "without an address the account keeps the last one"
    );
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert!(tx.account_by_key("new@example.jp").await.unwrap().is_some());
}

#[tokio::test]
async fn an_address_that_is_another_accounts_user_id_is_a_bad_row() {
    let fresh = Fresh::open().await;
    let second = held_by("c-2", "ミドリカワ ケイコ", "k-2", "NR10000002").replace("taro@", "keiko@");
    fresh.import(&[row("k-1", "NR10000001"), second.clone()]).await;
    account(&fresh.store, "taro@example.jp", "c-1").await;
    account(&fresh.store, "keiko@example.jp", "c-2").await;
    let report = fresh.import(&[row("k-1", "NR10000001"), second.replace("keiko@", "taro@")]).await;
    assert_eq!(told(&report), ["line 3: email is the user ID of another customer's account"]);
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert_eq!(tx.account_by_key("keiko@example.jp").await.unwrap().unwrap().customer_id, "c-2");
}

#[tokio::test]
async fn every_row_is_read_whatever_ends_the_lines_and_closes_the_file() {
    for (end, close) in [("\r", ""), ("\r\n", "\x1A"), ("\n", "\0\0\0"), ("\r", "\x1A\0"), ("\n\r", "\r\n\x1A")] {
        let fresh = Fresh::open().await;
        let rows = [row("k-1", "NR10000001"), row("k-2", "NR10000002"), row("k-3", "NR10000003")];
        let report = fresh.read(&format!("\u{feff}{HEADER}{end}{}{end}{close}", rows.join(end)), false).await.unwrap();
        assert_eq!((report.rows, report.contracts), (3, 3), "{end:?} {close:?} {:?}", told(&report));
        let contracts = fresh.store.begin_read().await.unwrap().contracts_of(&"c-1".into()).await.unwrap();
        assert_eq!(contracts.len(), 3, "{end:?} {close:?}");
    }
}

#[tokio::test]
async fn each_row_that_is_read_is_written_or_told() {
    let fresh = Fresh::open().await;
    let rows = [row("k-1", "NR10000001"), row("k-2", "NR1"), row("k-1", "NR10000003"), "\0,\x1A".into()];
    let report = fresh.read(&format!("{HEADER}\r{}\r\r", rows.join("\r")), true).await.unwrap();
    assert_eq!((report.rows, report.contracts, report.bad_total), (4, 1, 3));
    assert_eq!(report.bad.iter().map(|bad| bad.line).collect::<Vec<_>>(), [3, 4, 5]);
}

#[tokio::test]
async fn what_is_not_a_value_or_not_seen_is_told_by_its_column() {
    let fresh = Fresh::open().await;
    let rows = [
        row("k-1", "NR10000001").replace("リンドウ250", "#N/A"),
        row("k-2", "NR10000002").replace("品川", "品\u{202E}川"),
        row("k-3", "UNDEFINED"),
        row("NULL", "NR10000004"),
        row("k-5", "NR10000005").replace("品川", "品\u{FFFD}"),
    ];
    let no_value = "is what a spreadsheet or database writes where it has no value";
    assert_eq!(
        told(&fresh.import(&rows).await),
        [
            format!("line 2: vehicle {no_value}"),
            "line 3: plate contains U+202E, a character that is not seen or turns the text around".to_owned(),
            format!("line 4: policy_number {no_value}"),
            format!("line 5: contract_id {no_value}"),
            "line 6: plate contains U+FFFD, which stands where another program could not convert a character"
                .to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_firm_of_the_file_is_found_however_it_is_written() {
    let fresh = Fresh::open().await;
    for written in ["ｶ)ﾆﾘﾝ24", "ニリン24（カ", "ニリン２４カブシキガイシャ", "㈱ニリン24"]
    {
        let report = fresh.import(&[held_by("c-1", written, "k-1", "NR10000001")]).await;
        assert!(report.bad.is_empty(), "{written}: {:?}", told(&report));
        assert_eq!(fresh.holder("NR10000001", "ニリン２４", "09000000001").await, Some("c-1".into()), "{written}");
    }
}
