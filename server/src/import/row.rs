//! What one row of the file means, as far as no second row is needed to judge it. The rule of each single value is in
//! `values`.
//!
//! The columns and their rules are told in `docs/contracts.md`.

use super::dates::{date, month};
use super::report::{ImportError, RowFault};
use super::values::{email, identifier, kana, number, optional, phones, status, text, whole};
use crate::store::{CONTRACT_COLUMNS, ContractRow, CustomerId, CustomerRow};
use csv::StringRecord;
use rules::UserId;

/// The columns of a customer, and of what is theirs. Those of a contract are the store's.
const CUSTOMER: [&str; 5] = ["contract_id", "customer_id", "kana", "phones", "email"];

/// The columns that a file may have, in any order, each with whether it may be left out.
fn known_columns() -> impl Iterator<Item = (&'static str, bool)> {
    let needed = CUSTOMER.into_iter().chain(ContractRow::NUMBERS).map(|name| (name, false));
    needed.chain(CONTRACT_COLUMNS.map(|column| (column.name, column.is_optional)))
}

/// Returns the column with this name.
fn known(name: &str) -> Option<&'static str> {
    known_columns().map(|(known, _)| known).find(|column| *column == name)
}

/// Where each of the columns stands in this file.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns(Vec<&'static str>);

/// A row that is right in itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub customer: CustomerRow,
    /// Different ones, sorted, digits only.
    pub phones: Vec<String>,
    pub contract: ContractRow,
}

impl Columns {
    /// Reads the header.
    pub fn read(header: &StringRecord) -> Result<Self, ImportError> {
        let mut found: Vec<&'static str> = Vec::new();
        let named = (1..=header.len()).rev().find(|count| !header[count - 1].is_empty()).unwrap_or_default();
        // Empty columns at the end are what a spreadsheet left.
        for name in header.iter().take(named) {
            let column = known(name).ok_or_else(|| ImportError::UnknownColumn(name.chars().take(40).collect()))?;
            if found.contains(&column) {
                return Err(ImportError::ColumnTwice(column));
            }
            found.push(column);
        }
        let missing = known_columns().filter(|(name, is_optional)| !is_optional && !found.contains(name));
        let missing: Vec<&str> = missing.map(|(name, _)| name).collect();
        if missing.is_empty() { Ok(Self(found)) } else { Err(ImportError::MissingColumns(missing.join(", "))) }
    }

    /// Returns a column by its name, or what stands for the row as a whole.
    pub fn named(name: &str) -> &'static str {
        known(name).unwrap_or(RowFault::ROW)
    }

    /// Which column from the left, from 0; a fault of the whole row comes first.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.0.iter().position(|name| *name == column)
    }

    /// A row's value, empty where the row is too short or the file has no such column.
    pub fn value<'r>(&self, values: &'r StringRecord, column: &str) -> &'r str {
        self.place(column).and_then(|place| values.get(place)).unwrap_or_default()
    }
}

impl Row {
    /// Reads a row, or tells all that is wrong with it.
    pub fn parse(columns: &Columns, values: &StringRecord) -> Result<Self, Vec<RowFault>> {
        let (found, due) = (values.len(), columns.0.len());
        if found < due || values.iter().skip(due).any(|value| !value.is_empty()) {
            let why = format!(
                "has {found} values instead of {due}: a value with a comma needs quotes, and a quote must be closed"
            );
            return Err(vec![RowFault::new(RowFault::ROW, why)]);
        }
        let mut from = Reading { columns, values, faults: Vec::new() };
        let name = from.read("kana", kana);
        let address = from.read("email", email);
        let id = CustomerId::from(from.read("customer_id", identifier));
        let row = Self {
            customer: CustomerRow {
                id: id.clone(),
                kana: name.0,
                kana_key: name.1,
                email: address.as_ref().map(|address| address.as_str().to_owned()),
                email_key: address.as_ref().map(UserId::key),
            },
            phones: from.read("phones", phones),
            contract: ContractRow {
                id: from.read("contract_id", identifier),
                customer_id: id,
                policy_number: from.read("policy_number", number),
                renewal_number: from.read("renewal_number", number),
                quote_number: from.read("quote_number", number),
                product: from.read("product", text),
                status: from.read("status", status),
                starts_on: from.read("starts_on", date),
                ends_on: from.read("ends_on", date),
                vehicle: from.read("vehicle", text),
                plate: from.read("plate", text),
                displacement_cc: from.read("displacement_cc", |value| whole(value, 0, 9_999)),
                first_registered: from.read("first_registered", month),
                usage: from.read("usage", text),
                rider_scope: from.read("rider_scope", text),
                grade: from.read("grade", |value| whole(value, 1, 20)),
                bodily_injury: from.read("bodily_injury", text),
                property_damage: from.read("property_damage", text),
                personal_injury: from.read("personal_injury", text),
                vehicle_cover: from.read("vehicle_cover", text),
                roadside: from.read("roadside", text),
                premium_yen: from.read("premium_yen", |value| whole(value, 0, 99_999_999)),
                payment: from.read("payment", text),
                next_premium_yen: from.read("next_premium_yen", optional(|value| whole(value, 0, 99_999_999))),
                next_starts_on: from.read("next_starts_on", optional(date)),
            },
        };
        let mut faults = from.faults;
        let [first, others @ ..] = ContractRow::NUMBERS;
        if ContractRow::NUMBERS.iter().all(|column| columns.value(values, column).is_empty()) {
            let why = format!("is empty, and so are {}: one of them is needed", others.join(" and "));
            faults.push(RowFault::new(first, why));
        }
        let mut met: Vec<(&str, &str)> = Vec::new();
        for (column, number) in row.numbers() {
            match met.iter().find(|(_, earlier)| *earlier == number) {
                Some((earlier, _)) => faults.push(RowFault::new(column, format!("is the same as {earlier}"))),
                None => met.push((column, number)),
            }
        }
        // Dates of this form are ordered like their text. An unreadable one is empty and has its fault already.
        let (start, end) = (&row.contract.starts_on, &row.contract.ends_on);
        if !start.is_empty() && !end.is_empty() && start >= end {
            faults.push(RowFault::new("ends_on", "is not after starts_on"));
        }
        if row.contract.next_starts_on.as_ref().is_some_and(|next| next < end) {
            faults.push(RowFault::new("next_starts_on", "is before ends_on"));
        }
        if faults.is_empty() { Ok(row) } else { Err(faults) }
    }

    /// The contract's numbers with the column each stands in.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        ContractRow::NUMBERS
            .into_iter()
            .zip(self.contract.numbers())
            .filter_map(|(column, number)| Some((column, number?)))
    }
}

/// Collects the faults of a row while its values are read.
struct Reading<'r> {
    columns: &'r Columns,
    values: &'r StringRecord,
    faults: Vec<RowFault>,
}

impl Reading<'_> {
    /// A value by its rule. With a fault the default stands in, in a row that nobody will get to see.
    fn read<T: Default>(&mut self, column: &'static str, rule: impl FnOnce(&str) -> Result<T, String>) -> T {
        rule(self.columns.value(self.values, column)).unwrap_or_else(|why| {
            self.faults.push(RowFault::new(column, why));
            T::default()
        })
    }
}

#[cfg(test)]
mod tests;
