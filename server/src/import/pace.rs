//! How many rows a transaction of an import takes, and how long others may write before the next one.

use crate::store::Store;
use std::time::Duration;
use tokio::time::Instant;

/// On PostgreSQL only those wait who need a row of the transaction, on SQLite everybody who writes: there each transaction is short, and
/// others may begin one after it.
pub(super) struct Pace {
    one_writer: bool,
    pub rows: i64,
    /// When the present transaction was asked for. Waiting for others makes it long, too: then fewer rows are taken.
    began: Instant,
}

impl Pace {
    const LEAST_ROWS: i64 = 50;
    const MOST_ROWS: i64 = 20_000;
    /// How long a transaction takes where everybody who writes waits for it, and elsewhere.
    const ALONE: Duration = Duration::from_millis(8);
    const BESIDE_OTHERS: Duration = Duration::from_millis(50);
    /// Whoever waits on SQLite looks again in this time.
    const PAUSE: Duration = Duration::from_millis(2);

    pub fn of(store: &Store) -> Self {
        Self { one_writer: store.has_one_writer(), rows: 500, began: Instant::now() }
    }

    pub fn begin(&mut self) {
        self.began = Instant::now();
    }

    pub async fn committed(&mut self) {
        let due = if self.one_writer { Self::ALONE } else { Self::BESIDE_OTHERS };
        let took = self.began.elapsed();
        if took > due {
            self.rows = (self.rows * 3 / 4).max(Self::LEAST_ROWS);
        } else if took < due * 3 / 4 {
            self.rows = (self.rows * 5 / 4).min(Self::MOST_ROWS);
        }
        if self.one_writer {
            tokio::time::sleep(Self::PAUSE).await;
        }
    }
}
