//! Readiness: whether this node can write. A database that only reads, is full or is another file than before accepts no posts.

use super::{Store, Stored};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

/// How long a database may take to write one row.
const TIMEOUT: Duration = Duration::from_secs(3);
/// How long a result is reused, so that frequent checks cost at most one row a second.
const HOLDS: Duration = Duration::from_secs(1);

/// The last result, and when it was found.
pub(super) type LastCheck = Arc<Mutex<Option<(Instant, bool)>>>;

impl Store {
    /// Returns whether a row can be written and committed right now, or could within the last second.
    pub async fn is_ready(&self, now: i64) -> bool {
        let mut last = self.last_check.lock().await;
        if let Some((at, ready)) = *last
            && at.elapsed() < HOLDS
        {
            return ready;
        }
        let ready = match timeout(TIMEOUT, self.write_row(now)).await {
            Ok(Ok(written)) => written,
            Ok(Err(found)) => {
                tracing::error!(event = "not_ready", reason = %found, "the database does not accept writes");
                false
            }
            Err(_) => {
                tracing::error!(
                    event = "not_ready",
                    reason = "the database does not answer",
                    "the database does not accept writes"
                );
                false
            }
        };
        *last = Some((Instant::now(), ready));
        ready
    }

    async fn write_row(&self, now: i64) -> Stored<bool> {
        let mut tx = self.begin().await?;
        let done =
            sqlx::query("UPDATE readiness SET checked_at = $1 WHERE id = 1").bind(now).execute(&mut *tx.0).await?;
        tx.commit().await?;
        Ok(done.rows_affected() == 1)
    }
}
