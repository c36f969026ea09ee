//! What is peculiar to SQLite: it has one writer at a time, and a file. Where that is moved, deleted or replaced, connections would go
//! on writing into one that nobody sees.

use sqlx::{Any, AnyPool, Transaction};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

/// How long a writer waits for others.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);
/// How long it waits before it looks again.
const LOOK: Duration = Duration::from_millis(1);
/// SQLite's own waiting looks again after ever longer pauses, up to a tenth of a second: whoever writes all the time in short transactions,
/// as an import does, would be let in before those who wait longest.
const BEGIN: &str = "PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; PRAGMA busy_timeout = 5000;";
/// The code of a database that somebody else writes to.
const BUSY: &str = "5";

/// Begins a transaction that will write.
pub(super) async fn begin(pool: &AnyPool) -> Result<Transaction<'static, Any>, sqlx::Error> {
    let asked = Instant::now();
    loop {
        match pool.begin_with(BEGIN).await {
            Err(sqlx::Error::Database(found))
                if found.code().as_deref() == Some(BUSY) && asked.elapsed() < LOCK_TIMEOUT =>
            {
                tokio::time::sleep(LOOK).await;
            }
            begun => return begun,
        }
    }
}

/// Device and inode; nothing while there is no file.
type Identity = Option<(u64, u64)>;

/// Tells connections to the present file from those to one that was there before.
#[derive(Clone)]
pub(super) struct FileWatch {
    file: PathBuf,
    /// Which file it is, and when that was first seen.
    seen: Arc<Mutex<(Identity, Instant)>>,
}

impl FileWatch {
    pub fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), seen: Arc::new(Mutex::new((identity(file), Instant::now()))) }
    }

    /// Returns whether a connection of this age was opened on the file that is there now.
    pub fn is_current(&self, age: Duration) -> bool {
        let Ok(mut seen) = self.seen.lock() else { return false };
        let now = identity(&self.file);
        if now != seen.0 {
            tracing::error!(
                event = "database_file_replaced",
                there = now.is_some(),
                "the database file was moved or replaced"
            );
            *seen = (now, Instant::now());
        }
        now.is_some() && age <= seen.1.elapsed()
    }
}

fn identity(file: &Path) -> Identity {
    std::fs::metadata(file).ok().map(|file| (file.dev(), file.ino()))
}
