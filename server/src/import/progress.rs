//! How far an import is, told while it goes on.

/// Is told how far an import is.
pub trait Progress: Send + Sync {
    /// So many rows of the file have been read.
    fn read(&self, rows: u64);
    /// The file has been read, and is checked as a whole.
    fn check(&self);
    /// So many of the rows that change something are applied.
    fn apply(&self, applied: u64, changes: u64);
}

/// Nobody watches.
pub struct Unwatched;

impl Progress for Unwatched {
    fn read(&self, _rows: u64) {}

    fn check(&self) {}

    fn apply(&self, _applied: u64, _changes: u64) {}
}
