//! What a staged file changes: compared with what is stored, and then kept until it is applied, even if this process ends.
//!
//! On PostgreSQL rows that change something are copied from the temporary tables to `import_changes`. On SQLite they stand in a file
//! already, and views show them in the same form.

use super::columns::{Value, all, any_contract_value_differs};
use super::connection::Connection;
use super::rows_file;
use super::staging::Staging;
use crate::store::{ContractRow, ImportId, Stored};

/// What a row changes of its customer or contract, as a number: nothing.
pub(super) const NOTHING: i64 = 0;
/// There is none yet.
pub(super) const NEW: i64 = 1;
/// Other values.
pub(super) const VALUES: i64 = 2;
/// The registered address, and so the user ID of an account, becomes another.
pub(super) const ADDRESS: i64 = 3;

/// Where kept changes are found, each called `x` with its `change`.
pub(super) struct Kept {
    pub customers: &'static str,
    pub contracts: &'static str,
    /// The lines that change something, after a line that is given, in their order.
    pub lines: &'static str,
}

const ON_POSTGRES: Kept = Kept {
    customers: "(SELECT *, customer_change AS change FROM import_changes WHERE customer_change <> 0) AS x",
    contracts: "(SELECT *, contract_change AS change FROM import_changes WHERE contract_change <> 0) AS x",
    lines: "SELECT line FROM import_changes WHERE line > $1 ORDER BY line",
};
const ON_SQLITE: Kept = Kept {
    customers: "kept_customers AS x",
    contracts: "kept_contracts AS x",
    lines: "SELECT line FROM import_changed_customers WHERE line > $1 UNION \
            SELECT line FROM import_changed_contracts WHERE line > $1 ORDER BY line",
};

impl Staging {
    /// Finds the rows whose customer or contract is new, or differs from what is stored.
    pub(super) async fn find_changes(&mut self) -> Stored<()> {
        if self.is_postgres() {
            self.run("ANALYZE import_customers").await?;
        }
        let staged = super::checks::phones("r.");
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

    /// Keeps the changes of an import where they outlive this process.
    pub async fn keep_changes(&mut self, id: &ImportId) -> Stored<()> {
        if let (Connection::Sqlite(_), Some(path)) = (&self.connection, self.rows_file.clone()) {
            self.run("CREATE TABLE staged.kept_of (import_id TEXT)").await?;
            let id = [Value::text(id.as_str())];
            self.connection.run_with("INSERT INTO staged.kept_of VALUES ($1)", &id).await?;
            self.syncing.finish().await?;
            return rows_file::sync(&path).await;
        }
        let columns = all();
        self.run("DELETE FROM import_changes").await?;
        self.run(format!(
            "INSERT INTO import_changes (line, customer_change, contract_change, numbers_change, {columns}) \
             SELECT r.line, COALESCE(u.change, {NOTHING}), COALESCE(c.change, {NOTHING}), COALESCE(c.numbers_change, 0), {columns} \
             FROM import_rows r LEFT JOIN import_changed_customers u ON u.line = r.line \
             LEFT JOIN import_changed_contracts c ON c.line = r.line WHERE u.line IS NOT NULL OR c.line IS NOT NULL"
        ))
        .await?;
        Ok(())
    }

    /// Shows the changes in the form of `import_changes`.
    pub(super) async fn make_views(&mut self) -> Stored<()> {
        for (view, changes, numbers) in [
            ("kept_customers", "import_changed_customers", ""),
            ("kept_contracts", "import_changed_contracts", ", c.numbers_change"),
        ] {
            let columns = all();
            // What changes is looked up in the rows, never the other way round.
            self.run(format!(
                "CREATE VIEW staged.{view} AS SELECT c.line, c.change{numbers}, {columns} \
                 FROM {changes} c CROSS JOIN import_rows r ON r.line = c.line"
            ))
            .await?;
        }
        Ok(())
    }

    /// Forgets kept changes, which nobody needs any more.
    pub(super) async fn forget_kept(&mut self) -> Stored<()> {
        self.connection.detach().await?;
        match &self.rows_file {
            Some(path) => rows_file::remove(path),
            // Nothing is left to vacuum. Where somebody else reads the table, as a backup does, its rows are deleted instead.
            None => {
                self.run("SET lock_timeout = 200").await?;
                let emptied = self.run("TRUNCATE import_changes").await;
                self.run("SET lock_timeout = 0").await?;
                match emptied {
                    Ok(_) => Ok(()),
                    Err(_) => self.run("DELETE FROM import_changes").await.map(drop),
                }
            }
        }
    }

    pub(super) const fn kept(&self) -> Kept {
        if self.is_postgres() { ON_POSTGRES } else { ON_SQLITE }
    }
}
