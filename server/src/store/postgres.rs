//! What a PostgreSQL, or what stands in front of it, must not be.

use super::{StoreError, Stored};
use sqlx::{AnyConnection, Connection as _, PgConnection};

/// How often a pooler is tried: it may give others the connection that would have told.
const ROUNDS: usize = 3;

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

/// Returns whether the server behind a connection takes writes: after a fail-over it may be a standby.
pub(super) async fn takes_writes(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    let read_only: String =
        sqlx::query_scalar("SELECT current_setting('transaction_read_only')").fetch_one(connection).await?;
    Ok(read_only == "off")
}
