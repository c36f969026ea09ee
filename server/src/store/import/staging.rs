//! The connection of an import, and the tables that it reads its file into. They are this connection's alone: on PostgreSQL temporary
//! tables, on SQLite a file of their own. So they lock nothing.

use super::columns::{self, FileColumn, Value};
use super::connection::{Connection, Values};
use super::faults::{Chunk, StagedFault};
use super::lock::Lock;
use super::rows_file::{self, Syncing};
use crate::store::{ImportId, ImportState, Store, Stored};
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, Executor as _};
use std::io::ErrorKind;
use std::path::PathBuf;

/// Stands for the column of a fault of the whole row.
const WHOLE_ROW: &str = "";

/// An import's connection.
pub struct Staging {
    pub(super) connection: Connection,
    /// Held while nobody else may import.
    pub(super) lock: Option<Lock>,
    /// On SQLite, the file in which rows outlive this process.
    pub(super) rows_file: Option<PathBuf>,
    pub(super) syncing: Syncing,
    /// On SQLite, the database's write-ahead log.
    log_file: Option<PathBuf>,
    /// On SQLite, the number that the database had when this connection last asked for it: another one once somebody else has written.
    data_version: Option<i64>,
}

impl Store {
    /// Opens a connection with empty tables for a file that will only be checked.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn stage(&self) -> Stored<Staging> {
        let mut staging = self.connect_import().await?;
        if let Connection::Sqlite(connection) = &mut staging.connection {
            rows_file::attach_none(connection).await?;
        }
        staging.make_tables().await?;
        Ok(staging)
    }

    pub(super) async fn connect_import(&self) -> Stored<Staging> {
        let options = self.pool.connect_options();
        if !self.is_sqlite() {
            let options = PgConnectOptions::try_from(&*options)?.disable_statement_logging();
            let mut connection = options.connect().await?;
            // What ends the import waits for the disk, and all before it is there then too. Nor does it take more than one core from those
            // who sign in.
            connection.execute("SET synchronous_commit TO OFF; SET max_parallel_workers_per_gather TO 0").await?;
            let connection = Connection::Postgres(Box::new(connection));
            return Ok(Staging {
                connection,
                lock: None,
                rows_file: None,
                syncing: Syncing::default(),
                log_file: None,
                data_version: None,
            });
        }
        let options = SqliteConnectOptions::try_from(&*options)?.disable_statement_logging();
        let mut connection = options.connect().await?;
        // A batch that a crash takes back is applied again. What ends the import is synced, and so is all before it. The log is brought
        // into the database a little before others would do it, who would wait for that.
        let pragmas = "PRAGMA busy_timeout = 60000; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 800; \
            PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE; PRAGMA cache_size = -8000; PRAGMA threads = 2;";
        connection.execute(pragmas).await?;
        let rows_file = Some(rows_file::path(&options));
        let log_file = rows_file::log_path(&mut connection).await?;
        Ok(Staging {
            connection: Connection::Sqlite(Box::new(connection)),
            lock: None,
            rows_file,
            syncing: Syncing::default(),
            log_file,
            data_version: None,
        })
    }
}

impl Staging {
    /// Makes empty tables for a file whose changes will be applied.
    pub async fn begin(&mut self) -> Stored<()> {
        self.connection.detach().await?;
        if let (Connection::Sqlite(connection), Some(path)) = (&mut self.connection, &self.rows_file) {
            rows_file::attach_new(connection, path).await?;
        }
        self.make_tables().await
    }

    /// Turns to the changes of an import that was interrupted. Returns false where they are gone.
    pub async fn resume(&mut self, id: &ImportId) -> Stored<bool> {
        match (&mut self.connection, &self.rows_file) {
            (Connection::Sqlite(connection), Some(path)) => rows_file::attach_kept(connection, path, id).await,
            _ => Ok(true),
        }
    }

