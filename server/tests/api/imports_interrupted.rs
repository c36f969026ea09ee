//! An import whose process is killed while it applies: the next one finishes it, and nothing is lost or written twice.

use crate::support::*;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const CUSTOMERS: usize = 8_000;

/// A file of new customers with a contract each.
fn write_file(path: &Path) {
    let header = include_str!("../../demo/contracts.csv").lines().next().unwrap();
    let row = |nth: usize| {
        format!(
            "n-{nth},m-{nth},アタラシ タロウ,0900000{nth:04},new{nth}@example.jp,XX{nth:08},,,バイク保険,active,2026-04-01,2027-04-01,\
             リンドウ250,品川 あ 12-34,249,2021-03,日常,本人限定,12,無制限,無制限,無制限,なし,あり,23400,年払"
        )
    };
    let rows: Vec<_> = std::iter::once(header.to_owned()).chain((0..CUSTOMERS).map(row)).collect();
    std::fs::write(path, rows.join("\n")).unwrap();
}

/// `nirin contracts import` as a process of its own.
fn import(app: &TestApp, file: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_nirin"))
        .args(["contracts", "import"])
        .arg(file)
        .args(["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/../nirin.toml")])
        .env("DATABASE_URL", &app.settings.store.url)
        .env("NIRIN_SECRETS__KEY_FILE", &app.settings.secrets.key_file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program")
}

on_both!(an_import_that_is_killed_while_it_applies_is_finished_by_the_next_one, async |app| {
    let file = app.settings.secrets.key_file.with_file_name("many.csv");
    write_file(&file);
    let new = "SELECT COUNT(*) FROM contracts WHERE id LIKE 'n-%'";
    let mut killed = import(app, &file);
    while app.number(new).await == 0 {
        assert!(killed.try_wait().unwrap().is_none(), "it ended before anything was applied");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    let applied = app.number(new).await;
    let state = app.text("SELECT state FROM imports").await;
    assert!(applied < CUSTOMERS as i64 && state == "applying", "killed in the middle: {applied} applied, {state}");

    assert!(import(app, &file).wait().unwrap().success());
    for (what, count) in [
        (new, CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM customers WHERE id LIKE 'm-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM customer_phones WHERE customer_id LIKE 'm-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM contract_numbers WHERE contract_id LIKE 'n-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM imports WHERE state = 'done'", 1),
        // The one that was killed, and the one that found nothing to change.
        ("SELECT COUNT(*) FROM audit WHERE event = 'contracts_imported' AND detail LIKE '%8000 rows changed'", 1),
    ] {
        assert_eq!(app.number(what).await, count, "{what}");
    }
});
