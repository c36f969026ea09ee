//! What one row of the file means, as far as no second row is needed to judge it. The rule of each single value is in
//! `values`.
//!
//! The columns and their rules are told in `docs/contracts.md`.

use super::dates::{date, month};
use super::report::{ImportError, RowFault};
use super::values::{email, identifier, kana, number, optional, phones, status, text, whole};
use crate::store::{ContractRow, CustomerId, CustomerRow, FileColumn};
use csv::StringRecord;
use rules::UserId;

/// Where each of the columns stands in this file, which may have them in any order.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    count: usize,
    places: [Option<usize>; FileColumn::ALL.len()],
}

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
        let mut columns = Self { count: 0, places: [None; FileColumn::ALL.len()] };
        let named = (1..=header.len()).rev().find(|count| !header[count - 1].is_empty()).unwrap_or_default();
        // Empty columns at the end are what a spreadsheet left.
        for (nth, name) in header.iter().take(named).enumerate() {
            let unknown = || ImportError::UnknownColumn(name.chars().take(40).collect());
            let column = FileColumn::parse(name).ok_or_else(unknown)?;
            if columns.place(column).is_some() {
                return Err(ImportError::ColumnTwice(column));
            }
            columns.put(column, nth);
        }
        let missing = |column: &&FileColumn| !column.is_optional() && columns.place(**column).is_none();
        let missing: Vec<&str> = FileColumn::ALL.iter().filter(missing).map(|column| column.as_str()).collect();
        if missing.is_empty() { Ok(columns) } else { Err(ImportError::MissingColumns(missing.join(", "))) }
    }

    fn put(&mut self, column: FileColumn, nth: usize) {
        if let Some(place) = self.places.get_mut(column as usize) {
            *place = Some(nth);
            self.count += 1;
        }
    }

    /// Which column from the left, from 0.
    pub fn place(&self, column: FileColumn) -> Option<usize> {
        self.places.get(column as usize).copied().flatten()
    }

    /// A row's value, empty where the row is too short or the file has no such column.
    pub fn value<'r>(&self, values: &'r StringRecord, column: FileColumn) -> &'r str {
        self.place(column).and_then(|place| values.get(place)).unwrap_or_default()
    }
}

impl Row {
    /// Reads a row, or tells all that is wrong with it.
    pub fn parse(columns: &Columns, values: &StringRecord) -> Result<Self, Vec<RowFault>> {
        let (found, due) = (values.len(), columns.count);
        if found < due || values.iter().skip(due).any(|value| !value.is_empty()) {
            let why = format!(
                "has {found} values instead of {due}: a value with a comma needs quotes, and a quote must be closed"
            );
            return Err(vec![RowFault::of_row(why)]);
        }
        let mut from = Reading { columns, values, faults: Vec::new() };
        let name = from.read(FileColumn::Kana, kana);
        let address = from.read(FileColumn::Email, email);
        let id = CustomerId::from(from.read(FileColumn::CustomerId, identifier));
        let row = Self {
            customer: CustomerRow {
                id: id.clone(),
                kana: name.0,
                kana_key: name.1,
                email: address.as_ref().map(|address| address.as_str().to_owned()),
                email_key: address.as_ref().map(UserId::key),
            },
            phones: from.read(FileColumn::Phones, phones),
            contract: ContractRow {
                id: from.read(FileColumn::ContractId, identifier),
                customer_id: id,
                policy_number: from.read(FileColumn::PolicyNumber, number),
                renewal_number: from.read(FileColumn::RenewalNumber, number),
                quote_number: from.read(FileColumn::QuoteNumber, number),
                product: from.read(FileColumn::Product, text),
                status: from.read(FileColumn::Status, status),
                starts_on: from.read(FileColumn::StartsOn, date),
                ends_on: from.read(FileColumn::EndsOn, date),
                vehicle: from.read(FileColumn::Vehicle, text),
                plate: from.read(FileColumn::Plate, text),
                displacement_cc: from.read(FileColumn::DisplacementCc, |value| whole(value, 0, 9_999)),
                first_registered: from.read(FileColumn::FirstRegistered, month),
                usage: from.read(FileColumn::Usage, text),
                rider_scope: from.read(FileColumn::RiderScope, text),
                grade: from.read(FileColumn::Grade, |value| whole(value, 1, 20)),
                bodily_injury: from.read(FileColumn::BodilyInjury, text),
                property_damage: from.read(FileColumn::PropertyDamage, text),
                personal_injury: from.read(FileColumn::PersonalInjury, text),
                vehicle_cover: from.read(FileColumn::VehicleCover, text),
                roadside: from.read(FileColumn::Roadside, text),
                premium_yen: from.read(FileColumn::PremiumYen, |value| whole(value, 0, 99_999_999)),
                payment: from.read(FileColumn::Payment, text),
                next_premium_yen: from.read(FileColumn::NextPremiumYen, optional(|value| whole(value, 0, 99_999_999))),
                next_starts_on: from.read(FileColumn::NextStartsOn, optional(date)),
            },
        };
        let mut faults = from.faults;
        let [first, second, third] = ContractRow::NUMBERS;
        let others = [second, third];
        if ContractRow::NUMBERS.into_iter().all(|column| columns.value(values, column).is_empty()) {
            let why =
                format!("is empty, and so are {}: one of them is needed", others.map(FileColumn::as_str).join(" and "));
            faults.push(RowFault::new(first, why));
        }
        let mut met: Vec<(FileColumn, &str)> = Vec::new();
        for (column, number) in row.numbers() {
            match met.iter().find(|(_, earlier)| *earlier == number) {
                Some((earlier, _)) => {
                    faults.push(RowFault::new(column, format!("is the same as {}", earlier.as_str())))
                }
                None => met.push((column, number)),
            }
        }
        // Dates of this form are ordered like their text. An unreadable one is empty and has its fault already.
        let (start, end) = (&row.contract.starts_on, &row.contract.ends_on);
        if !start.is_empty() && !end.is_empty() && start >= end {
            faults.push(RowFault::new(FileColumn::EndsOn, format!("is not after {}", FileColumn::StartsOn.as_str())));
        }
        if row.contract.next_starts_on.as_ref().is_some_and(|next| next < end) {
            faults.push(RowFault::new(FileColumn::NextStartsOn, format!("is before {}", FileColumn::EndsOn.as_str())));
        }
        if faults.is_empty() { Ok(row) } else { Err(faults) }
    }

    /// The contract's numbers with the column each stands in.
    pub fn numbers(&self) -> impl Iterator<Item = (FileColumn, &str)> {
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
    fn read<T: Default>(&mut self, column: FileColumn, rule: impl FnOnce(&str) -> Result<T, String>) -> T {
        rule(self.columns.value(self.values, column)).unwrap_or_else(|why| {
            self.faults.push(RowFault::new(column, why));
            T::default()
        })
    }
}

#[cfg(test)]
mod tests;
