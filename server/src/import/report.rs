//! What an import tells: how much there was, and which rows are bad and why. No values of customers: a report is mailed
//! around.

use crate::store::{FileColumn, ImportRow, StoreError};
use std::fmt;

/// The outcome of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows below the header, bad ones included.
    pub rows: u64,
    /// Different customers in good rows.
    pub customers: u64,
    /// Good rows: each is one contract.
    pub contracts: u64,
    /// Rows that differ from what was stored before: only these are written.
    pub changes: u64,
    /// Customers whose account got another user ID, as their address has changed.
    pub user_ids_changed: u64,
    /// Customers whose account kept its user ID, because somebody else had taken the new address meanwhile.
    pub user_ids_kept: u64,
    /// Their rows, as far as this run has come by them; at most [`Report::LISTED`].
    pub kept: Vec<BadRow>,
    /// Requests of the portal that are done, as the contracts now show what was asked for.
    pub requests_done: u64,
    /// The first bad rows by line, at most [`Report::LISTED`].
    pub bad: Vec<BadRow>,
    /// All bad rows. Not zero: nothing was changed.
    pub bad_total: u64,
}

/// One row that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Line in the file; the header is line 1.
    pub line: u64,
    /// Everything that is wrong with it, in the order of the columns.
    pub faults: Vec<RowFault>,
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The column, where it is not the whole row.
    pub column: Option<FileColumn>,
    /// Why, in English, as a continuation of the column's name.
    pub why: String,
}

impl Report {
    /// Bad rows that are listed; the others are only counted.
    pub const LISTED: usize = 100;

    /// What an import did that is at its end.
    pub(super) fn of(import: &ImportRow) -> Self {
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        Self {
            rows: number(import.rows_read),
            customers: number(import.customers),
            contracts: number(import.contracts),
            changes: number(import.changes),
            user_ids_changed: number(import.user_ids_changed),
            user_ids_kept: number(import.user_ids_kept),
            ..Self::default()
        }
    }
}

impl RowFault {
    pub(super) fn new(column: FileColumn, why: impl Into<String>) -> Self {
        Self { column: Some(column), why: why.into() }
    }

    /// The row as a whole is wrong.
    pub(super) fn of_row(why: impl Into<String>) -> Self {
        Self { column: None, why: why.into() }
    }
}

/// `kana contains “太”, a kanji`
impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.column.map_or("row", FileColumn::as_str), self.why)
    }
}

/// `line 7: kana contains “太”, a kanji; email has no @`
impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}:", self.line)?;
        for (nth, fault) in self.faults.iter().enumerate() {
            write!(f, "{} {fault}", if nth == 0 { "" } else { ";" })?;
        }
        Ok(())
    }
}

/// Why a file could not be looked at row by row, or not be stored.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Reading stopped.
    #[error("the file cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// Not even a header.
    #[error("the file is empty; its first line must name the columns")]
    Empty,
    /// The first line is not a row of names.
    #[error("the first line {0}")]
    Header(String),
    /// A column that nobody would read.
    #[error("unknown column `{0}`")]
    UnknownColumn(String),
    /// Two columns of one name.
    #[error("duplicate column `{}`", .0.as_str())]
    ColumnTwice(FileColumn),
    /// Columns that must be there, even if they were empty.
    #[error("missing columns: {0}")]
    MissingColumns(String),
    /// Two imports at once would undo each other.
    #[error("another import is running")]
    Busy,
    /// The lock was lost with its connection while the changes were applied, and somebody else has brought them to their end.
    #[error(
        "the connection that kept other imports away was lost, and another import or a start of the server has finished this one: \
         its changes are applied"
    )]
    Overtaken,
    /// Likewise, while nothing was changed yet.
    #[error(
        "the connection that kept other imports away was lost, and another import has begun meanwhile: nothing of this file was \
         changed; import it again"
    )]
    Displaced,
    /// What was left to apply is gone.
    #[error(
        "an import was interrupted while it was applied, and its rows are not beside the database any more, as after a restore: import \
         its file again"
    )]
    Gone,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
