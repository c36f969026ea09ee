//! A database of its own for every test, with the demo contracts in it.

use super::postgres::Postgres;
use server::clock::Clock;
use server::config::StoreSettings;
use server::import::{Importer, Unwatched};
use server::rng::{Rng, SystemRng};
use server::store::{Actor, Store};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Sqlite,
    Postgres,
}

const CONTRACTS: &str = include_str!("../../../demo/contracts.csv");
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// One test's database and folder.
pub struct Database {
    pub url: String,
    /// For key file, assets and the SQLite file.
    pub folder: PathBuf,
    /// On PostgreSQL, its name.
    name: Option<String>,
}

impl Database {
    pub async fn make(kind: Kind) -> Self {
        let rng: &dyn Rng = &SystemRng;
        let name = format!("t_{}", rng.reference().as_str().replace('-', "").to_lowercase());
        let folder = std::env::temp_dir().join(format!("nirin-test-{name}"));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        match kind {
            Kind::Sqlite => {
                let file = folder.join("nirin.db");
                write_private(&file, sqlite_template());
                Self { url: format!("sqlite://{}", file.display()), folder, name: None }
            }
            Kind::Postgres => {
                let server = Postgres::shared();
                let template = postgres_template(server);
                admin(server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                Self { url: server.url(&name), folder, name: Some(name) }
            }
        }
    }

    /// A backup of it, made while it is used, and restored.
    pub async fn restored(&self) -> Self {
        let folder = self.folder.join("restored");
        std::fs::create_dir_all(&folder).expect("a folder for the backup");
        match &self.name {
            None => {
                let file = folder.join("nirin.db");
                // Made beforehand for its owner alone; SQLite takes an empty file.
                write_private(&file, b"");
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("the database");
                let backup = format!("VACUUM INTO '{}'", file.display());
                connection.execute(AssertSqlSafe(backup)).await.expect("a backup");
                Self { url: format!("sqlite://{}", file.display()), folder, name: None }
            }
            Some(name) => {
                let server = Postgres::shared();
                let (copy, file) = (format!("{name}_copy"), folder.join("backup").display().to_string());
                server.run("pg_dump", &["--format=custom", "--file", &file, &self.url]);
                admin(server, &format!("CREATE DATABASE {copy}")).await;
                let url = server.url(&copy);
                server.run("pg_restore", &["--exit-on-error", "--dbname", &url, &file]);
                Self { url, folder, name: Some(copy) }
            }
        }
    }

    pub async fn remove(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        if let Some(name) = &self.name {
            admin(Postgres::shared(), &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

async fn admin(server: &Postgres, sql: &str) {
    let mut connection = sqlx::PgConnection::connect(&server.url("postgres")).await.expect("PostgreSQL answers");
    connection
        .execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())))
        .await
        .unwrap_or_else(|found| panic!("{sql}: {found}"));
}

/// The bytes of an SQLite file with tables and contracts.
fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceLock<Vec<u8>> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let rng: &dyn Rng = &SystemRng;
        let file = std::env::temp_dir().join(format!("nirin-test-template-{}.db", rng.id()));
        apart(fill(format!("sqlite://{}", file.display())));
        let bytes = std::fs::read(&file).expect("the template");
        remove_sqlite(&file);
        bytes
    })
}

/// For its owner alone, or the server refuses it.
fn write_private(file: &Path, bytes: &[u8]) {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    let mut made = options.write(true).create_new(true).mode(0o600).open(file).expect("an SQLite file");
    made.write_all(bytes).expect("its bytes");
}

fn remove_sqlite(file: &Path) {
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}

/// The name of a PostgreSQL database with tables and contracts. It is made once as long as that server runs.
fn postgres_template(server: &'static Postgres) -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let mut hash = DefaultHasher::new();
        CONTRACTS.hash(&mut hash);
        MIGRATIONS.iter().for_each(|migration| migration.checksum.hash(&mut hash));
        let name = format!("demo_{:016x}", hash.finish());
        let template = name.clone();
        apart(async move {
            let mut connection =
                sqlx::PgConnection::connect(&server.url("postgres")).await.expect("PostgreSQL answers");
            // Of all test processes one makes it.
            connection.execute("SELECT pg_advisory_lock(1)").await.expect("the lock");
            let there = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1")
                .bind(&template)
                .fetch_optional(&mut connection)
                .await
                .expect("the list");
            if there.is_none() {
                let making = format!("making_{template}");
                admin(server, &format!("DROP DATABASE IF EXISTS {making}")).await;
                admin(server, &format!("CREATE DATABASE {making}")).await;
                fill(server.url(&making)).await;
                admin(server, &format!("ALTER DATABASE {making} RENAME TO {template}")).await;
            }
            connection.close().await.expect("goodbye");
        });
        name
    })
}

async fn fill(url: String) {
    let store = Store::open(&StoreSettings { url, connections: 1 }).await.expect("a new database");
    store.migrate().await.expect("the tables");
    let clock: &dyn Clock = &super::clock::ManualClock::default();
    let importer = Importer {
        store: &store,
        clock,
        rng: &SystemRng,
        keys: None,
        actor: Actor::Staff("test"),
        progress: &Unwatched,
    };
    let report = importer.run(CONTRACTS.as_bytes(), false).await.expect("the demo contracts");
    assert_eq!(report.bad_total, 0);
    store.close().await;
}

/// Runs a future on a thread and a runtime of its own, one at a time.
fn apart(work: impl Future<Output = ()> + Send + 'static) {
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    let thread = std::thread::spawn(|| {
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
    });
    thread.join().expect("what was done apart");
}
