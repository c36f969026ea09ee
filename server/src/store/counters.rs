//! Counters of the limits. They are in the database, so that they hold across restarts and nodes.

use super::{Stored, Tx};

/// A counter: how often something was counted since a point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct CounterRow {
    pub n: i64,
    /// When the window began.
    pub since: i64,
    /// When it was last raised.
    pub last: i64,
}

/// A counter with its key, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedCounter {
    pub key: String,
    pub n: i64,
    /// When it was last raised.
    pub last: i64,
}

impl CounterRow {
    /// Returns the count as an unsigned number, as the rules expect it.
    #[must_use]
    pub fn count(&self) -> u32 {
        u32::try_from(self.n.max(0)).unwrap_or(u32::MAX)
    }
}

impl Tx {
    /// Returns a counter, which is zero if there is no row. Times in the future, which a clock that was ahead wrote, count as now.
    pub async fn counter(&mut self, key: &str, now: i64) -> Stored<CounterRow> {
        let found: Option<CounterRow> = sqlx::query_as("SELECT n, since, last FROM counters WHERE key = $1")
            .bind(key)
            .fetch_optional(&mut *self.0)
            .await?;
        let row = found.unwrap_or_default();
        Ok(CounterRow { since: row.since.min(now), last: row.last.min(now), ..row })
    }

    /// Reads a counter and locks it until the transaction ends, so that each of many at the same time sees what the one before counted.
    /// Times in the future, which a clock that was ahead wrote, count as now.
    pub async fn lock_counter(&mut self, key: &str, now: i64) -> Stored<CounterRow> {
        let row = sqlx::query_as(
            "INSERT INTO counters (key, n, since, last) VALUES ($1, 0, $2, $2) ON CONFLICT (key) DO UPDATE SET \
             since = CASE WHEN counters.since > $2 THEN $2 ELSE counters.since END, \
             last = CASE WHEN counters.last > $2 THEN $2 ELSE counters.last END RETURNING n, since, last",
        )
        .bind(key)
        .bind(now)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Corrects a count in the future, which a clock that was ahead wrote: it then counts as made now. Any other counter is neither changed
    /// nor locked.
    pub async fn settle_counter(&mut self, key: &str, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE counters SET since = CASE WHEN since > $2 THEN $2 ELSE since END, last = $2 WHERE key = $1 AND last > $2",
        )
        .bind(key)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Increments a counter. When its window (in milliseconds) has passed, it starts again at one. This is one statement, so that
    /// concurrent calls are all counted.
    pub async fn increment(&mut self, key: &str, window_ms: i64, now: i64) -> Stored<CounterRow> {
        let row = sqlx::query_as(
            "INSERT INTO counters (key, n, since, last) VALUES ($1, 1, $3, $3) ON CONFLICT (key) DO UPDATE SET \
             n = CASE WHEN $3 - counters.since >= $2 THEN 1 ELSE counters.n + 1 END, \
             since = CASE WHEN $3 - counters.since >= $2 OR counters.since > $3 THEN $3 ELSE counters.since END, last = $3 \
             RETURNING n, since, last",
        )
        .bind(key)
        .bind(window_ms)
        .bind(now)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Takes back a count whose try was not looked at, and restores the time of the count before, so that no wait starts again.
    pub async fn restore_counter(&mut self, key: &str, before: CounterRow) -> Stored<()> {
        sqlx::query("UPDATE counters SET n = n - 1, last = $2 WHERE key = $1 AND n > 0")
            .bind(key)
            .bind(before.last)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Takes back a count that turned out not to count.
    pub async fn decrement_counter(&mut self, key: &str) -> Stored<()> {
        sqlx::query("UPDATE counters SET n = n - 1 WHERE key = $1 AND n > 0").bind(key).execute(&mut *self.0).await?;
        Ok(())
    }

    /// Returns so many counters after a key, in the order of their keys.
    pub async fn counters_after(&mut self, key: &str, most: i64) -> Stored<Vec<NamedCounter>> {
        let rows = sqlx::query_as("SELECT key, n, last FROM counters WHERE key > $1 ORDER BY key LIMIT $2")
            .bind(key)
            .bind(most)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Deletes a counter if nothing was counted since it was read. Returns whether it did.
    pub async fn forget_counter(&mut self, read: &NamedCounter) -> Stored<bool> {
        let done = sqlx::query("DELETE FROM counters WHERE key = $1 AND n = $2 AND last = $3")
            .bind(&read.key)
            .bind(read.n)
            .bind(read.last)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Deletes a counter. Returns whether there was one.
    pub async fn clear_counter(&mut self, key: &str) -> Stored<bool> {
        let done = sqlx::query("DELETE FROM counters WHERE key = $1").bind(key).execute(&mut *self.0).await?;
        Ok(done.rows_affected() == 1)
    }
}
