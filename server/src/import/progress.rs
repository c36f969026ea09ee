//! How far an import is, told while it goes on.

use super::report::Report;

/// Is told how far an import is.
pub trait Progress: Send + Sync {
    /// So many rows of the file have been read.
    fn read(&self, rows: u64);
    /// The file has been read, and is checked as a whole.
    fn check(&self);
    /// So many of the rows that change something are applied.
    fn apply(&self, applied: u64, changes: u64);
    /// An earlier import that was interrupted is finished now, which is not the one that was asked for.
    fn finish_interrupted(&self, report: &Report);
}

/// Nobody watches: what has to be known all the same is logged.
pub struct Unwatched;

impl Progress for Unwatched {
    fn read(&self, _rows: u64) {}

    fn check(&self) {}

    fn apply(&self, _applied: u64, _changes: u64) {}

    fn finish_interrupted(&self, report: &Report) {
        let Report { rows, changes, user_ids_kept, .. } = *report;
        tracing::info!(
            event = "import_finished",
            rows,
            changes,
            user_ids_kept,
            "an import that was interrupted is finished"
        );
        for kept in &report.kept {
            tracing::warn!(event = "user_id_kept", row = %kept, "an account kept its user ID");
        }
    }
}
