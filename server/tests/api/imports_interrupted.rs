//! An import whose process is killed, or that the disk has no room for: the next one finishes it, and nothing is lost or written twice.

use crate::support::*;
use server::config::StoreSettings;
use server::store::Store;
use sqlx::Connection as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const CUSTOMERS: usize = 8_000;
const NEW: &str = "SELECT COUNT(*) FROM contracts WHERE id LIKE 'n-%'";

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
fn import(app: &TestApp, url: &str, file: &Path) -> Child {
    import_by(Command::new("env"), app, url, file).stdout(Stdio::null()).spawn().expect("the program")
}

/// The same, started by a program that takes a command line as its last arguments.
fn import_by(mut starter: Command, app: &TestApp, url: &str, file: &Path) -> Command {
    starter.args([env!("CARGO_BIN_EXE_nirin"), "contracts", "import"]).arg(file);
    starter.args(["--config", "../nirin.toml"]);
    starter.env("DATABASE_URL", url).env("NIRIN_SECRETS__KEY_FILE", &app.settings.secrets.key_file);
    starter.stdin(Stdio::null()).stderr(Stdio::piped());
    starter
}

/// What an import that ended said, and whether it went well.
fn ended(import: Child) -> (bool, String) {
    let done = import.wait_with_output().unwrap();
    (done.status.success(), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// Waits until an import has applied something.
async fn applies(import: &mut Child, number: impl AsyncFn(&str) -> i64) {
    while number(NEW).await == 0 {
        assert!(import.try_wait().unwrap().is_none(), "it ended before anything was applied");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// Holds what there is once the file is imported against what was in it.
async fn assert_imported(number: impl AsyncFn(&str) -> i64) {
    for (what, count) in [
        (NEW, CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM customers WHERE id LIKE 'm-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM customer_phones WHERE customer_id LIKE 'm-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM contract_numbers WHERE contract_id LIKE 'n-%'", CUSTOMERS as i64),
        ("SELECT COUNT(*) FROM imports WHERE state = 'done'", 1),
        // The one that was interrupted, and the one that found nothing to change.
        ("SELECT COUNT(*) FROM audit WHERE event = 'contracts_imported' AND detail LIKE '%8000 rows changed'", 1),
    ] {
        assert_eq!(number(what).await, count, "{what}");
    }
}

on_both!(an_import_that_is_killed_while_it_applies_is_finished_by_the_next_one, async |app| {
    let file = app.settings.secrets.key_file.with_file_name("many.csv");
    write_file(&file);
    let url = &app.settings.store.url;
    let mut killed = import(app, url, &file);
    applies(&mut killed, async |sql| app.number(sql).await).await;
    killed.kill().unwrap();
    killed.wait().unwrap();
    let applied = app.number(NEW).await;
    let state = app.text("SELECT state FROM imports").await;
    assert!(applied < CUSTOMERS as i64 && state == "applying", "killed in the middle: {applied} applied, {state}");

    let (well, said) = ended(import(app, url, &file));
    assert!(well, "{said}");
    assert_imported(async |sql| app.number(sql).await).await;
});

/// Imports a file on a disk of so many KiB, and once more when there is room. What the database is after each is kept as `full` and
/// `done` in the folder. Its arguments are the size, the disk's folder, the folder of what is kept, and the import's command line.
const ON_A_SMALL_DISK: &str = r#"
    mount -t tmpfs -o size=$1k none "$2" || exit 100
    disk=$2 kept=$3; shift 3
    "$@" && exit 101
    mkdir "$kept/full" "$kept/done" && cp "$disk"/nirin.db* "$kept/full" || exit 103
    mount -o remount,size=64m "$disk"
    "$@" || exit 102
    cp "$disk"/nirin.db* "$kept/done" || exit 104
"#;

/// The address of a database in a folder.
fn sqlite_in(folder: &Path) -> String {
    format!("sqlite://{}/nirin.db", folder.display())
}

/// Asks a database.
async fn ask(url: &str, sql: &str) -> i64 {
    let mut connection = sqlx::AnyConnection::connect(url).await.expect("the database");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.expect("an answer")
}

#[test]
fn an_import_that_fills_the_disk_is_finished_once_there_is_room() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let folder = app.settings.secrets.key_file.parent().unwrap().to_owned();
            let file = folder.join("many.csv");
            write_file(&file);
            // While the file is read, and while it is applied: its rows take some 3,300 KiB, and the database as much again.
            for (kib, begun) in [(2_500, false), (5_500, true)] {
                let (disk, kept) = (folder.join(format!("disk-{kib}")), folder.join(format!("kept-{kib}")));
                for folder in [&disk, &kept] {
                    std::fs::create_dir(folder).unwrap();
                }
                let mut small = Command::new("unshare");
                small.args(["--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", &kib.to_string()]);
                small.args([&disk, &kept]);
                let done = import_by(small, app, &sqlite_in(&disk), &file).output().expect("unshare of util-linux");
                let said = String::from_utf8_lossy(&done.stderr).into_owned();
                match done.status.code() {
                    Some(0) => {}
                    Some(1 | 100) if said.starts_with("unshare:") || said.starts_with("mount:") => {
                        eprintln!("not tried: this system lets nobody mount a file system: {said}");
                        return;
                    }
                    code => panic!("{kib} KiB: {code:?} {said}"),
                }
                assert!(said.contains("database or disk is full"), "{kib} KiB: {said}");
                let full = sqlite_in(&kept.join("full"));
                let applying = ask(&full, "SELECT COUNT(*) FROM imports WHERE state = 'applying'").await;
                let applied = ask(&full, NEW).await;
                assert_eq!((applying == 1, applied > 0), (begun, begun), "{kib} KiB: {applied} applied");
                assert!(applied < CUSTOMERS as i64, "{kib} KiB: {applied} applied");
                assert_imported(async |sql| ask(&sqlite_in(&kept.join("done")), sql).await).await;
            }
        },
    );
}

#[test]
fn an_import_that_postgresql_has_no_room_for_is_finished_once_there_is_some() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let file = app.settings.secrets.key_file.with_file_name("many.csv");
            write_file(&file);
            for begun in [false, true] {
                let server = OwnPostgres::start(if begun { "full-applying" } else { "full-reading" });
                let url = server.url();
                let store = Store::open(&StoreSettings { url: url.clone(), connections: 1 }).await.expect("PostgreSQL");
                store.migrate().await.expect("the tables");
                // Longer than any file of an empty database; those of the import's rows and of the contracts become longer.
                let full = || server.room("1200000");
                if !begun {
                    full();
                }
                let mut importing = import(app, &url, &file);
                if begun {
                    applies(&mut importing, async |sql| ask(&url, sql).await).await;
                    full();
                }
                let (well, said) = ended(importing);
                assert!(!well && said.contains("could not extend file"), "begun: {begun}: {said}");
                let applying = ask(&url, "SELECT COUNT(*) FROM imports WHERE state = 'applying'").await;
                let applied = ask(&url, NEW).await;
                assert_eq!((applying == 1, applied > 0), (begun, begun), "{applied} applied");
                assert!(applied < CUSTOMERS as i64, "{applied} applied");

                server.room("unlimited");
                let (well, said) = ended(import(app, &url, &file));
                assert!(well, "begun: {begun}: {said}");
                assert_imported(async |sql| ask(&url, sql).await).await;
                store.close().await;
            }
        },
    );
}
