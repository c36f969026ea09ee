//! The contracts file while people use the portal: nobody waits for it, and it is applied wholly even if it is interrupted.

use crate::support::*;
use server::import::{BadRow, ImportError, Importer, Progress, Report, Unwatched};
use server::rng::SystemRng;
use server::store::{Actor, ImportState};
use std::io::Cursor;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::Notify;

const HEADER: &str = include_str!("../../demo/contracts.csv");

/// A file of new customers with a contract each; more than one transaction applies.
fn file(customers: usize, product: &str) -> String {
    let mut text = HEADER.lines().next().unwrap().to_owned() + "\n";
    for nth in 0..customers {
        text += &format!(
            "n-{nth},m-{nth},アタラシ タロウ,0900000{nth:04},new{nth}@example.jp,XX{nth:08},,,{product},active,2026-04-01,2027-04-01,\
             リンドウ250,品川 あ 12-34,249,2021-03,日常,本人限定,12,無制限,無制限,無制限,なし,あり,23400,年払\n"
        );
    }
    text
}

fn importer<'a>(app: &'a TestApp, progress: &'a dyn Progress) -> Importer<'a> {
    Importer {
        store: &app.store,
        clock: &*app.clock,
        rng: &SystemRng,
        keys: Some(&app.worker.keys),
        actor: Actor::Staff("test"),
        progress,
    }
}

async fn import(app: &TestApp, file: &str) -> Report {
    importer(app, &Unwatched).run(Cursor::new(file.to_owned()), false).await.unwrap()
}

/// Holds an import wherever it tells how far it is, until it may go on.
struct Gate {
    reached: Sender<&'static str>,
    go: Mutex<Receiver<()>>,
}

impl Gate {
    fn pass(&self, place: &'static str) {
        if self.reached.send(place).is_ok() {
            self.go.lock().unwrap().recv().unwrap_or_default();
        }
    }
}

impl Progress for Gate {
    fn read(&self, _rows: u64) {
        self.pass("read");
    }

    fn check(&self) {
        self.pass("checked");
    }

    fn apply(&self, _applied: u64, _changes: u64) {
        self.pass("applied");
    }

    fn finish_interrupted(&self, _report: &Report) {}
}

/// Imports beside the test, which looks at the database wherever the import tells how far it is.
async fn import_beside(
    app: &TestApp,
    file: &str,
    dry_run: bool,
    mut look: impl AsyncFnMut(&'static str),
) -> Result<Report, ImportError> {
    let (reached, places) = channel();
    let (go, going) = channel();
    let gate = Gate { reached, go: Mutex::new(going) };
    std::thread::scope(|scope| {
        let importing = scope.spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            let report = runtime.block_on(importer(app, &gate).run(Cursor::new(file.to_owned()), dry_run));
            drop(gate);
            report
        });
        tokio::task::block_in_place(|| {
            while let Ok(place) = places.recv() {
                tokio::runtime::Handle::current().block_on(look(place));
                go.send(()).unwrap();
            }
        });
        importing.join().unwrap()
    })
}

on_both!(people_sign_in_while_a_file_is_read_checked_and_applied, async |app| {
    app.account(TARO).await;
    let mut places = Vec::new();
    let report = import_beside(app, &file(1_200, "バイク保険"), false, async |place| {
        app.clock.forward(MINUTE);
        app.sign_in(&app.browser(), TARO).await;
        places.push(place);
    })
    .await
    .unwrap();
    assert_eq!((report.contracts, report.changes), (1_200, 1_200));
    places.dedup();
    assert_eq!(places, ["read", "checked", "applied"]);
});

on_both!(a_dry_run_holds_nothing_and_leaves_nothing, async |app| {
    app.account(TARO).await;
    let before = (app.rows("contracts").await, app.rows("imports").await);
    let report = import_beside(app, &file(30, "バイク保険"), true, async |_| {
        app.clock.forward(MINUTE);
        app.sign_in(&app.browser(), TARO).await;
        assert_eq!(import(app, HEADER).await.changes, 0, "another import at the same time");
    })
    .await
    .unwrap();
    assert_eq!((report.contracts, report.changes), (30, 30));
    assert_eq!(before.0, app.rows("contracts").await);
});

