//! Statements on the connection of an import, whichever database it is.

use super::columns::{FileColumn, Value};
use super::copy;
use super::faults::{FaultKind, StagedFault};
use crate::store::Stored;
use sqlx::postgres::{PgArguments, PgConnection};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{AssertSqlSafe, Postgres, Sqlite};

/// Rows of one `INSERT` on SQLite.
const ROWS_OF_INSERT: usize = 100;

pub(super) enum Connection {
    Postgres(Box<PgConnection>),
    Sqlite(Box<SqliteConnection>),
}

/// The values of a row.
pub(super) type Values<'a> = Vec<Value<'a>>;

fn for_postgres(statement: String, values: &[Value<'_>]) -> Query<'static, Postgres, PgArguments> {
    values.iter().fold(sqlx::query(AssertSqlSafe(statement)), |query, value| match value {
        Value::Text(text) => query.bind(text.map(str::to_owned)),
        Value::Number(number) => query.bind(*number),
    })
}

fn for_sqlite(statement: String, values: &[Value<'_>]) -> Query<'static, Sqlite, SqliteArguments> {
    values.iter().fold(sqlx::query(AssertSqlSafe(statement)), |query, value| match value {
        Value::Text(text) => query.bind(text.map(str::to_owned)),
        Value::Number(number) => query.bind(*number),
    })
}

impl Connection {
    /// Runs a statement that is put together from constants. Returns how many rows it touched.
    pub(super) async fn run(&mut self, statement: impl Into<String>) -> Stored<u64> {
        self.run_with(statement, &[]).await
    }

    /// Likewise, with values.
    pub(super) async fn run_with(&mut self, statement: impl Into<String>, values: &[Value<'_>]) -> Stored<u64> {
        let statement = statement.into();
        Ok(match self {
            Self::Postgres(connection) => {
                for_postgres(statement, values).execute(&mut **connection).await?.rows_affected()
            }
            Self::Sqlite(connection) => for_sqlite(statement, values).execute(&mut **connection).await?.rows_affected(),
        })
    }

    /// Returns the one row that a statement selects, or nothing if there is none.
    pub(super) async fn row<T>(&mut self, statement: impl Into<String>, values: &[Value<'_>]) -> Stored<Option<T>>
    where
        T: for<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> + for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow>,
    {
        let statement = statement.into();
        Ok(match self {
            Self::Postgres(connection) => {
                let row = for_postgres(statement, values).fetch_optional(&mut **connection).await?;
                row.as_ref().map(T::from_row).transpose()?
            }
            Self::Sqlite(connection) => {
                let row = for_sqlite(statement, values).fetch_optional(&mut **connection).await?;
                row.as_ref().map(T::from_row).transpose()?
            }
        })
    }

    /// Returns the number that a statement selects.
    pub(super) async fn number(&mut self, statement: impl Into<String>) -> Stored<i64> {
        Ok(self.row::<(i64,)>(statement, &[]).await?.map_or(0, |(number,)| number))
    }

    /// Returns the faults that a statement selects.
    pub(super) async fn faults(&mut self, statement: String) -> Stored<Vec<StagedFault>> {
        type Found = (i64, String, String, String, i64);
        let statement = AssertSqlSafe(statement);
        let found: Vec<Found> = match self {
            Self::Postgres(connection) => sqlx::query_as(statement).fetch_all(&mut **connection).await?,
            Self::Sqlite(connection) => sqlx::query_as(statement).fetch_all(&mut **connection).await?,
        };
        found
            .into_iter()
            .map(|(line, column, kind, detail, other_line)| {
                let kind = FaultKind::parse(&kind).ok_or_else(|| sqlx::Error::Decode(kind.into()))?;
                Ok(StagedFault { line, column: FileColumn::parse(&column), kind, detail, other_line })
            })
            .collect()
    }

    /// Adds rows in the quickest way that the database has. `table` is its name with its columns, as an `INSERT` has them.
    pub(super) async fn add(&mut self, table: &str, rows: Vec<Values<'_>>) -> Stored<()> {
        if rows.is_empty() {
            return Ok(());
        }
        match self {
            Self::Postgres(connection) => {
                let text = copy::encoded(&rows);
                let mut into = connection.copy_in_raw(&format!("COPY {table} FROM STDIN")).await?;
                into.send(text).await?;
                into.finish().await?;
            }
            Self::Sqlite(connection) => {
                for some in rows.chunks(ROWS_OF_INSERT) {
                    let width = some.first().map_or(0, Vec::len);
                    let row = format!("({})", vec!["?"; width].join(", "));
                    let statement = format!("INSERT INTO {table} VALUES {}", vec![row; some.len()].join(", "));
                    let mut arguments = sqlx::query(AssertSqlSafe(statement));
                    for value in some.iter().flatten() {
                        arguments = match value {
                            Value::Text(text) => arguments.bind(*text),
                            Value::Number(number) => arguments.bind(*number),
                        };
                    }
                    arguments.execute(&mut **connection).await?;
                }
            }
        }
        Ok(())
    }
}
