//! What a PostgreSQL, or what stands in front of it, must not be.

use super::{StoreError, Stored};
use sqlx::pool::PoolConnectionMetadata;
use sqlx::{AnyConnection, Connection as _, PgConnection};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How often a pooler is tried: it may give others the connection that would have told.
const ROUNDS: usize = 3;
/// For how long after one was found that only reads each connection is asked.
const DOUBT: Duration = Duration::from_secs(10);
/// The codes with which PostgreSQL ends a session: an administrator's shutdown, a crash of another process, idle for too long.
const ENDED: [&str; 3] = ["57P01", "57P02", "57P05"];

/// Refuses a PgBouncer that shares connections by transaction: two sessions of ours would meet on one of PostgreSQL's, with
/// each other's prepared statements and locks. A session that is ours alone keeps its process and shares it with nobody.
pub(super) async fn refuse_transaction_pooling(url: &str) -> Stored<()> {
    let mut first = PgConnection::connect(url).await.map_err(startup_fault)?;
    let mut second = PgConnection::connect(url).await?;
    let mut shared = false;
    for _ in 0..ROUNDS {
        let before = process(&mut first).await?;
        sqlx::raw_sql("BEGIN").execute(&mut second).await?;
        let other = process(&mut second).await?;
        let after = process(&mut first).await?;
        sqlx::raw_sql("COMMIT").execute(&mut second).await?;
        shared |= before == other || before != after;
    }
    let _ = tokio::join!(first.close(), second.close());
    if shared { Err(StoreError::TransactionPooling) } else { Ok(()) }
}

/// PgBouncer as it is installed refuses a parameter that the driver always sends.
fn startup_fault(found: sqlx::Error) -> StoreError {
    let refused =
        found.as_database_error().is_some_and(|said| said.message().contains("unsupported startup parameter"));
    if refused { StoreError::PoolerStartup } else { found.into() }
}

/// PostgreSQL's process behind a connection. Asked by the simple protocol: a prepared statement may not be there any more.
async fn process(connection: &mut PgConnection) -> Stored<String> {
    use sqlx::Row as _;
    let row = sqlx::raw_sql("SELECT pg_backend_pid()::text").fetch_one(connection).await?;
    Ok(row.try_get(0)?)
}

/// Whether the server behind a connection takes writes: after a fail-over it may be a standby. Each connection is asked about once a
/// second while it is used; where one was found that only reads, all are asked before each use for a while.
#[derive(Clone, Debug, Default)]
pub(super) struct Writable(Arc<Mutex<Option<Instant>>>);

impl Writable {
    /// Returns whether it is time to ask.
    pub fn is_doubted(&self, about: &PoolConnectionMetadata) -> bool {
        let given_back = about.age.saturating_sub(about.idle_for);
        let read_only = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A new one has not been asked at all.
        given_back < Duration::from_secs(1)
            || given_back.as_secs() != about.age.as_secs()
            || read_only.is_some_and(|found| found.elapsed() < DOUBT)
    }

    pub(super) async fn takes_writes(&self, connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
        let read_only: String =
            sqlx::query_scalar("SELECT current_setting('transaction_read_only')").fetch_one(connection).await?;
        let takes_writes = read_only == "off";
        if !takes_writes {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
        Ok(takes_writes)
    }
}

/// Returns whether a connection has died since it was given back.
pub(super) fn is_gone(found: &sqlx::Error) -> bool {
    match found {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(said) => said.code().is_some_and(|code| ENDED.contains(&&*code)),
        _ => false,
    }
}
