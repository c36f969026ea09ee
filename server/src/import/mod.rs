//! The insurer's contracts, from a CSV file into the store. The command `nirin contracts import`, the rehearsal and the tests
//! use it.
//!
//! The file is read a line at a time and written in one transaction, which is committed only when not one row is bad.
//! `lines` cuts the file into rows, `row` and `values` know what they mean, `report` is what is told afterwards. What
//! remains here needs more than one row: that they agree with each other and with what is stored.
//!
//! In memory stays one line, and each contract's and customer's id with its line number.

mod lines;
mod report;
mod row;
#[cfg(test)]
mod tests;
mod values;

pub use report::{BadRow, Fault, ImportError, Report};

use crate::clock::Clock;
use crate::rng::Rng;
use crate::secret::Keys;
use crate::store::{Actor, AuditEntry, AuditEvent, CustomerId, Reference, Store, Stored, Tx};
use crate::use_cases::registered_address;
use crate::use_cases::requests::RequestDesk;
use lines::{Line, Lines};
use row::{Columns, Row};
use rules::user_id::UserId;
use std::collections::{BTreeMap, HashMap};

/// What an import works with.
pub struct Importer<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub rng: &'a (dyn Rng + 'static),
    /// The server's keys. Where there are none yet, nobody has asked for anything in the portal either.
    pub keys: Option<&'a Keys>,
    /// Stands in the audit log.
    pub actor: Actor<'a>,
}

impl Importer<'_> {
    /// Adds the contracts of a CSV file and brings those up to date that are known by their id; what the file does not
    /// name stays as it is. All rows or none: with a bad row, or with `dry_run`, nothing is changed. Requests of the portal that
    /// the contracts then show to be carried out are done. Columns: `docs/contracts.md`.
    ///
    /// The database is written to as long as the reading lasts; SQLite lets nobody else write meanwhile.
    ///
    /// # Errors
    /// The file cannot be read, its first line does not name the columns, or the database fails. Bad rows are no error:
    /// they stand in the [`Report`].
    pub async fn run(&self, from: impl std::io::Read, dry_run: bool) -> Result<Report, ImportError> {
        let mut lines = Lines::new(from);
        let header = lines.next()?.ok_or(ImportError::Empty)?;
        let columns = Columns::read(&header.values.map_err(|fault| ImportError::Header(fault.why))?)?;

        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let mut run = Run { columns, now, ..Run::default() };
        while let Some(line) = lines.next()? {
            run.line(&mut tx, &line).await?;
        }
        let mut report = run.finish();
        if report.bad_total == 0 && !dry_run {
            let detail = format!("{} contracts of {} customers", report.contracts, report.customers);
            let no_reference = Reference::default();
            let event = AuditEvent::ContractsImported;
            let entry = AuditEntry { detail: &detail, ..AuditEntry::new(event, self.actor, &no_reference) };
            tx.audit(&self.rng.id(), &entry, now).await?;
            tx.commit().await?;
            if let Some(keys) = self.keys {
                let desk = RequestDesk { keys, rng: self.rng, actor: Actor::Server };
                report.requests_done = desk.complete_imported(self.store, now).await?;
            }
        }
        Ok(report)
    }
}

/// What is known while the file is read.
#[derive(Default)]
struct Run {
    columns: Columns,
    now: i64,
    /// Contract ids in the file, good row or bad, with their line.
    contracts: HashMap<String, u64>,
    /// Customers that were put, with the line they were first on.
    customers: HashMap<CustomerId, u64>,
    /// Contracts that were stored with a number which a row now claims. Right if their own row comes later and leaves
    /// it to the other (two contracts may swap numbers), wrong if it never comes.
    reassigned: HashMap<String, Vec<Claim>>,
    report: Report,
}

/// Which row claims a stored contract's number, and in which column.
struct Claim {
    line: u64,
    column: &'static str,
}

impl Run {
    async fn line(&mut self, tx: &mut Tx, line: &Line) -> Stored<()> {
        self.report.rows += 1;
        let mut faults = match &line.values {
            Err(fault) => vec![fault.clone()],
            Ok(values) => {
                let repeated = self.record(self.columns.value(values, "contract_id"), line.number);
                match Row::parse(&self.columns, values) {
                    Ok(row) if repeated.is_none() => self.put(tx, line.number, &row).await?,
                    Ok(_) => repeated.into_iter().collect(),
                    Err(faults) => repeated.into_iter().chain(faults).collect(),
                }
            }
        };
        if faults.is_empty() {
            self.report.contracts += 1;
        } else {
            faults.sort_by_key(|fault| self.columns.place(fault.column));
            self.report.add(line.number, faults);
        }
        Ok(())
    }

