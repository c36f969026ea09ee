//! The SQLite file that connections were opened on. Where it is moved, deleted or replaced, they would go on writing into a file
//! that nobody sees.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::Instant;

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
