//! What stands in the database, table by table, to compare before with after.

use super::TestApp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Column as _, Executor as _, Row as _};
use std::collections::BTreeMap;

/// Every table that a person's acts may change.
const TABLES: [&str; 14] = [
    "accounts",
    "audit",
    "codes",
    "counters",
    "flows",
    "known_browsers",
    "links",
    "mailbox",
    "outbox",
    "reminder_opt_outs",
    "request_drafts",
    "request_history",
    "requests",
    "sessions",
];

/// Rows as text, by table.
pub type Rows = BTreeMap<&'static str, Vec<String>>;

impl TestApp {
    /// All rows of a table, without some of its columns.
    pub async fn rows_without(&self, table: &str, columns: &[&str]) -> Vec<String> {
        let sql = AssertSqlSafe(format!("SELECT * FROM {table}"));
        let rows = sqlx::query(sql).fetch_all(&self.pool).await.expect("the rows");
        let mut rows: Vec<_> = rows.iter().map(|row| told(row, columns)).collect();
        rows.sort();
        rows
    }

    pub async fn rows(&self, table: &str) -> Vec<String> {
        self.rows_without(table, &[]).await
    }

    /// All that may change, without the line that a flow's page shows above its step.
    pub async fn all_rows(&self) -> Rows {
        let mut all = Rows::new();
        for table in TABLES {
            let without: &[&str] = if table == "flows" { &["flash"] } else { &[] };
            all.insert(table, self.rows_without(table, without).await);
        }
        all
    }

    /// One number out of the database.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&self.pool)
            .await
            .unwrap_or_else(|found| panic!("{sql}: {found}"));
        row.try_get(0).expect("a number")
    }

    /// One text out of the database.
    pub async fn text(&self, sql: &str) -> String {
        let row = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_one(&self.pool)
            .await
            .unwrap_or_else(|found| panic!("{sql}: {found}"));
        row.try_get(0).expect("a text")
    }

    /// Changes the database behind the server's back.
    pub async fn sql(&self, sql: &str) {
        self.pool
            .execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned())))
            .await
            .unwrap_or_else(|found| panic!("{sql}: {found}"));
    }
}

fn told(row: &AnyRow, without: &[&str]) -> String {
    let mut text = String::new();
    for column in row.columns() {
        let name = column.name();
        if without.contains(&name) {
            continue;
        }
        let value = match row.try_get::<Option<String>, _>(name) {
            Ok(value) => value.unwrap_or_else(|| "-".to_owned()),
            Err(_) => row
                .try_get::<Option<i64>, _>(name)
                .expect("text or number")
                .map_or_else(|| "-".to_owned(), |number| number.to_string()),
        };
        text.push_str(&format!("{name}={value}; "));
    }
    text
}
