//! Measures the import of contracts beside a plain set-based load of the same rows by `sqlite3` and `psql`, both in new databases:
//! `cargo run --release --example import -- 100000 postgres://USER@HOST/postgres`. Without an address only SQLite is measured.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "an example that cannot go on ends, and prints what it measures"
)]

mod beside;
mod file;
mod plain;

use beside::Waits;
use server::clock::SystemClock;
use server::config::StoreSettings;
use server::import::{Importer, Progress, Report};
use server::rng::SystemRng;
use server::store::{Actor, IdentityKeys, Store};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Contracts of the small database that identity checks are compared with.
const FEW: usize = 10_000;
/// Identity checks of which the middle one counts.
const CHECKS: usize = 2_000;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let folder = std::env::temp_dir().join(format!("nirin-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let csv = folder.join("contracts.csv");
    file::write(&csv, rows).expect("the file");

    let sqlite = |name: &str| format!("sqlite://{}", folder.join(name).display());
    let plain_file = folder.join("plain.db");
    tables(&sqlite("plain.db")).await;
    let plain = plain::sqlite(&plain_file, &csv);
    std::fs::remove_file(plain_file).expect("the plain database");
    measured("SQLite", rows, plain, &csv, sqlite).await;

    if let Some(server) = arguments.next() {
        let database = |name: &str| {
            let name = format!("nirin_import_{}", name.trim_end_matches(".db"));
            plain::psql(&server, &format!("DROP DATABASE IF EXISTS {name};\nCREATE DATABASE {name};\n"));
            format!("{}/{name}", server.rsplit_once('/').map_or(server.as_str(), |(host, _)| host))
        };
        let plain_url = database("plain.db");
        tables(&plain_url).await;
        let plain = plain::postgres(&plain_url, &csv);
        measured("PostgreSQL", rows, plain, &csv, database).await;
        for name in ["plain", "own", "few", "beside"] {
            plain::psql(&server, &format!("DROP DATABASE IF EXISTS nirin_import_{name};\n"));
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
}

async fn open(url: &str, connections: u32) -> Store {
    let store = Store::open(&StoreSettings { url: url.to_owned(), connections }).await.expect("a store");
    store.migrate().await.expect("tables");
    store
}

async fn tables(url: &str) {
    open(url, 1).await.close().await;
}

/// Measures imports into new databases, and prints what came of it.
async fn measured(name: &str, rows: usize, plain: f64, csv: &Path, database: impl Fn(&str) -> String) {
    let store = open(&database("own.db"), 4).await;
    let changed = csv.with_extension("changed");
    file::change(csv, &changed).expect("the changed file");
    // From here on the peak is this import's.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (first, parts) = import(&store, csv).await;
    let memory = peak_memory();
    let (again, parts_again) = import(&store, csv).await;
    let (one_in_100, _) = import(&store, &changed).await;
    let many = identity_check(&store, rows).await;
    store.close().await;

    let store = open(&database("few.db"), 4).await;
    let few_rows = csv.with_extension("few");
    file::write(&few_rows, FEW).expect("the small file");
    import(&store, &few_rows).await;
    let few = identity_check(&store, FEW).await;
    store.close().await;

    let store = open(&database("beside.db"), 8).await;
    let ((), alone) = beside::during(&store, tokio::time::sleep(Duration::from_secs(5))).await;
    let ((beside, _), waits) = beside::during(&store, import(&store, csv)).await;
    store.close().await;

    println!("{name}, {rows} contracts");
    println!("  plain load                    {plain:9.2} s");
    println!(
        "  new file                      {first:9.2} s   {:6.2} x the plain load, {memory} MB at most",
        first / plain
    );
    println!("  … {parts}");
    println!("  the same file again           {again:9.2} s   {:6.2} x the first time", again / first);
    println!("  … {parts_again}");
    println!("  one row in 100 changed        {one_in_100:9.2} s   {:6.2} x the first time", one_in_100 / first);
    println!("  identity check                {many:9.3} ms  {:6.2} x its time with {FEW} contracts", many / few);
    let Waits { p50, p99, longest } = alone;
    println!("  a row written by others       {p50:9.2} ms  p50, {p99:.2} p99, {longest:.1} the longest");
    let ratio = waits.p99 / p99;
    let Waits { p50, p99, longest } = waits;
    println!(
        "  … during an import of {beside:5.1} s {p50:9.2} ms  p50, {p99:.2} p99 = {ratio:.2} x, {longest:.1} the longest"
    );
}

/// When the parts of an import began.
#[derive(Default)]
struct Parts {
    checking: Mutex<Option<Instant>>,
    applying: Mutex<Option<Instant>>,
}

impl Parts {
    /// Returns what each of them took, in words.
    fn told(&self, began: Instant, ended: Instant) -> String {
        let at = |part: &Mutex<Option<Instant>>| part.lock().expect("a time").unwrap_or(ended);
        let (checking, applying) = (at(&self.checking), at(&self.applying));
        let seconds = |from: Instant, to: Instant| to.duration_since(from).as_secs_f64();
        let (read, check, apply) = (seconds(began, checking), seconds(checking, applying), seconds(applying, ended));
        format!("reading {read:.2} s, checking and keeping {check:.2} s, applying {apply:.2} s")
    }
}

impl Progress for Parts {
    fn read(&self, _rows: u64) {}

    fn check(&self) {
        *self.checking.lock().expect("a time") = Some(Instant::now());
    }

    fn apply(&self, _applied: u64, _changes: u64) {
        self.applying.lock().expect("a time").get_or_insert_with(Instant::now);
    }

    fn finish_interrupted(&self, _report: &Report) {}
}

/// Returns the seconds that an import takes, and what its parts take.
async fn import(store: &Store, file: &Path) -> (f64, String) {
    let parts = Parts::default();
    let importer = Importer {
        store,
        clock: &SystemClock::default(),
        rng: &SystemRng,
        keys: None,
        actor: Actor::Staff("bench"),
        progress: &parts,
    };
    let from = std::fs::File::open(file).expect("the file");
    let began = Instant::now();
    let report = importer.run(from, false).await.expect("an import");
    assert_eq!(report.bad_total, 0, "{:?}", report.bad);
    (began.elapsed().as_secs_f64(), parts.told(began, Instant::now()))
}

/// Returns the milliseconds of the middle one of many identity checks of different people.
async fn identity_check(store: &Store, rows: usize) -> f64 {
    let mut took = Vec::new();
    for nth in 0..CHECKS {
        let person = file::person(nth * 7_919 % rows);
        let who = IdentityKeys { number: &person.number, kana_key: &person.kana_key, phone: &person.phone };
        let began = Instant::now();
        let found = store.begin_read().await.expect("a transaction").identify(&who).await.expect("an answer");
        took.push(began.elapsed().as_secs_f64() * 1_000.0);
        assert!(found.is_some(), "everybody is found");
    }
    took.sort_by(f64::total_cmp);
    took.get(CHECKS / 2).copied().unwrap_or_default()
}

/// Returns how much memory this process has had at most, in MB, as Linux tells it.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let found = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    found.unwrap_or_default() / 1_024
}
