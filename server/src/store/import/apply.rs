//! Applies kept changes, some at a time, in transactions of the import's own connection. The row of the import says up to which line:
//! it is held first, so that whoever else applies the same import goes on behind.

use super::changes::{ADDRESS, Kept, NEW, VALUES};
use super::columns::{FileColumn, PHONES, Value, each_contract_value};
use super::staging::Staging;
use crate::store::{ContractRow, CustomerRow, ImportId, ImportState, Stored, Tx};

/// The rows that a batch takes, as a condition.
const BATCH: &str = "x.line > $1 AND x.line <= $2";

/// A customer whose registered address becomes another.
#[derive(sqlx::FromRow)]
pub struct AddressChange {
    pub line: i64,
    #[sqlx(flatten)]
    pub customer: CustomerRow,
    #[sqlx(flatten)]
    phones: Phones,
}

#[derive(sqlx::FromRow)]
struct Phones {
    phone_1: String,
    phone_2: Option<String>,
    phone_3: Option<String>,
}

impl AddressChange {
    /// Returns the customer's phones.
    #[must_use]
    pub fn phones(&self) -> Vec<String> {
        let Phones { phone_1, phone_2, phone_3 } = &self.phones;
        [Some(phone_1), phone_2.as_ref(), phone_3.as_ref()].into_iter().flatten().cloned().collect()
    }
}

/// The rows that are applied together: so many, after a line.
#[derive(Clone, Copy)]
pub struct Batch {
    pub after: i64,
    pub most: i64,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// So many rows, up to a line.
    Rows { last: i64, count: i64 },
    /// Nothing is left.
    All,
    /// The import is not being applied any more: somebody else has brought it to its end.
    ByOthers,
}

/// What became of a batch of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppliedNumbers {
    /// All up to this one.
    Upto(String),
    /// Nothing is left.
    All,
    /// As [`Applied::ByOthers`].
    ByOthers,
}

impl Staging {
    /// Returns the next customer whose registered address becomes another, after a line.
    pub async fn next_address_change(&mut self, after: i64) -> Stored<Option<AddressChange>> {
        let statement = format!(
            "SELECT x.line, x.customer_id AS id, x.kana, x.kana_key, x.email, x.email_key, x.phone_1, x.phone_2, x.phone_3 \
             FROM {} WHERE x.line > $1 AND x.change = {ADDRESS} ORDER BY x.line LIMIT 1",
            self.kept().customers
        );
        self.connection.row(statement, &[Value::Number(Some(after))]).await
    }

    /// Begins a transaction, and holds the import in it. Returns false, without a transaction, where it is not being applied any more.
    async fn begin_batch(&mut self, id: &ImportId, now: i64) -> Stored<bool> {
        self.run(if self.is_postgres() { "BEGIN" } else { "BEGIN IMMEDIATE" }).await?;
        let hold = "UPDATE imports SET moved_at = $2 WHERE id = $1 AND state = $3";
        let values = [Value::text(id.as_str()), Value::number(now), Value::text(ImportState::Applying.as_str())];
        let held = self.connection.run_with(hold, &values).await? == 1;
        if !held {
            self.run("ROLLBACK").await?;
        }
        Ok(held)
    }

    /// Applies the next rows of an import.
    pub async fn apply_batch(&mut self, id: &ImportId, Batch { after, most }: Batch, now: i64) -> Stored<Applied> {
        let kept = self.kept();
        let lines = format!("SELECT COALESCE(MAX(line), 0), COUNT(*) FROM ({} LIMIT $2) AS batch", kept.lines);
        let found: Option<(i64, i64)> =
            self.connection.row(lines, &[Value::number(after), Value::number(most)]).await?;
        let Some((last, count)) = found.filter(|(_, count)| *count > 0) else { return Ok(Applied::All) };
        if !self.begin_batch(id, now).await? {
            return Ok(Applied::ByOthers);
        }
        let values = [Value::number(after), Value::number(last), Value::number(now)];
        let [timed, lines] = [&values[..], &values[..2]];
        for (statement, values) in [
            (put_customers(&kept), timed),
            (forget_phones(&kept), lines),
            (put_phones(&kept), lines),
            // The rows of the contracts still name the numbers that they give up.
            (forget_numbers(&kept), lines),
            (put_contracts(&kept), timed),
            (put_numbers(&kept, &self.numbers_of_batches()), lines),
        ] {
            self.connection.run_with(statement, values).await?;
        }
        let done = "UPDATE imports SET applied = applied + $2, applied_line = $3 WHERE id = $1";
        self.connection.run_with(done, &[Value::text(id.as_str()), Value::number(count), Value::number(last)]).await?;
        self.run("COMMIT").await?;
        Ok(Applied::Rows { last, count })
    }

