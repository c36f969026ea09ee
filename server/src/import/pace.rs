//! How many rows a transaction of an import takes, and how long others may write before the next one.

use crate::store::{Staging, Store, StoreError};
use std::time::Duration;
use tokio::time::Instant;

/// On PostgreSQL only those wait who need a row of the transaction, on SQLite everybody who writes: there each transaction is short, and
/// others may begin one after it. While others do write, it is shorter still.
pub(super) struct Pace {
    one_writer: bool,
    pub rows: i64,
    /// When the present transaction was asked for. Waiting for others makes it long, too: then fewer rows are taken.
    began: Instant,
    /// When somebody else was last seen to have written.
    others_wrote: Option<Instant>,
    /// Until when others are taken to go on writing.
    others_write_until: Option<Instant>,
}

impl Pace {
    const LEAST_ROWS: i64 = 50;
    const MOST_ROWS: i64 = 20_000;
    /// How long a transaction takes on PostgreSQL.
    const POSTGRES: Duration = Duration::from_millis(50);
    /// How long one takes on SQLite while others write.
    const SQLITE_BUSY: Duration = Duration::from_millis(4);
    /// How long one takes on SQLite while nobody else does.
    const SQLITE_QUIET: Duration = Duration::from_millis(16);
    /// Others write if they were seen to twice within this time: a probe of readiness, which comes by itself, is nobody who waits.
    const TWICE: Duration = Duration::from_secs(1);
    /// For how long they are then taken to go on.
    const GO_ON: Duration = Duration::from_secs(10);
    /// Whoever waits on SQLite looks again in this time.
    const PAUSE: Duration = Duration::from_millis(2);

    pub fn of(store: &Store) -> Self {
        Self {
            one_writer: store.has_one_writer(),
            rows: 500,
            began: Instant::now(),
            others_wrote: None,
            others_write_until: None,
        }
    }

    pub fn begin(&mut self) {
        self.began = Instant::now();
    }

    /// Judges the transaction that was committed, and waits until the next one may begin.
    pub async fn committed(&mut self, staging: &mut Staging) -> Result<(), StoreError> {
        let took = self.began.elapsed();
        if staging.others_wrote().await? {
            let now = Instant::now();
            if self.others_wrote.replace(now).is_some_and(|before| now - before < Self::TWICE) {
                self.others_write_until = Some(now + Self::GO_ON);
            }
        }
        let others_write = self.others_write_until.is_some_and(|until| Instant::now() < until);
        let due = match (self.one_writer, others_write) {
            (false, _) => Self::POSTGRES,
            (true, true) => Self::SQLITE_BUSY,
            (true, false) => Self::SQLITE_QUIET,
        };
        if took > due {
            self.rows = (self.rows * 3 / 4).max(Self::LEAST_ROWS);
        } else if took < due * 3 / 4 {
            self.rows = (self.rows * 5 / 4).min(Self::MOST_ROWS);
        }
        if self.one_writer {
            if others_write {
                staging.sync().await?;
            }
            tokio::time::sleep(Self::PAUSE).await;
        }
        Ok(())
    }
}
