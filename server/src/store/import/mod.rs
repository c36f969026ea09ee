//! The contracts file in the database: staged, checked, compared, kept, applied.
//!
//! Staging is done on a connection of its own, in temporary tables: it locks nothing and leaves nothing. What differs from the stored
//! rows is then kept in `import_changes` and applied in short transactions. Here it matters which database it is: PostgreSQL takes
//! rows by `COPY`, SQLite by prepared statements of many rows, and SQLite has one writer at a time.

mod apply;
mod changes;
mod checks;
mod columns;
mod copy;
mod lock;
mod staging;
mod state;

pub use apply::{AddressChange, Applied, Batch};
pub use checks::CheckedStaging;
pub use columns::{FileColumn, StagedRow};
pub use staging::{Chunk, Clash, StagedFault, Staging};
pub use state::{ImportMove, ImportRow, ImportState};

use super::Store;
use staging::Connection;

impl Store {
    /// Returns whether writers of this database have to wait for one another.
    #[must_use]
    pub fn has_one_writer(&self) -> bool {
        self.is_sqlite()
    }
}

impl Staging {
    fn is_postgres(&self) -> bool {
        matches!(self.connection, Connection::Postgres(_))
    }
}
