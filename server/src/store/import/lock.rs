//! At most one import at a time. The system lets go of the lock when the process ends, however it ends.

use super::connection::Connection;
use super::staging::Staging;
use crate::store::{Store, StoreError, Stored};
use sqlx::sqlite::SqliteConnectOptions;
use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;

/// Names the advisory lock on PostgreSQL.
const ADVISORY_KEY: i64 = 0x6E69_7269_6E01;

/// Keeps others from importing.
pub(super) enum Lock {
    /// PostgreSQL holds it for the connection.
    OfConnection,
    /// On SQLite: an empty file beside the database.
    OfFile { _file: File },
}

impl Store {
    /// Opens a connection for an import, and keeps others from importing while it is open. Returns nothing if somebody is importing
    /// already.
    ///
    /// # Errors
    /// The database does not answer, or the file of the lock cannot be made.
    pub async fn stage_alone(&self) -> Stored<Option<Staging>> {
        let mut staging = self.connect_import().await?;
        staging.lock = match &mut staging.connection {
            Connection::Postgres(connection) => {
                let locked: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
                    .bind(ADVISORY_KEY)
                    .fetch_one(&mut **connection)
                    .await?;
                locked.then_some(Lock::OfConnection)
            }
            Connection::Sqlite(_) => {
                let options = SqliteConnectOptions::try_from(&*self.pool.connect_options())?;
                let mut name = options.get_filename().as_os_str().to_owned();
                name.push("-import");
                let file = File::options().create(true).append(true).mode(0o600).open(name)?;
                match file.try_lock() {
                    Ok(()) => Some(Lock::OfFile { _file: file }),
                    Err(TryLockError::WouldBlock) => None,
                    Err(TryLockError::Error(found)) => return Err(StoreError::File(found)),
                }
            }
        };
        Ok(staging.lock.is_some().then_some(staging))
    }
}
