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
}

impl Pace {
    const LEAST_ROWS: i64 = 50;
    const MOST_ROWS: i64 = 20_000;
    /// How long a transaction takes where only those wait for it who need one of its rows.
    const BESIDE_OTHERS: Duration = Duration::from_millis(50);
    /// How long one takes for which everybody who writes waits, while somebody does.
    const BEFORE_OTHERS: Duration = Duration::from_millis(4);
    /// Likewise, while nobody else has written for [`Self::QUIET`].
    const ALONE: Duration = Duration::from_millis(16);
    const QUIET: Duration = Duration::from_secs(10);
    /// Whoever waits on SQLite looks again in this time.
    const PAUSE: Duration = Duration::from_millis(2);

    pub fn of(store: &Store) -> Self {
        Self { one_writer: store.has_one_writer(), rows: 500, began: Instant::now(), others_wrote: None }
    }

    pub fn begin(&mut self) {
        self.began = Instant::now();
    }

    /// Judges the transaction that was committed, and waits until the next one may begin.
    pub async fn committed(&mut self, staging: &mut Staging) -> Result<(), StoreError> {
        let took = self.began.elapsed();
        if staging.others_wrote().await? {
            self.others_wrote = Some(Instant::now());
        }
        let others_write = self.others_wrote.is_some_and(|wrote| wrote.elapsed() < Self::QUIET);
        let due = match (self.one_writer, others_write) {
            (false, _) => Self::BESIDE_OTHERS,
            (true, true) => Self::BEFORE_OTHERS,
            (true, false) => Self::ALONE,
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
