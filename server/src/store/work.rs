//! How much work the database is given: what the use cases cost can be counted, and held by a test.

use sqlx::{Any, AnyConnection, Transaction};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::Span;

/// Since the store was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Without the beginnings and ends of transactions.
    pub statements: u64,
    pub transactions: u64,
    /// Transactions that were committed. Where nothing was written a commit costs next to nothing.
    pub commits: u64,
}

#[derive(Debug, Default)]
struct Counts {
    statements: AtomicU64,
    transactions: AtomicU64,
    commits: AtomicU64,
}

/// Counts for a store.
#[derive(Clone, Debug, Default)]
pub(super) struct Work(Arc<Counts>);

impl Work {
    pub fn done(&self) -> WorkDone {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        WorkDone {
            statements: read(&self.0.statements),
            transactions: read(&self.0.transactions),
            commits: read(&self.0.commits),
        }
    }

    pub fn begun(&self, transaction: Transaction<'static, Any>, writes: bool, span: Span) -> Counted {
        self.0.transactions.fetch_add(1, Ordering::Relaxed);
        Counted { transaction, writes, work: self.clone(), _span: span }
    }
}

/// A transaction that counts: whoever takes its connection does so for one statement.
#[derive(Debug)]
pub(super) struct Counted {
    transaction: Transaction<'static, Any>,
    /// Whether it was begun to write, and is alone in that on SQLite.
    pub writes: bool,
    work: Work,
    /// Ends with it.
    _span: Span,
}

impl Counted {
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await?;
        self.work.0.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

impl Deref for Counted {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Counted {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        self.work.0.statements.fetch_add(1, Ordering::Relaxed);
        &mut self.transaction
    }
}
