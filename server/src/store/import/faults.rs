//! A part of the file as it is handed over, and what is wrong with its rows.

use super::columns::{FileColumn, StagedRow};

/// What is wrong with a row: a value by its own rule, or the row beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedFault {
    pub line: i64,
    /// The column at which it is reported, where it is not the whole row.
    pub column: Option<FileColumn>,
    pub kind: FaultKind,
    /// The other contract, or why a value is wrong.
    pub detail: String,
    /// The line of the other row, or 0.
    pub other_line: i64,
}

rules::words! {
    /// The kinds of faults.
    FaultKind {
        /// A value breaks its own rule.
        Value = "value",
        /// The contract has a row already.
        ContractTwice = "contract-twice",
        /// Another row says something else about the same customer.
        CustomerDiffers = "customer-differs",
        /// The number is that of another contract in the file.
        NumberTwice = "number-twice",
        /// The number is that of a stored contract, which the file does not name.
        NumberStored = "number-stored",
        /// The address is the user ID of another customer's account.
        AddressTaken = "address-taken",
    }
}

/// A part of the file.
#[derive(Default)]
pub struct Chunk {
    pub rows: Vec<StagedRow>,
    /// Bad rows, of which at least the contract's id could be read.
    pub bad: Vec<(i64, String)>,
    pub faults: Vec<StagedFault>,
}
