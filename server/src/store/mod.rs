//! All SQL. SQLite and PostgreSQL share one text, and only this module knows which of the two is used.
//!
//! A use case opens a [`Tx`], calls its verbs and commits; dropped without a commit, nothing happened.
//! What can be used once is consumed by one conditional UPDATE, which returns the row that it took.

mod accounts;
mod assets;
mod audit;
mod codes;
mod contracts;
mod counters;
mod flows;
mod followed;
mod ids;
mod import;
mod links;
mod mailbox;
mod name_keys;
mod outbox;
mod outbox_kind;
mod postgres;
mod purge;
mod readiness;
#[cfg(feature = "rehearsal")]
mod rehearsal;
mod reminders;
mod requests;
mod sessions;
mod sqlite;
mod words;
mod work;

pub use accounts::{AccountRow, Rehash};
pub use assets::AssetName;
pub use audit::{Actor, AuditEntry, AuditEvent, AuditRow};
pub use codes::CodeRow;
pub use contracts::{ContractRow, CustomerRow, IdentityKeys};
pub use counters::{CounterRow, NamedCounter};
pub use flows::{FlowMove, FlowRow};
pub use followed::{FollowedFlow, FollowedSession};
pub use ids::{
    AccountId, BrowserId, CodeId, CustomerId, FlowId, ImportId, LinkId, MailId, Reference, SessionId, TokenHash,
};
pub use import::{
    AddressChange, Applied, AppliedNumbers, Batch, CheckedStaging, Chunk, FaultKind, FileColumn, ImportMove, ImportRow,
    ImportState, StagedFault, StagedRow, Staging,
};
pub use links::{LinkRow, Revocation};
pub use mailbox::MailboxRow;
pub use mails::MailKind;
pub use outbox::{Claim, MailState, OutboxRow, Postponement, WaitingMails};
pub use outbox_kind::OutboxKind;
pub use purge::Purgeable;
#[cfg(feature = "rehearsal")]
pub use rehearsal::{ArrivedMail, MailFilter};
pub use reminders::{ContractToRemind, NewReminder};
pub use requests::{DraftRow, RequestFilter, RequestHistoryRow, RequestMove, RequestRow};
pub use sessions::{SessionEnd, SessionRow};
pub use work::WorkDone;

use crate::config::{StoreSettings, check_private};
use crate::traces;
use postgres::Writable;
use readiness::LastCheck;
use sqlite::FileWatch;
use sqlx::any::AnyPoolOptions;
use sqlx::{Any, AnyPool, Connection as _, Database as _, Executor as _, Transaction};
use std::time::Duration;
use tracing::Instrument as _;
use work::{Counted, Work};

/// An error of the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused a statement or did not answer.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be updated.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// An SQLite file, its folder or a file beside it could not be made, read or written.
    #[error("database file: {0}")]
    File(#[from] std::io::Error),
    /// Other users of the machine have access to the SQLite file.
    #[error("store.url: {0}")]
    Open(std::io::Error),
    /// PgBouncer shares its connections by transaction.
    #[error(
        "store.url: there is a PgBouncer in transaction mode in front of PostgreSQL, which gives each transaction another \
         session; set pool_mode = session for this database, or connect to PostgreSQL itself"
    )]
    TransactionPooling,
    #[error(
        "store.url: there is a PgBouncer in front of PostgreSQL that does not take the usual start of a session; set \
         ignore_startup_parameters = extra_float_digits in its configuration"
    )]
    PoolerStartup,
}

impl StoreError {
    /// Returns whether a unique key was violated, because somebody else was first.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Database(sqlx::Error::Database(found)) if found.is_unique_violation())
    }
}

/// A result from the store.
pub type Stored<T> = Result<T, StoreError>;

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
    sqlite: bool,
    last_check: LastCheck,
    work: Work,
}

/// How busy the pool of connections is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolLoad {
    pub open: usize,
    pub idle: usize,
}

/// A statement that reads one row, and the same statement locking the row until the transaction ends. On SQLite only one transaction that
/// writes is under way, so there the row is locked already. A lock that writes nothing costs PostgreSQL no copy of the row.
macro_rules! locking {
    ($select:literal) => {
        [$select, concat!($select, " FOR NO KEY UPDATE")]
    };
}
use locking;

/// A transaction. Without [`Tx::commit`] nothing is changed.
#[derive(Debug)]
pub struct Tx(Counted);

