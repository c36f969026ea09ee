//! The file beside an SQLite database in which an import keeps its rows. It is attached to the connection of the import alone: writing
//! it keeps nobody waiting, and what is staged is kept without being written a second time.

use super::connection::Connection;
use crate::store::{ImportId, Store, StoreError, Stored};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use tokio::task::JoinHandle;

/// A file of nobody but this connection, gone with it.
const NO_FILE: &str = "";
/// Nothing in it is needed if writing it is interrupted, so SQLite neither journals nor syncs it: [`Syncing`] brings it to the disk.
const PRAGMAS: &str =
    "PRAGMA staged.journal_mode = OFF; PRAGMA staged.synchronous = OFF; PRAGMA staged.cache_size = -8000;";

/// Returns the name of the file with the rows.
pub(super) fn path(options: &SqliteConnectOptions) -> PathBuf {
    let mut name = options.get_filename().as_os_str().to_owned();
    name.push("-import-rows");
    name.into()
}

/// Returns the name of the database's write-ahead log. It stands beside the file that SQLite found, which a link may lead to.
pub(super) async fn log_path(connection: &mut SqliteConnection) -> Stored<Option<PathBuf>> {
    let file: Option<String> = sqlx::query_scalar("SELECT file FROM pragma_database_list WHERE name = 'main'")
        .fetch_optional(&mut *connection)
        .await?;
    Ok(file.filter(|file| !file.is_empty()).map(|file| format!("{file}-wal").into()))
}

/// Attaches an empty file that is gone with the connection.
pub(super) async fn attach_none(connection: &mut SqliteConnection) -> Stored<()> {
    attach(connection, NO_FILE).await
}

/// Attaches a new file.
pub(super) async fn attach_new(connection: &mut SqliteConnection, path: &Path) -> Stored<()> {
    remove(path)?;
    // It holds what the database holds, so it is for its owner alone too.
    File::options().write(true).create_new(true).mode(0o600).open(path).map_err(StoreError::File)?;
    attach(connection, &path.to_string_lossy()).await
}

/// Attaches the file of an import that was interrupted. Returns false where it is not there.
pub(super) async fn attach_kept(connection: &mut SqliteConnection, path: &Path, id: &ImportId) -> Stored<bool> {
    if !path.exists() {
        return Ok(false);
    }
    attach(connection, &path.to_string_lossy()).await?;
    let named: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM staged.sqlite_master WHERE name = 'kept_of'")
        .fetch_one(&mut *connection)
        .await?;
    if named == 0 {
        return Ok(false);
    }
    let own: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM staged.kept_of WHERE import_id = $1")
        .bind(id)
        .fetch_one(&mut *connection)
        .await?;
    Ok(own == 1)
}

async fn attach(connection: &mut SqliteConnection, path: &str) -> Stored<()> {
    sqlx::query("ATTACH $1 AS staged").bind(path).execute(&mut *connection).await?;
    sqlx::raw_sql(PRAGMAS).execute(&mut *connection).await?;
    Ok(())
}

/// Rows that are written before they are brought to the disk. All of them at the end would keep the disk busy for so long that others
/// who commit would have to wait.
const ROWS_OF_SYNC: usize = 16_000;

/// Brings the file to the disk while it is written.
#[derive(Default)]
pub(super) struct Syncing {
    /// Rows that were written since it was last begun.
    rows: usize,
    running: Option<JoinHandle<std::io::Result<()>>>,
}

impl Syncing {
    /// Notes that rows were written. The disk takes them while the next ones are read.
    pub(super) async fn wrote(&mut self, path: &Path, rows: usize) -> Stored<()> {
        self.rows += rows;
        if self.rows >= ROWS_OF_SYNC {
            self.finish().await?;
            self.rows = 0;
            let path = path.to_owned();
            self.running = Some(tokio::task::spawn_blocking(move || File::open(path)?.sync_data()));
        }
        Ok(())
    }

    /// Waits for what was begun.
    pub(super) async fn finish(&mut self) -> Stored<()> {
        match self.running.take() {
            Some(running) => Ok(running.await.map_err(std::io::Error::other)??),
            None => Ok(()),
        }
    }
}

/// Brings the file to the disk, name included.
pub(super) async fn sync(path: &Path) -> Stored<()> {
    let found = tokio::fs::File::open(path).await?;
    found.sync_all().await?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        tokio::fs::File::open(folder).await?.sync_all().await?;
    }
    Ok(())
}

pub(super) fn remove(path: &Path) -> Stored<()> {
    match std::fs::remove_file(path) {
        Err(found) if found.kind() != ErrorKind::NotFound => Err(StoreError::File(found)),
        _ => Ok(()),
    }
}

impl Connection {
    /// Detaches the file, if one is attached.
    pub(super) async fn detach(&mut self) -> Stored<()> {
        if let Self::Sqlite(connection) = self {
            let attached: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM pragma_database_list WHERE name = 'staged'")
                .fetch_one(&mut **connection)
                .await?;
            if attached > 0 {
                sqlx::raw_sql("DETACH staged").execute(&mut **connection).await?;
            }
        }
        Ok(())
    }
}

impl Store {
    /// Returns whether an import has left rows beside an SQLite database.
    #[must_use]
    pub fn has_import_rows(&self) -> bool {
        self.is_sqlite()
            && SqliteConnectOptions::try_from(&*self.pool.connect_options())
                .is_ok_and(|options| path(&options).exists())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sqlx::ConnectOptions as _;
    use sqlx::sqlite::SqliteJournalMode;

    #[tokio::test]
    async fn the_log_is_found_where_a_link_leads_to_the_database() {
        let folder = std::env::temp_dir().join(format!("nirin-link-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("real")).unwrap();
        let folder = folder.canonicalize().unwrap();
        let (real, link) = (folder.join("real/nirin.db"), folder.join("nirin.db"));
        File::create(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let options = SqliteConnectOptions::new().filename(&link).journal_mode(SqliteJournalMode::Wal);
        let mut connection = options.connect().await.unwrap();
        sqlx::query("CREATE TABLE t (n)").execute(&mut connection).await.unwrap();
        let log = log_path(&mut connection).await.unwrap().unwrap();
        assert!(log.exists() && log.starts_with(folder.join("real")), "{}", log.display());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[tokio::test]
    async fn a_sync_that_failed_is_told_by_the_next_one_and_at_the_end() {
        let gone = Path::new("/nowhere/at/all");
        let mut syncing = Syncing::default();
        syncing.wrote(gone, ROWS_OF_SYNC - 1).await.unwrap();
        syncing.finish().await.unwrap();
        syncing.wrote(gone, 1).await.unwrap();
        assert!(syncing.finish().await.is_err(), "begun by the last row");
        syncing.finish().await.unwrap();
        syncing.wrote(gone, ROWS_OF_SYNC).await.unwrap();
        assert!(syncing.wrote(gone, ROWS_OF_SYNC).await.is_err());
    }
}
