//! Applies kept changes, some at a time. They go in the transaction that applies them: what is still there is still to be done.

use super::changes::{ADDRESS, NEW, NOTHING, VALUES};
use super::columns::{PHONES, each_contract_value};
use crate::store::{ContractRow, CustomerRow, FileColumn, ImportId, Stored, Tx};
use sqlx::{AssertSqlSafe, FromRow as _, Row as _};
use std::sync::LazyLock;

/// The rows that a batch takes, as a condition.
const BATCH: &str = "line > $1 AND line <= $2";

/// New customers, and those whose registered address stays.
static PUT_CUSTOMERS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "INSERT INTO customers (id, kana, kana_key, email, email_key, updated_at) \
         SELECT customer_id, kana, kana_key, email, email_key, CAST($3 AS BIGINT) FROM import_changes \
         WHERE {BATCH} AND customer_change IN ({NEW}, {VALUES}) \
         ON CONFLICT (id) DO UPDATE SET kana = excluded.kana, kana_key = excluded.kana_key, \
         email = excluded.email, email_key = excluded.email_key, updated_at = excluded.updated_at"
    )
});

static FORGET_PHONES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "DELETE FROM customer_phones WHERE customer_id IN \
         (SELECT customer_id FROM import_changes WHERE {BATCH} AND customer_change = {VALUES})"
    )
});

static PUT_PHONES: LazyLock<String> = LazyLock::new(|| {
    let one = |phone: &str| {
        format!(
            "SELECT customer_id, {phone} FROM import_changes WHERE {BATCH} AND customer_change IN ({NEW}, {VALUES}) AND {phone} IS NOT NULL"
        )
    };
    let all = PHONES.map(one).join(" UNION ALL ");
    format!("INSERT INTO customer_phones (customer_id, phone) {all} ON CONFLICT DO NOTHING")
});

static PUT_CONTRACTS: LazyLock<String> = LazyLock::new(|| {
    let names = each_contract_value(str::to_owned, ", ");
    let updates = each_contract_value(|name| format!("{name} = excluded.{name}"), ", ");
    format!(
        "INSERT INTO contracts (id, customer_id, {names}, updated_at) \
         SELECT contract_id, customer_id, {names}, CAST($3 AS BIGINT) FROM import_changes \
         WHERE {BATCH} AND contract_change IN ({NEW}, {VALUES}) \
         ON CONFLICT (id) DO UPDATE SET customer_id = excluded.customer_id, {updates}, updated_at = excluded.updated_at"
    )
});

static FORGET_NUMBERS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "DELETE FROM contract_numbers WHERE contract_id IN \
         (SELECT contract_id FROM import_changes WHERE {BATCH} AND contract_change = {VALUES} AND numbers_change = 1)"
    )
});

/// A number that moves between contracts is taken from the one that had it: the row that gives it up is in the same file.
static PUT_NUMBERS: LazyLock<String> = LazyLock::new(|| {
    let one = |number: FileColumn| {
        let number = number.as_str();
        format!(
            "SELECT {number}, contract_id FROM import_changes WHERE {BATCH} AND numbers_change = 1 AND {number} IS NOT NULL"
        )
    };
    let all = ContractRow::NUMBERS.map(one).join(" UNION ALL ");
    format!(
        "INSERT INTO contract_numbers (number, contract_id) {all} ON CONFLICT (number) DO UPDATE SET contract_id = excluded.contract_id"
    )
});

/// A customer whose registered address becomes another.
#[derive(sqlx::FromRow)]
pub struct AddressChange {
    pub line: i64,
    #[sqlx(flatten)]
    pub customer: CustomerRow,
    #[sqlx(skip)]
    pub phones: Vec<String>,
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
    /// Nothing is left of the import.
    All,
    /// The import is not being applied any more: somebody else has brought it to its end.
    ByOthers,
}

impl Tx {
    /// Returns the next customer whose registered address becomes another, after a line.
    pub async fn next_address_change(&mut self, after: i64) -> Stored<Option<AddressChange>> {
        let row = sqlx::query(
            "SELECT line, customer_id AS id, kana, kana_key, email, email_key, phone_1, phone_2, phone_3 FROM import_changes \
             WHERE line > $1 AND customer_change = $2 ORDER BY line LIMIT 1",
        )
        .bind(after)
        .bind(ADDRESS)
        .fetch_optional(&mut *self.0)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut change = AddressChange::from_row(&row)?;
        for name in PHONES {
            change.phones.extend(row.try_get::<Option<String>, _>(name)?);
        }
        Ok(Some(change))
    }

    /// Notes that a customer's row is applied.
    pub async fn address_change_applied(&mut self, line: i64) -> Stored<()> {
        sqlx::query("UPDATE import_changes SET customer_change = $2 WHERE line = $1")
            .bind(line)
            .bind(NOTHING)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Applies the next rows of an import.
    pub async fn apply_import(&mut self, id: &ImportId, Batch { after, most }: Batch, now: i64) -> Stored<Applied> {
        // Held until the transaction ends: whoever else applies it sees then what is left.
        if !self.lock_import(id, now).await? {
            return Ok(Applied::ByOthers);
        }
        let (last, count): (i64, i64) = sqlx::query_as(
            "SELECT COALESCE(MAX(line), 0), COUNT(*) FROM \
             (SELECT line FROM import_changes WHERE line > $1 ORDER BY line LIMIT $2) AS batch",
        )
        .bind(after)
        .bind(most)
        .fetch_one(&mut *self.0)
        .await?;
        if count == 0 {
            return Ok(Applied::All);
        }
        for (statement, timed) in [
            (&PUT_CUSTOMERS, true),
            (&FORGET_PHONES, false),
            (&PUT_PHONES, false),
            (&PUT_CONTRACTS, true),
            (&FORGET_NUMBERS, false),
            (&PUT_NUMBERS, false),
        ] {
            let query = sqlx::query(AssertSqlSafe(statement.as_str())).bind(after).bind(last);
            let query = if timed { query.bind(now) } else { query };
            query.execute(&mut *self.0).await?;
        }
        sqlx::query("DELETE FROM import_changes WHERE line > $1 AND line <= $2")
            .bind(after)
            .bind(last)
            .execute(&mut *self.0)
            .await?;
        sqlx::query("UPDATE imports SET applied = applied + $2 WHERE id = $1")
            .bind(id)
            .bind(count)
            .execute(&mut *self.0)
            .await?;
        Ok(Applied::Rows { last, count })
    }
}
