//! What needs more than one row to be judged: that the rows agree with each other, and with what is stored. Each check is a few
//! statements over the staged rows, whatever their number.

use super::changes::ADDRESS;
use super::columns::{FileColumn, PHONES};
use super::faults::{FaultKind, StagedFault};
use super::staging::Staging;
use crate::store::{ContractRow, Stored};

/// What the checks found.
#[derive(Clone, Debug, Default)]
pub struct CheckedStaging {
    /// Different customers in good rows.
    pub customers: u64,
    /// Rows with a fault.
    pub bad: u64,
    /// The faults of the first of them, by line.
    pub faults: Vec<StagedFault>,
    /// Rows whose customer or contract is not stored as it is in the file.
    pub changes: u64,
}

/// Rows with their contract's id, good ones and bad ones.
const EVERY_ROW: &str =
    "(SELECT contract_id, line FROM import_rows UNION ALL SELECT contract_id, line FROM import_bad)";

impl Staging {
    /// Checks the whole file, and finds what it changes. The faults of the first `listed` bad rows are returned.
    pub async fn check(&mut self, listed: usize) -> Stored<CheckedStaging> {
        // Only PostgreSQL plans its queries by what a table holds.
        if self.is_postgres() {
            self.run("ANALYZE import_rows").await?;
        }
        self.find_repeated_contracts().await?;
        self.find_disagreeing_rows().await?;
        self.find_changes().await?;
        self.find_repeated_numbers().await?;
        self.find_stored_numbers().await?;
        self.find_taken_addresses().await?;
        let number = |found: i64| u64::try_from(found).unwrap_or_default();
        Ok(CheckedStaging {
            customers: number(self.connection.number("SELECT COUNT(*) FROM import_customers").await?),
            bad: number(self.connection.number("SELECT COUNT(DISTINCT line) FROM import_faults").await?),
            faults: self
                .connection
                .faults(format!(
                    "SELECT line, column_name, kind, detail, other_line FROM import_faults WHERE line IN \
                     (SELECT DISTINCT line FROM import_faults ORDER BY line LIMIT {listed}) ORDER BY line"
                ))
                .await?,
            changes: number(
                self.connection
                    .number(
                        "SELECT COUNT(*) FROM (SELECT line FROM import_changed_customers UNION \
                         SELECT line FROM import_changed_contracts) AS changed",
                    )
                    .await?,
            ),
        })
    }

    /// Finds contracts with several rows: only the first row is accepted.
    async fn find_repeated_contracts(&mut self) -> Stored<()> {
        self.run(format!(
            "CREATE TEMP TABLE import_repeated AS SELECT contract_id, MIN(line) AS first_line FROM {EVERY_ROW} AS every_row \
             GROUP BY contract_id HAVING COUNT(*) > 1"
        ))
        .await?;
        let (column, kind) = (FileColumn::ContractId.as_str(), FaultKind::ContractTwice.as_str());
        let found = self
            .run(format!(
                "INSERT INTO import_faults SELECT r.line, '{column}', '{kind}', '', p.first_line \
                 FROM {EVERY_ROW} AS r JOIN import_repeated p ON p.contract_id = r.contract_id WHERE r.line > p.first_line"
            ))
            .await?;
        self.forget_bad(found).await
    }

    /// Finds rows that say something else about their customer than the customer's first row.
    async fn find_disagreeing_rows(&mut self) -> Stored<()> {
        self.run(
            "INSERT INTO import_customers SELECT MIN(line), customer_id, \
             CASE WHEN MIN(customer_digest) <> MAX(customer_digest) THEN 1 ELSE 0 END FROM import_rows GROUP BY customer_id",
        )
        .await?;
        let kind = FaultKind::CustomerDiffers.as_str();
        let differs = |column: FileColumn, value: &dyn Fn(&str) -> String| {
            let (column, one, other) = (column.as_str(), value("r."), value("f."));
            format!(
                "SELECT r.line, '{column}', '{kind}', '', c.line FROM import_customers c \
                 JOIN import_rows r ON r.customer_id = c.customer_id JOIN import_rows f ON f.line = c.line \
                 WHERE c.disagree = 1 AND {one} <> {other}"
            )
        };
        let all = [
            differs(FileColumn::Kana, &|row| format!("{row}kana")),
            differs(FileColumn::Phones, &phones),
            differs(FileColumn::Email, &|row| format!("COALESCE({row}email_key, '')")),
        ];
        let found = self.run(format!("INSERT INTO import_faults {}", all.join(" UNION ALL "))).await?;
        self.forget_bad(found).await
    }