    /// Applies numbers of new contracts, so many after the one that is given. On SQLite they are put in their own order: in that of the
    /// file each would cost a page of the index.
    pub async fn apply_numbers(&mut self, id: &ImportId, after: &str, most: i64, now: i64) -> Stored<AppliedNumbers> {
        if self.is_postgres() {
            return Ok(AppliedNumbers::All);
        }
        let next =
            "SELECT MAX(number) FROM (SELECT number FROM import_numbers WHERE number > $1 ORDER BY number LIMIT $2)";
        let found: Option<(Option<String>,)> =
            self.connection.row(next, &[Value::text(after), Value::number(most)]).await?;
        let Some(last) = found.and_then(|(last,)| last) else { return Ok(AppliedNumbers::All) };
        if !self.begin_batch(id, now).await? {
            return Ok(AppliedNumbers::ByOthers);
        }
        let put = "INSERT INTO contract_numbers (number, contract_id) SELECT number, contract_id FROM import_numbers \
            WHERE number > $1 AND number <= $2 ORDER BY number ON CONFLICT (number) DO UPDATE \
            SET contract_id = excluded.contract_id WHERE contract_id <> excluded.contract_id";
        self.connection.run_with(put, &[Value::text(after), Value::text(&last)]).await?;
        self.run("COMMIT").await?;
        Ok(AppliedNumbers::Upto(last))
    }

    /// The changes of contracts whose numbers are applied with them.
    fn numbers_of_batches(&self) -> String {
        let changed = "x.numbers_change = 1";
        if self.is_postgres() { changed.to_owned() } else { format!("{changed} AND x.change = {VALUES}") }
    }
}

/// New customers, and those whose registered address stays.
fn put_customers(kept: &Kept) -> String {
    format!(
        "INSERT INTO customers (id, kana, kana_key, email, email_key, updated_at) \
         SELECT x.customer_id, x.kana, x.kana_key, x.email, x.email_key, CAST($3 AS BIGINT) FROM {} \
         WHERE {BATCH} AND x.change IN ({NEW}, {VALUES}) \
         ON CONFLICT (id) DO UPDATE SET kana = excluded.kana, kana_key = excluded.kana_key, \
         email = excluded.email, email_key = excluded.email_key, updated_at = excluded.updated_at",
        kept.customers
    )
}

fn forget_phones(kept: &Kept) -> String {
    format!(
        "DELETE FROM customer_phones WHERE customer_id IN (SELECT x.customer_id FROM {} WHERE {BATCH} AND x.change = {VALUES})",
        kept.customers
    )
}

fn put_phones(kept: &Kept) -> String {
    let one = |phone: &str| {
        format!(
            "SELECT x.customer_id, x.{phone} FROM {} WHERE {BATCH} AND x.change IN ({NEW}, {VALUES}) AND x.{phone} IS NOT NULL",
            kept.customers
        )
    };
    let all = PHONES.map(one).join(" UNION ALL ");
    format!("INSERT INTO customer_phones (customer_id, phone) {all} ON CONFLICT DO NOTHING")
}

fn put_contracts(kept: &Kept) -> String {
    let names = each_contract_value(str::to_owned, ", ");
    let values = each_contract_value(|name| format!("x.{name}"), ", ");
    let updates = each_contract_value(|name| format!("{name} = excluded.{name}"), ", ");
    format!(
        "INSERT INTO contracts (id, customer_id, {names}, updated_at) \
         SELECT x.contract_id, x.customer_id, {values}, CAST($3 AS BIGINT) FROM {} \
         WHERE {BATCH} AND x.change IN ({NEW}, {VALUES}) \
         ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, {updates}, updated_at = excluded.updated_at",
        kept.contracts
    )
}

/// One that another contract has taken meanwhile is not given up any more.
fn forget_numbers(kept: &Kept) -> String {
    let changed = format!("{BATCH} AND x.change = {VALUES} AND x.numbers_change = 1");
    let one = |column: FileColumn| {
        let (column, contracts) = (column.as_str(), kept.contracts);
        format!(
            "SELECT c.{column} FROM {contracts} JOIN contracts c ON c.id = x.contract_id WHERE {changed} AND c.{column} IS NOT NULL"
        )
    };
    let given_up = ContractRow::NUMBERS.map(one).join(" UNION ALL ");
    format!(
        "DELETE FROM contract_numbers WHERE number IN ({given_up}) \
         AND contract_id IN (SELECT x.contract_id FROM {} WHERE {changed})",
        kept.contracts
    )
}

/// A number that moves between contracts is taken from the one that had it: the row that gives it up is in the same file.
fn put_numbers(kept: &Kept, which: &str) -> String {
    let one = |number: FileColumn| {
        let (number, contracts) = (number.as_str(), kept.contracts);
        format!(
            "SELECT x.{number}, x.contract_id FROM {contracts} WHERE {BATCH} AND {which} AND x.{number} IS NOT NULL"
        )
    };
    let all = ContractRow::NUMBERS.map(one).join(" UNION ALL ");
    format!(
        "INSERT INTO contract_numbers (number, contract_id) {all} ON CONFLICT (number) DO UPDATE SET contract_id = excluded.contract_id"
    )
}

impl Tx {
    /// Holds an import for the address change of a line. Returns false where the import is not being applied any more, or somebody else
    /// has applied the line.
    pub async fn begin_address_change(&mut self, id: &ImportId, line: i64, now: i64) -> Stored<bool> {
        let held = sqlx::query(
            "UPDATE imports SET address_line = $2, moved_at = $3 WHERE id = $1 AND state = $4 AND address_line < $2",
        )
        .bind(id)
        .bind(line)
        .bind(now)
        .bind(ImportState::Applying.as_str())
        .execute(&mut *self.0)
        .await?;
        Ok(held.rows_affected() == 1)
    }
}