on_both!(a_row_that_is_stored_like_that_already_is_not_written, async |app| {
    import(app, &file(20, "バイク保険")).await;
    let tables = ["customers", "customer_phones", "contracts", "contract_numbers"];
    let mut before = Vec::new();
    for table in tables {
        before.push(app.rows(table).await);
    }
    app.clock.forward(DAY);
    assert_eq!(import(app, &file(20, "バイク保険")).await.changes, 0);
    for (table, before) in tables.into_iter().zip(before) {
        assert_eq!(app.rows(table).await, before, "{table}, with the times of its last changes");
    }
    let one_changed = file(20, "バイク保険").replacen("23400", "23500", 1);
    assert_eq!(import(app, &one_changed).await.changes, 1);
    assert_eq!(app.number(&format!("SELECT COUNT(*) FROM contracts WHERE updated_at = {}", app.now())).await, 1);
});

/// Tells when something of an import with so many changes has been applied, and remembers what was finished before it.
#[derive(Default)]
struct Applied {
    of: u64,
    some: Notify,
    finished: Mutex<Vec<Report>>,
}

impl Progress for Applied {
    fn read(&self, _rows: u64) {}

    fn check(&self) {}

    fn apply(&self, applied: u64, changes: u64) {
        if applied > 0 && changes == self.of {
            self.some.notify_one();
        }
    }

    fn finish_interrupted(&self, report: &Report) {
        self.finished.lock().unwrap().push(report.clone());
    }
}

/// Ends an import of so many customers after its first transaction, as if the process had been killed.
async fn interrupt(app: &TestApp, customers: usize, product: &str) {
    let changes = i64::try_from(customers).unwrap();
    let applied = Applied { of: customers as u64, ..Applied::default() };
    let (importer, file) = (importer(app, &applied), file(customers, product));
    loop {
        tokio::select! {
            // On PostgreSQL the lock of a connection that was cut off is free a moment later.
            report = importer.run(Cursor::new(file.clone()), false) => assert!(matches!(report, Err(ImportError::Busy)), "{report:?}"),
            () = applied.some.notified() => break,
        }
    }
    let applied = app.number("SELECT applied FROM imports").await;
    assert!(applied > 0 && applied < changes, "interrupted in the middle: {applied}");
}

const NEW: &str = "SELECT COUNT(*) FROM contracts WHERE product = 'ツギ'";
const NEXT: &str = "SELECT COUNT(*) FROM contracts WHERE product = 'アト'";
const AUDITED: &str = "SELECT COUNT(*) FROM audit WHERE event = 'contracts_imported'";

on_both!(an_import_that_was_interrupted_is_finished_once_by_whoever_comes_next, async |app| {
    let before = app.number(AUDITED).await;
    interrupt(app, 1_200, "ツギ").await;
    assert!(app.number(NEW).await < 1_200);
    // On PostgreSQL the lock of a connection that was cut off is free a moment later.
    let report = loop {
        if let Some(report) = importer(app, &Unwatched).finish().await.unwrap() {
            break report;
        }
    };
    assert_eq!((report.contracts, report.changes, app.number(NEW).await), (1_200, 1_200, 1_200));
    assert_eq!(app.number(AUDITED).await - before, 1);
    assert!(importer(app, &Unwatched).finish().await.unwrap().is_none(), "there is nothing left to do");
    assert_eq!(import(app, &file(1_200, "ツギ")).await.changes, 0);
});

on_both!(the_next_import_finishes_an_interrupted_one_before_it_begins, async |app| {
    let before = app.number(AUDITED).await;
    interrupt(app, 1_200, "ツギ").await;
    let progress = Applied::default();
    loop {
        match importer(app, &progress).run(Cursor::new(file(3, "アト")), false).await {
            Err(ImportError::Busy) => {}
            report => break assert_eq!(report.unwrap().changes, 3),
        }
    }
    let finished: Vec<u64> = progress.finished.lock().unwrap().iter().map(|report| report.changes).collect();
    assert_eq!(finished, [1_200], "what became of the other is told as its own");
    assert_eq!((app.number(NEW).await, app.number(AUDITED).await - before), (1_197, 2));
});

on_both!(an_address_that_somebody_takes_meanwhile_leaves_the_user_id_as_it_is, async |app| {
    app.account(TARO).await;
    let moved = HEADER.replace("taro@example.jp", "kazuo@example.jp");
    let mut taken = false;
    let report = import_beside(app, &moved, false, async |place| {
        if place == "applied" && !std::mem::replace(&mut taken, true) {
            app.account(KAZUO).await;
        }
    })
    .await
    .unwrap();
    assert_eq!((report.user_ids_changed, report.user_ids_kept), (0, 1));
    assert_eq!(told(&report.kept), ["line 2: email is the user ID of another customer's account"]);
    assert_eq!(app.text("SELECT user_id FROM accounts WHERE customer_id = 'c-001'").await, TARO.email);
});