    /// Notes that the file has a row for this contract, even if the row turns out bad.
    fn record(&mut self, contract_id: &str, line: u64) -> Option<Fault> {
        if contract_id.is_empty() {
            return None;
        }
        self.reassigned.remove(contract_id);
        let first = *self.contracts.entry(contract_id.to_owned()).or_insert(line);
        (first != line).then(|| Fault::new("contract_id", format!("has a row already, on line {first}")))
    }

    async fn put(&mut self, tx: &mut Tx, line: u64, row: &Row) -> Stored<Vec<Fault>> {
        match self.customers.get(&row.customer.id) {
            Some(first) => {
                let faults = disagreements(tx, row, *first).await?;
                if !faults.is_empty() {
                    return Ok(faults);
                }
            }
            None => {
                let known = tx.customer(&row.customer.id).await?;
                tx.put_customer(&row.customer, &row.phones, self.now).await?;
                self.customers.insert(row.customer.id.clone(), line);
                if let Some(fault) = self.apply_email_change(tx, row, known.and_then(|known| known.email_key)).await? {
                    return Ok(vec![fault]);
                }
            }
        }
        let mut faults = Vec::new();
        let mut claims = Vec::new();
        for (column, number) in row.numbers() {
            // Taken away beforehand, for a refused INSERT would end the transaction on PostgreSQL.
            if let Some(other) = tx.take_number(number, &row.contract.id).await? {
                match self.contracts.get(&other) {
                    Some(first) => {
                        faults.push(Fault::new(column, format!("is that of contract {other} too, on line {first}")))
                    }
                    None => claims.push((other, Claim { line, column })),
                }
            }
        }
        if faults.is_empty() {
            for (other, claim) in claims {
                self.reassigned.entry(other).or_default().push(claim);
            }
        }
        // Also with a fault, so that a third row with the same number is told: nothing of it will be committed.
        tx.put_contract(&row.contract, self.now).await?;
        Ok(faults)
    }

    /// A registered address that changes takes the account's user ID along. One that is taken away leaves it: the account would
    /// have none.
    async fn apply_email_change(&mut self, tx: &mut Tx, row: &Row, known: Option<String>) -> Stored<Option<Fault>> {
        let Some(address) = row.customer.email.as_deref().and_then(|email| UserId::parse(email).ok()) else {
            return Ok(None);
        };
        let account = tx.account_of(&row.customer.id).await?;
        let before = account.as_ref().map(|account| account.user_key.clone()).or(known);
        if before.is_none_or(|before| before == address.key()) {
            return Ok(None);
        }
        if account.is_some() && registered_address::is_taken(tx, &row.customer.id, &address).await? {
            return Ok(Some(Fault::new("email", "is the user ID of another customer's account".to_owned())));
        }
        registered_address::apply_email_change(tx, &row.customer.id, account.as_ref(), &address, self.now).await?;
        self.report.user_ids_changed += u64::from(account.is_some());
        Ok(None)
    }

    fn finish(mut self) -> Report {
        let mut late: BTreeMap<u64, Vec<Fault>> = BTreeMap::new();
        for (other, claims) in self.reassigned {
            for Claim { line, column } in claims {
                let why = format!("is that of contract {other} already, which is not in this file");
                late.entry(line).or_default().push(Fault::new(column, why));
            }
        }
        for (line, faults) in late {
            self.report.contracts -= 1;
            self.report.add(line, faults);
        }
        self.report.bad.sort_by_key(|bad| bad.line);
        self.report.customers = self.customers.len() as u64;
        self.report
    }
}

/// Where a row says something else about its customer than the row on line `first` did.
async fn disagreements(tx: &mut Tx, row: &Row, first: u64) -> Stored<Vec<Fault>> {
    let known = tx.customer(&row.customer.id).await?;
    let same =
        |agrees: fn(&crate::store::CustomerRow, &Row) -> bool| known.as_ref().is_some_and(|known| agrees(known, row));
    let checks = [
        ("kana", same(|known, row| known.kana == row.customer.kana)),
        ("phones", tx.phones(&row.customer.id).await? == row.phones),
        ("email", same(|known, row| known.email_key == row.customer.email_key)),
    ];
    let differs = |column| Fault::new(column, format!("is not what line {first} says about the same customer"));
    Ok(checks.into_iter().filter(|(_, same)| !same).map(|(column, _)| differs(column)).collect())
}
