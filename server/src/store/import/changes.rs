//! What a staged file changes: compared with what is stored, and then kept in the database until it is applied.

use super::checks::phones;
use super::columns::{all, any_contract_value_differs};
use super::staging::Staging;
use crate::store::{ContractRow, Stored};

/// What a row changes of its customer or contract, as a number in `import_changes`: nothing.
pub(super) const NOTHING: i64 = 0;
/// There is none yet.
pub(super) const NEW: i64 = 1;
/// Other values.
pub(super) const VALUES: i64 = 2;
/// The registered address, and so the user ID of an account, becomes another.
pub(super) const ADDRESS: i64 = 3;

/// Lines whose changes SQLite keeps in one transaction: nobody else writes meanwhile.
const LINES: i64 = 2_000;

impl Staging {
    /// Finds the rows whose customer or contract is new, or differs from what is stored.
    pub(super) async fn find_changes(&mut self) -> Stored<()> {
        if self.is_postgres() {
            self.run("ANALYZE import_customers").await?;
        }
        let staged = phones("r.");
        self.run(format!(
            "INSERT INTO import_changed_customers SELECT r.line, CASE WHEN u.id IS NULL THEN {NEW} \
             WHEN r.email_key IS NOT NULL AND COALESCE(a.user_key, u.email_key) <> r.email_key THEN {ADDRESS} ELSE {VALUES} END \
             FROM import_customers c JOIN import_rows r ON r.line = c.line \
             LEFT JOIN customers u ON u.id = r.customer_id LEFT JOIN accounts a ON a.customer_id = r.customer_id \
             WHERE u.id IS NULL OR u.kana <> r.kana OR u.kana_key <> r.kana_key OR u.email IS DISTINCT FROM r.email \
             OR u.email_key IS DISTINCT FROM r.email_key OR (r.email_key IS NOT NULL AND a.user_key <> r.email_key) \
             OR {staged} <> COALESCE((SELECT string_agg(p.phone, ';' ORDER BY p.phone) FROM customer_phones p \
             WHERE p.customer_id = u.id), '')"
        ))
        .await?;
        let values = any_contract_value_differs("c", "r");
        let numbers =
            ContractRow::NUMBERS.map(|column| format!("c.{0} IS DISTINCT FROM r.{0}", column.as_str())).join(" OR ");
        self.run(format!(
            "INSERT INTO import_changed_contracts SELECT r.line, CASE WHEN c.id IS NULL THEN {NEW} ELSE {VALUES} END, \
             CASE WHEN c.id IS NULL OR {numbers} THEN 1 ELSE 0 END FROM import_rows r \
             LEFT JOIN contracts c ON c.id = r.contract_id WHERE c.id IS NULL OR c.customer_id <> r.customer_id OR {values}"
        ))
        .await?;
        Ok(())
    }

    /// Keeps the changes in the database, where they outlive this process.
    pub async fn keep_changes(&mut self) -> Stored<()> {
        let last = self.connection.number("SELECT COALESCE(MAX(line), 0) FROM import_rows").await?;
        let lines = if self.is_postgres() { last.max(1) } else { LINES };
        let columns = all();
        let mut kept = 0;
        while kept < last {
            let upto = kept + lines;
            self.run(format!(
                "INSERT INTO import_changes (line, customer_change, contract_change, numbers_change, {columns}) \
                 SELECT r.line, COALESCE(u.change, {NOTHING}), COALESCE(c.change, {NOTHING}), COALESCE(c.numbers_change, 0), {columns} \
                 FROM import_rows r LEFT JOIN import_changed_customers u ON u.line = r.line \
                 LEFT JOIN import_changed_contracts c ON c.line = r.line \
                 WHERE r.line > {kept} AND r.line <= {upto} AND (u.line IS NOT NULL OR c.line IS NOT NULL)"
            ))
            .await?;
            kept = upto;
        }
        Ok(())
    }
}