    async fn make_tables(&mut self) -> Stored<()> {
        let (make, key) = if self.is_postgres() {
            ("CREATE TEMP TABLE ", "BIGINT")
        } else {
            ("CREATE TABLE staged.", "INTEGER PRIMARY KEY")
        };
        for table in [
            format!("import_rows (line {key}, customer_digest BIGINT, {})", columns::declared()),
            "import_bad (line BIGINT, contract_id TEXT)".to_owned(),
            "import_faults (line BIGINT, column_name TEXT, kind TEXT, detail TEXT, other_line BIGINT)".to_owned(),
            format!("import_customers (line {key}, customer_id TEXT, disagree BIGINT)"),
            format!("import_changed_customers (line {key}, change BIGINT)"),
            format!("import_changed_contracts (line {key}, change BIGINT, numbers_change BIGINT)"),
            "import_claims (line BIGINT, column_name TEXT, other TEXT)".to_owned(),
        ] {
            self.run(format!("{make}{table}")).await?;
        }
        if !self.is_postgres() {
            self.make_views().await?;
        }
        Ok(())
    }

    /// Adds a part of the file.
    pub async fn put(&mut self, chunk: &Chunk) -> Stored<()> {
        self.run("BEGIN").await?;
        self.connection.add(&format!("import_rows (line, customer_digest, {})", columns::all()), rows(chunk)).await?;
        self.connection.add("import_bad (line, contract_id)", bad(chunk)).await?;
        self.connection.add("import_faults (line, column_name, kind, detail, other_line)", faults(chunk)).await?;
        self.run("COMMIT").await?;
        match &self.rows_file {
            // A file that is only checked is gone with the connection.
            Some(path) if self.lock.is_some() => self.syncing.wrote(path, chunk.rows.len()).await,
            _ => Ok(()),
        }
    }

    /// Returns whether somebody else has written to the database since this was last asked. On PostgreSQL nobody waits for that.
    pub async fn others_wrote(&mut self) -> Stored<bool> {
        if self.is_postgres() {
            return Ok(false);
        }
        let version = self.connection.number("PRAGMA main.data_version").await?;
        Ok(self.data_version.replace(version).is_some_and(|before| before != version))
    }

    /// Brings to the disk what is committed. Others who commit next on SQLite have to wait for less of it.
    pub async fn sync(&self) -> Stored<()> {
        let Some(log) = &self.log_file else { return Ok(()) };
        match tokio::fs::File::open(log).await {
            Ok(log) => Ok(log.sync_data().await?),
            // Without a log there is nothing that others would wait for.
            Err(found) if found.kind() == ErrorKind::NotFound => Ok(()),
            Err(found) => Err(found.into()),
        }
    }

    /// Forgets what is not needed to finish an import, and lets others import.
    pub async fn close(mut self) -> Stored<()> {
        let applying = ImportState::Applying.as_str();
        let needed =
            self.connection.number(format!("SELECT COUNT(*) FROM imports WHERE state = '{applying}'")).await? > 0;
        if !needed && self.lock.is_some() {
            self.forget_kept().await?;
        }
        match self.connection {
            Connection::Postgres(mut connection) => {
                // The server takes a moment to notice that a connection is closed.
                connection.execute("SELECT pg_advisory_unlock_all()").await?;
                connection.close().await?;
            }
            Connection::Sqlite(connection) => connection.close().await?,
        }
        Ok(())
    }

    pub(super) async fn run(&mut self, statement: impl Into<String>) -> Stored<u64> {
        self.connection.run(statement).await
    }

    pub(super) const fn is_postgres(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }
}

fn rows(chunk: &Chunk) -> Vec<Values<'_>> {
    let mut rows = Vec::with_capacity(chunk.rows.len());
    for row in &chunk.rows {
        let mut values = vec![Value::number(row.line), Value::number(row.customer_digest())];
        row.each_value(|value| values.push(value));
        rows.push(values);
    }
    rows
}

fn bad(chunk: &Chunk) -> Vec<Values<'_>> {
    chunk.bad.iter().map(|(line, id)| vec![Value::number(*line), Value::text(id)]).collect()
}

fn faults(chunk: &Chunk) -> Vec<Values<'_>> {
    let mut faults = Vec::with_capacity(chunk.faults.len());
    for StagedFault { line, column, kind, detail, other_line } in &chunk.faults {
        let column = column.map_or(WHOLE_ROW, FileColumn::as_str);
        faults.push(vec![
            Value::number(*line),
            Value::text(column),
            Value::text(kind.as_str()),
            Value::text(detail),
            Value::number(*other_line),
        ]);
    }
    faults
}