    /// Finds numbers that several contracts get. Numbers that stay are stored, and so they are different ones.
    async fn find_repeated_numbers(&mut self) -> Stored<()> {
        let numbers = changed_numbers();
        let from = if self.is_postgres() {
            format!("({numbers}) AS n")
        } else {
            // In the order in which they will be applied.
            self.run(
                "CREATE TABLE staged.import_numbers (number TEXT, line INTEGER, contract_id TEXT, column_name TEXT, \
                 PRIMARY KEY (number, line)) WITHOUT ROWID",
            )
            .await?;
            self.run(format!(
                "INSERT INTO import_numbers SELECT number, line, contract_id, column_name FROM ({numbers}) ORDER BY number, line"
            ))
            .await?;
            "import_numbers".to_owned()
        };
        self.run(format!(
            "CREATE TEMP TABLE import_repeated_numbers AS SELECT number FROM {from} GROUP BY number HAVING COUNT(*) > 1"
        ))
        .await?;
        if self.connection.number("SELECT COUNT(*) FROM import_repeated_numbers").await? == 0 {
            return Ok(());
        }
        let kind = FaultKind::NumberTwice.as_str();
        self.run(format!(
            "INSERT INTO import_faults SELECT line, column_name, '{kind}', other, other_line FROM (SELECT line, column_name, \
             LAG(contract_id) OVER (PARTITION BY number ORDER BY line) AS other, \
             LAG(line) OVER (PARTITION BY number ORDER BY line) AS other_line \
             FROM {from} WHERE number IN (SELECT number FROM import_repeated_numbers)) AS met WHERE other IS NOT NULL"
        ))
        .await?;
        Ok(())
    }

    /// Finds numbers of stored contracts that keep them: a number moves only where its contract's own row gives it up.
    async fn find_stored_numbers(&mut self) -> Stored<()> {
        let numbers = changed_numbers();
        let found = self
            .run(format!(
                "INSERT INTO import_claims SELECT n.line, n.column_name, s.contract_id FROM ({numbers}) AS n \
                 JOIN contract_numbers s ON s.number = n.number WHERE s.contract_id <> n.contract_id"
            ))
            .await?;
        if found > 0 {
            let (twice, stored) = (FaultKind::NumberTwice.as_str(), FaultKind::NumberStored.as_str());
            self.run(format!(
                "INSERT INTO import_faults SELECT c.line, c.column_name, '{twice}', c.other, r.line FROM import_claims c \
                 JOIN import_rows r ON r.contract_id = c.other LEFT JOIN import_changed_contracts x ON x.line = r.line \
                 WHERE COALESCE(x.numbers_change, 0) = 0"
            ))
            .await?;
            self.run(format!(
                "INSERT INTO import_faults SELECT line, column_name, '{stored}', other, 0 FROM import_claims \
                 WHERE other NOT IN (SELECT contract_id FROM {EVERY_ROW} AS every_row)"
            ))
            .await?;
        }
        Ok(())
    }

    /// Finds addresses that are the user ID of another account, which would have to follow. Rows are applied in their order: an address is
    /// free once an earlier row has given it up.
    async fn find_taken_addresses(&mut self) -> Stored<()> {
        let (column, kind) = (FileColumn::Email.as_str(), FaultKind::AddressTaken.as_str());
        self.run(format!(
            "INSERT INTO import_faults SELECT line, '{column}', '{kind}', '', 0 FROM ( \
             SELECT x.line FROM import_changed_customers x JOIN import_rows r ON r.line = x.line \
             JOIN accounts own ON own.customer_id = r.customer_id \
             JOIN accounts o ON o.user_key = r.email_key AND o.customer_id <> r.customer_id \
             WHERE x.change = {ADDRESS} AND NOT EXISTS (SELECT 1 FROM import_changed_customers y JOIN import_rows m ON m.line = y.line \
             WHERE y.change = {ADDRESS} AND y.line < x.line AND m.customer_id = o.customer_id) \
             UNION SELECT line FROM (SELECT x.line, LAG(x.line) OVER (PARTITION BY r.email_key ORDER BY x.line) AS before \
             FROM import_changed_customers x JOIN import_rows r ON r.line = x.line \
             JOIN accounts own ON own.customer_id = r.customer_id WHERE x.change = {ADDRESS}) AS taken WHERE before IS NOT NULL \
             ) AS taken"
        ))
        .await?;
        Ok(())
    }

    /// Drops rows with a fault from all further checks.
    async fn forget_bad(&mut self, found: u64) -> Stored<()> {
        if found > 0 {
            self.run("DELETE FROM import_rows WHERE line IN (SELECT line FROM import_faults)").await?;
        }
        Ok(())
    }
}

/// Returns the phones of a row as one text.
pub(super) fn phones(prefix: &str) -> String {
    let [first, second, third] = PHONES;
    format!("({prefix}{first} || COALESCE(';' || {prefix}{second}, '') || COALESCE(';' || {prefix}{third}, ''))")
}

/// Selects the numbers of contracts that get other ones, a line each with its column.
fn changed_numbers() -> String {
    let one = |column: FileColumn| {
        let column = column.as_str();
        format!(
            "SELECT r.line, r.contract_id, '{column}' AS column_name, r.{column} AS number FROM import_changed_contracts x \
             JOIN import_rows r ON r.line = x.line WHERE x.numbers_change = 1 AND r.{column} IS NOT NULL"
        )
    };
    ContractRow::NUMBERS.map(one).join(" UNION ALL ")
}
