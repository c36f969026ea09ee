//! The contracts file in the database: staged, checked, compared, kept, applied.
//!
//! An import has a connection of its own. What it stages there locks nothing: temporary tables on PostgreSQL, a file beside the database
//! on SQLite. What differs from the stored rows is kept and applied in short transactions. Here it matters which database it is: PostgreSQL
//! takes rows by `COPY`, SQLite by prepared statements of many rows, and SQLite has one writer at a time.

mod apply;
mod changes;
mod checks;
mod columns;
mod connection;
mod copy;
mod faults;
mod lock;
mod rows_file;
mod staging;
mod state;

pub use apply::{AddressChange, Applied, AppliedNumbers, Batch};
pub use checks::CheckedStaging;
pub use columns::{FileColumn, StagedRow};
pub use faults::{Chunk, FaultKind, StagedFault};
pub use staging::Staging;
pub use state::{ImportMove, ImportRow, ImportState};

use super::Store;

impl Store {
    /// Returns whether writers of this database have to wait for one another.
    #[must_use]
    pub fn has_one_writer(&self) -> bool {
        self.is_sqlite()
    }
}
