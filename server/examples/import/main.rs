//! Measures the import of contracts beside a plain set-based load of the same rows by `sqlite3` and `psql`, both in new databases:
//! `cargo run --release --example import -- 100000 postgres://USER@HOST/postgres`. Without an address only SQLite is measured.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "an example that cannot go on ends, and prints what it measures"
)]

mod file;
mod plain;

use server::clock::SystemClock;
use server::config::StoreSettings;
use server::import::{Importer, Unwatched};
use server::rng::SystemRng;
use server::store::{Actor, Store};
use std::path::Path;
use tokio::time::Instant;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let rows = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("nirin-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let csv = folder.join("contracts.csv");
    file::write(&csv, rows).expect("the file");

    let plain_file = folder.join("plain.db");
    let own = format!("sqlite://{}", folder.join("nirin.db").display());
    tables(&format!("sqlite://{}", plain_file.display())).await;
    tables(&own).await;
    let plain = plain::sqlite(&plain_file, &csv);
    told("SQLite", rows, plain, measured(&own, &csv).await);

    if let Some(server) = arguments.next() {
        let database = |name: &str| {
            plain::psql(&server, &format!("DROP DATABASE IF EXISTS {name};\nCREATE DATABASE {name};\n"));
            format!("{}/{name}", server.rsplit_once('/').map_or(server.as_str(), |(host, _)| host))
        };
        let (plain_url, own) = (database("nirin_import_plain"), database("nirin_import_own"));
        tables(&plain_url).await;
        tables(&own).await;
        let plain = plain::postgres(&plain_url, &csv);
        told("PostgreSQL", rows, plain, measured(&own, &csv).await);
        plain::psql(&server, "DROP DATABASE nirin_import_plain;\nDROP DATABASE nirin_import_own;\n");
    }
    std::fs::remove_dir_all(&folder).expect("the folder is removed");
}

async fn tables(url: &str) {
    let store = Store::open(&StoreSettings { url: url.to_owned(), connections: 1 }).await.expect("a store");
    store.migrate().await.expect("tables");
    store.close().await;
}

/// Seconds of the first import, the second, and one with a hundredth of the rows changed.
async fn measured(url: &str, csv: &Path) -> [f64; 3] {
    let store = Store::open(&StoreSettings { url: url.to_owned(), connections: 4 }).await.expect("a store");
    let changed = csv.with_extension("changed");
    file::change(csv, &changed).expect("the changed file");
    let mut seconds = [0.0; 3];
    for (nth, from) in [csv, csv, &changed].into_iter().enumerate() {
        let importer = Importer {
            store: &store,
            clock: &SystemClock::default(),
            rng: &SystemRng,
            keys: None,
            actor: Actor::Staff("bench"),
            progress: &Unwatched,
        };
        let from = std::fs::File::open(from).expect("the file");
        let began = Instant::now();
        let report = importer.run(from, false).await.expect("an import");
        assert_eq!(report.bad_total, 0, "{:?}", report.bad);
        seconds[nth] = began.elapsed().as_secs_f64();
    }
    store.close().await;
    seconds
}

fn told(database: &str, rows: usize, plain: f64, [first, again, changed]: [f64; 3]) {
    println!("{database}, {rows} contracts");
    println!("  plain load               {plain:8.2} s");
    println!("  new file                 {first:8.2} s   {:5.2} x the plain load", first / plain);
    println!("  the same file again      {again:8.2} s   {:5.2} x the first time", again / first);
    println!("  one row in 100 changed   {changed:8.2} s   {:5.2} x the first time", changed / first);
}
