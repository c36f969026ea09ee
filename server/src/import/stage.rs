//! Reads the file into the staging tables, some rows at a time. What is wrong with a row by itself is found here, on a thread of its
//! own, while the database takes the rows before.

use super::lines::{Line, Lines};
use super::report::{ImportError, RowFault};
use super::row::{Columns, Row};
use super::values::identifier;
use super::{Progress, Report};
use crate::store::{Chunk, FaultKind, FileColumn, StagedFault, StagedRow, Staging};
use std::io::Read;
use tokio::sync::mpsc::{Sender, channel};

/// Rows that are handed over at once.
const CHUNK: usize = 2_000;
/// Parts that wait for the database.
const AHEAD: usize = 2;

/// What is told where an address cannot become the user ID.
pub(super) const ADDRESS_TAKEN: &str = "is the user ID of another customer's account";

/// A file whose first line has been read.
pub(super) struct ContractsFile<R> {
    pub columns: Columns,
    lines: Lines<R>,
}

impl<R: Read> ContractsFile<R> {
    pub fn open(from: R) -> Result<Self, ImportError> {
        let mut lines = Lines::new(from);
        let header = lines.next()?.ok_or(ImportError::Empty)?;
        let columns = Columns::read(&header.values.map_err(|fault| ImportError::Header(fault.why))?)?;
        Ok(Self { columns, lines })
    }

    /// Reads the rest, and hands it over in parts, each with how many rows have been read. It ends early where nobody takes them.
    fn read(mut self, parts: &Sender<(Chunk, u64)>) -> std::io::Result<()> {
        let (mut rows, mut chunk) = (0, Chunk::default());
        while let Some(line) = self.lines.next()? {
            rows += 1;
            add(&mut chunk, &self.columns, line);
            if chunk.rows.len() + chunk.bad.len() + chunk.faults.len() >= CHUNK
                && parts.blocking_send((std::mem::take(&mut chunk), rows)).is_err()
            {
                return Ok(());
            }
        }
        // Nobody takes it where the import has ended.
        let _ = parts.blocking_send((chunk, rows));
        Ok(())
    }
}

/// Stages every row of the file. Returns how many there are.
pub(super) async fn stage(
    staging: &mut Staging,
    file: ContractsFile<impl Read + Send + 'static>,
    progress: &dyn Progress,
) -> Result<u64, ImportError> {
    let (sender, mut parts) = channel(AHEAD);
    let reading = tokio::task::spawn_blocking(move || file.read(&sender));
    let mut rows = 0;
    while let Some((chunk, read)) = parts.recv().await {
        staging.put(&chunk).await?;
        rows = read;
        progress.read(rows);
    }
    reading.await.map_err(std::io::Error::other)??;
    Ok(rows)
}

fn add(chunk: &mut Chunk, columns: &Columns, line: Line) {
    let number = i64::try_from(line.number).unwrap_or(i64::MAX);
    let faults = match line.values {
        Err(fault) => vec![fault],
        Ok(values) => match Row::parse(columns, &values) {
            Ok(Row { customer, phones, contract }) => {
                return chunk.rows.push(StagedRow { line: number, customer, phones, contract });
            }
            Err(faults) => {
                if let Ok(id) = identifier(columns.value(&values, FileColumn::ContractId)) {
                    chunk.bad.push((number, id));
                }
                faults
            }
        },
    };
    chunk.faults.extend(faults.into_iter().map(|fault| StagedFault {
        line: number,
        column: fault.column,
        kind: FaultKind::Value,
        detail: fault.why,
        other_line: 0,
    }));
}

/// Lists the faults that were found, those of a row in the order of its columns.
pub(super) fn list(report: &mut Report, columns: &Columns, faults: Vec<StagedFault>) {
    for fault in faults {
        let line = u64::try_from(fault.line).unwrap_or_default();
        let told = told(fault);
        match report.bad.last_mut().filter(|bad| bad.line == line) {
            Some(bad) => bad.faults.push(told),
            None => report.bad.push(super::BadRow { line, faults: vec![told] }),
        }
    }
    for bad in &mut report.bad {
        // A fault of the whole row comes first.
        bad.faults.sort_by_key(|fault| fault.column.and_then(|column| columns.place(column)));
    }
}

fn told(fault: StagedFault) -> RowFault {
    let StagedFault { column, kind, detail, other_line, .. } = fault;
    let why = match kind {
        FaultKind::Value => detail,
        FaultKind::ContractTwice => format!("has a row already, on line {other_line}"),
        FaultKind::CustomerDiffers => format!("is not what line {other_line} says about the same customer"),
        FaultKind::NumberTwice => format!("is that of contract {detail} too, on line {other_line}"),
        FaultKind::NumberStored => format!("is that of contract {detail} already, which is not in this file"),
        FaultKind::AddressTaken => ADDRESS_TAKEN.to_owned(),
    };
    RowFault { column, why }
}