impl Store {
    /// Connects, making the SQLite file where there is none.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn open(settings: &StoreSettings) -> Stored<Self> {
        sqlx::any::install_default_drivers();
        let mut url = settings.url.clone();
        let sqlite = settings.file().is_some();
        if let Some(file) = settings.file() {
            if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                tokio::fs::create_dir_all(folder).await?;
            }
            // For its owner alone; what SQLite puts beside it takes the same mode.
            let mut options = tokio::fs::OpenOptions::new();
            options.append(true).create(true).mode(0o600).open(file).await?;
            check_private(file).map_err(StoreError::Open)?;
            if !url.contains('?') {
                // The file was made above. Where it goes missing later, an empty one in its place would hide that.
                url.push_str("?mode=rw");
            }
        } else {
            postgres::refuse_transaction_pooling(&url).await?;
        }
        let (watch, writable) = (settings.file().map(FileWatch::new), Writable::default());
        let pool = AnyPoolOptions::new()
            .max_connections(settings.connections)
            .acquire_timeout(Duration::from_secs(5))
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if sqlite {
                        // A commit that was acknowledged survives kill -9 and a crash of the machine.
                        connection
                            .execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;")
                            .await?;
                    }
                    Ok(())
                })
            })
            // A query of our own tells as much on PostgreSQL.
            .test_before_acquire(sqlite)
            .before_acquire(move |connection, about| {
                let current = watch.as_ref().map(|watch| watch.is_current(about.age));
                let doubted = writable.is_doubted(&about).then(|| writable.clone());
                Box::pin(async move {
                    match (current, doubted) {
                        // A commit that failed for want of room leaves a connection that no transaction can begin on.
                        (Some(current), _) => Ok(current && !connection.is_in_transaction()),
                        (None, Some(writable)) => writable.takes_writes(connection).await,
                        (None, None) => Ok(true),
                    }
                })
            })
            .connect(&url)
            .await?;
        Ok(Self { pool, sqlite, last_check: LastCheck::default(), work: Work::default() })
    }

    const fn is_sqlite(&self) -> bool {
        self.sqlite
    }

    /// Updates the schema, and then the columns that are computed from others.
    ///
    /// # Errors
    /// A migration failed.
    pub async fn migrate(&self) -> Stored<()> {
        sqlx::migrate!("./migrations").run(&self.pool).await?;
        self.renew_name_keys().await
    }

    /// Opens a transaction that will write.
    ///
    /// # Errors
    /// The database does not answer, or is locked for too long.
    pub async fn begin(&self) -> Stored<Tx> {
        let span = traces::transaction();
        let begin =
            async { if self.sqlite { sqlite::begin(&self.pool).await } else { self.begin_with("BEGIN").await } };
        let begun = begin.instrument(span.clone()).await?;
        Ok(Tx(self.work.begun(begun, true, span)))
    }

    /// Opens a transaction that will write, and that another one follows before anybody is told what it did. PostgreSQL does not wait
    /// for the disk when it is committed: others see it at once, and the commit of the other one brings both there.
    ///
    /// # Errors
    /// The database does not answer, or is locked for too long.
    pub async fn begin_followed(&self) -> Stored<Tx> {
        if self.sqlite {
            return self.begin().await;
        }
        let span = traces::transaction();
        let begin = self.begin_with("BEGIN; SET LOCAL synchronous_commit TO OFF");
        let begun = begin.instrument(span.clone()).await?;
        Ok(Tx(self.work.begun(begun, true, span)))
    }

    /// Opens a transaction that only reads.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin_read(&self) -> Stored<Tx> {
        let span = traces::transaction();
        let begun = self.begin_with("BEGIN").instrument(span.clone()).await?;
        Ok(Tx(self.work.begun(begun, false, span)))
    }

    /// Begins on a connection of the pool; those that have died meanwhile are left behind.
    async fn begin_with(&self, statement: &'static str) -> Result<Transaction<'static, Any>, sqlx::Error> {
        let mut others = self.pool.size();
        loop {
            match self.pool.begin_with(statement).await {
                Err(found) if others > 0 && postgres::is_gone(&found) => others -= 1,
                begun => return begun,
            }
        }
    }

    /// Returns how busy the pool of connections is.
    #[must_use]
    pub fn pool_load(&self) -> PoolLoad {
        PoolLoad { open: self.pool.size() as usize, idle: self.pool.num_idle() }
    }

    /// Returns how much work the database was given so far.
    #[must_use]
    pub fn work_done(&self) -> WorkDone {
        self.work.done()
    }

    /// Waits until every connection is given back and closed.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

impl Tx {
    /// Commits the transaction.
    ///
    /// # Errors
    /// The database could not commit.
    pub async fn commit(self) -> Stored<()> {
        Ok(self.0.commit().await?)
    }

    /// Returns the one of the two statements of `locking!` that locks a row on this database, in a transaction of [`Store::begin`].
    fn locking(&self, [plain, locked]: [&'static str; 2]) -> &'static str {
        debug_assert!(self.0.writes, "on SQLite a transaction that only reads locks nothing");
        if self.is_sqlite() { plain } else { locked }
    }

    fn is_sqlite(&self) -> bool {
        self.0.backend_name() == sqlx::Sqlite::NAME
    }
}