fn told(rows: &[BadRow]) -> Vec<String> {
    rows.iter().map(ToString::to_string).collect()
}

on_both!(an_address_that_is_refused_again_and_again_is_told_by_its_line_and_stops_nothing, async |app| {
    app.account(TARO).await;
    app.account(KAZUO).await;
    // No look at the accounts shows why an address that begins like another one is refused.
    app.sql("CREATE UNIQUE INDEX first_letters ON accounts ((substr(user_key, 1, 1)))").await;
    let moved = HEADER.replace("taro@example.jp", "kenji@example.jp").replacen("11890", "12890", 1);
    let report = import(app, &moved).await;
    assert_eq!((report.user_ids_changed, report.user_ids_kept), (0, 1));
    assert_eq!(told(&report.kept), ["line 2: email is the user ID of another customer's account"]);
    assert_eq!(app.text("SELECT user_id FROM accounts WHERE customer_id = 'c-001'").await, TARO.email);
    assert_eq!(app.text("SELECT email FROM customers WHERE id = 'c-001'").await, "kenji@example.jp");
    assert_eq!(app.text("SELECT state FROM imports").await, ImportState::Done.as_str());
});

/// Cuts the connection that keeps other imports away, as a network between the two does. On SQLite the file of the lock goes.
async fn lose_lock(app: &TestApp) {
    match app.settings.store.file() {
        Some(file) => std::fs::remove_file(format!("{}-import", file.display())).unwrap(),
        None => {
            let locks = "SELECT pid FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' \
                AND datname = current_database()";
            app.sql(&format!("SELECT pg_terminate_backend(pid) FROM ({locks}) AS held")).await;
        }
    }
}

on_both!(an_import_that_lost_its_lock_leaves_the_next_one_alone, async |app| {
    let before = app.number(AUDITED).await;
    let mut looked = 0;
    let first = import_beside(app, &file(1_200, "ツギ"), false, async |place| {
        looked += usize::from(place == "applied");
        if looked == 2 && place == "applied" {
            lose_lock(app).await;
            // The second finishes the first, and is itself left while it is applied.
            interrupt(app, 1_100, "アト").await;
        }
    })
    .await;
    match app.kind {
        Kind::Sqlite => assert!(matches!(first, Err(ImportError::Overtaken)), "{first:?}"),
        Kind::Postgres => assert!(matches!(first, Err(ImportError::Store(_))), "it was cut off: {first:?}"),
    }
    assert_eq!(app.number(AUDITED).await - before, 1);
    assert_eq!(app.text("SELECT state FROM imports").await, ImportState::Applying.as_str());
    assert!(app.number(NEXT).await < 1_100, "the first applies nothing of the second");
});

/// The file in which an import on SQLite keeps its rows.
fn rows_file(app: &TestApp) -> Option<std::path::PathBuf> {
    app.settings.store.file().map(|file| format!("{}-import-rows", file.display()).into())
}

on_both!(an_import_whose_rows_are_gone_says_so_once_and_the_file_can_be_imported_again, async |app| {
    let Some(rows) = rows_file(app) else { return };
    interrupt(app, 1_200, "ツギ").await;
    std::fs::remove_file(rows).unwrap();
    let again = importer(app, &Unwatched).run(Cursor::new(file(1_200, "ツギ")), false).await;
    assert!(matches!(again, Err(ImportError::Gone)), "{again:?}");
    assert_eq!(app.text("SELECT state FROM imports").await, ImportState::Abandoned.as_str());
    let left = 1_200 - app.number(NEW).await;
    assert_eq!(import(app, &file(1_200, "ツギ")).await.changes, u64::try_from(left).unwrap());
    assert_eq!(app.number(NEW).await, 1_200);
});

on_both!(what_an_import_kept_is_gone_when_it_is_over_and_so_is_what_a_killed_one_left, async |app| {
    import(app, &file(20, "バイク保険")).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM import_changes").await, 0);
    let Some(rows) = rows_file(app) else { return };
    assert!(!rows.exists());
    std::fs::write(&rows, "left by a process that was killed while it read").unwrap();
    assert!(importer(app, &Unwatched).finish().await.unwrap().is_none());
    assert!(!rows.exists());
});
