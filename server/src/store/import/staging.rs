//! The connection that an import stages its file on. The staged rows stand in temporary tables, which are this connection's alone:
//! they lock nothing, and are gone with it.

use super::columns::{self, FileColumn, StagedRow, Value};
use super::copy;
use super::lock::FileLock;
use crate::store::{Store, Stored};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

/// Stands for the column of a fault of the whole row.
const WHOLE_ROW: &str = "";

/// Rows of one `INSERT` on SQLite.
const ROWS_OF_INSERT: usize = 100;

/// A file that is being staged.
pub struct Staging {
    pub(super) connection: Connection,
    /// Held while nobody else may import.
    pub(super) lock: Option<FileLock>,
}

pub(super) enum Connection {
    Postgres(Box<PgConnection>),
    Sqlite(Box<SqliteConnection>),
}

/// A table that the file is read into.
#[derive(Clone, Copy)]
enum StagingTable {
    Rows,
    Bad,
    Faults,
}

impl StagingTable {
    /// Returns its name and columns, as an `INSERT` has them.
    fn with_columns(self) -> String {
        match self {
            Self::Rows => format!("import_rows (line, {})", columns::all()),
            Self::Bad => "import_bad (line, contract_id)".to_owned(),
            Self::Faults => "import_faults (line, column_name, clash, other, other_line)".to_owned(),
        }
    }
}

/// The values of a row.
pub(super) type Values<'a> = Vec<Value<'a>>;

/// What is wrong with a row: a value by its own rule, or the row beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StagedFault {
    pub line: i64,
    /// The column at which it is reported, where it is not the whole row.
    pub column: Option<FileColumn>,
    pub clash: Clash,
    /// The other contract, or why a value is wrong.
    pub other: String,
    /// The line of the other row, or 0.
    pub other_line: i64,
}

rules::words! {
    /// The kinds of faults.
    Clash {
        /// A value breaks its own rule.
        Value = "value",
        /// The contract has a row already.
        ContractTwice = "contract-twice",
        /// Another row says something else about the same customer.
        CustomerDiffers = "customer-differs",
        /// The number is that of another contract in the file.
        NumberTwice = "number-twice",
        /// The number is that of a stored contract, which the file does not name.
        NumberStored = "number-stored",
        /// The address is the user ID of another customer's account.
        AddressTaken = "address-taken",
    }
}

/// A part of the file.
#[derive(Default)]
pub struct Chunk {
    pub rows: Vec<StagedRow>,
    /// Bad rows, of which at least the contract's id could be read.
    pub bad: Vec<(i64, String)>,
    pub faults: Vec<StagedFault>,
}

impl Store {
    /// Opens a connection with empty tables for a file.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn stage(&self) -> Stored<Staging> {
        let options = self.pool.connect_options();
        let mut connection = if self.is_sqlite() {
            let options = SqliteConnectOptions::try_from(&*options)?.disable_statement_logging();
            let mut connection = options.connect().await?;
            // What is copied from here to the database is safe on the disk when the import's state says so.
            let pragmas = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = NORMAL; PRAGMA temp_store = FILE; \
                PRAGMA temp.cache_size = -16000; PRAGMA cache_size = -16000;";
            connection.execute(pragmas).await?;
            Connection::Sqlite(Box::new(connection))
        } else {
            let options = PgConnectOptions::try_from(&*options)?.disable_statement_logging();
            Connection::Postgres(Box::new(options.connect().await?))
        };
        let key = if self.is_sqlite() { "INTEGER PRIMARY KEY" } else { "BIGINT" };
        for table in [
            format!("CREATE TEMP TABLE import_rows (line {key}, {})", columns::declared()),
            "CREATE TEMP TABLE import_bad (line BIGINT, contract_id TEXT)".to_owned(),
            "CREATE TEMP TABLE import_faults (line BIGINT, column_name TEXT, clash TEXT, other TEXT, other_line BIGINT)"
                .to_owned(),
            format!("CREATE TEMP TABLE import_customers (line {key}, customer_id TEXT, disagree BIGINT)"),
            format!("CREATE TEMP TABLE import_changed_customers (line {key}, change BIGINT)"),
            format!("CREATE TEMP TABLE import_changed_contracts (line {key}, change BIGINT, numbers_change BIGINT)"),
            "CREATE TEMP TABLE import_claims (line BIGINT, column_name TEXT, other TEXT)".to_owned(),
        ] {
            connection.run(table).await?;
        }
        Ok(Staging { connection, lock: None })
    }
}

impl Staging {
    /// Adds a part of the file.
    pub async fn put(&mut self, chunk: &Chunk) -> Stored<()> {
        let (rows, bad, faults) = chunk.values();
        self.connection.run("BEGIN".to_owned()).await?;
        self.connection.add(StagingTable::Rows, rows).await?;
        self.connection.add(StagingTable::Bad, bad).await?;
        self.connection.add(StagingTable::Faults, faults).await?;
        self.connection.run("COMMIT".to_owned()).await?;
        Ok(())
    }
}

impl Staging {
    /// Forgets the file and lets others import.
    pub async fn close(self) -> Stored<()> {
        match self.connection {
            Connection::Postgres(mut connection) => {
                // The server takes a moment to notice that a connection is closed.
                connection.execute("SELECT pg_advisory_unlock_all()").await?;
                connection.close().await?;
            }
            Connection::Sqlite(connection) => connection.close().await?,
        }
        Ok(())
    }
}

impl Chunk {
    /// The values of rows, bad rows and faults.
    fn values(&self) -> (Vec<Values<'_>>, Vec<Values<'_>>, Vec<Values<'_>>) {
        fn text(value: &str) -> Value<'_> {
            Value::Text(Some(value))
        }
        let number = |value| Value::Number(Some(value));
        (
            self.rows
                .iter()
                .map(|row| {
                    let mut values = vec![number(row.line)];
                    row.each_value(|value| values.push(value));
                    values
                })
                .collect(),
            self.bad.iter().map(|(line, id)| vec![number(*line), text(id)]).collect(),
            self.faults
                .iter()
                .map(|fault| {
                    let StagedFault { line, column, clash, other, other_line } = fault;
                    let column = column.map_or(WHOLE_ROW, FileColumn::as_str);
                    vec![number(*line), text(column), text(clash.as_str()), text(other), number(*other_line)]
                })
                .collect(),
        )
    }
}

impl Connection {
    /// Runs a statement that is put together from constants. Returns how many rows it touched.
    pub(super) async fn run(&mut self, statement: String) -> Stored<u64> {
        let statement = AssertSqlSafe(statement);
        Ok(match self {
            Self::Postgres(connection) => sqlx::query(statement).execute(&mut **connection).await?.rows_affected(),
            Self::Sqlite(connection) => sqlx::query(statement).execute(&mut **connection).await?.rows_affected(),
        })
    }

    /// Returns the number that a statement selects.
    pub(super) async fn number(&mut self, statement: &'static str) -> Stored<i64> {
        Ok(match self {
            Self::Postgres(connection) => sqlx::query_scalar(statement).fetch_one(&mut **connection).await?,
            Self::Sqlite(connection) => sqlx::query_scalar(statement).fetch_one(&mut **connection).await?,
        })
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
            .map(|(line, column, clash, other, other_line)| {
                let clash = Clash::parse(&clash).ok_or_else(|| sqlx::Error::Decode(clash.into()))?;
                let column = FileColumn::parse(&column);
                Ok(StagedFault { line, column, clash, other, other_line })
            })
            .collect()
    }

    /// Adds rows to a table in the quickest way that the database has.
    async fn add(&mut self, table: StagingTable, rows: Vec<Values<'_>>) -> Stored<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let into = table.with_columns();
        match self {
            Self::Postgres(connection) => {
                let text = copy::encoded(&rows);
                let mut into = connection.copy_in_raw(&format!("COPY {into} FROM STDIN")).await?;
                into.send(text).await?;
                into.finish().await?;
            }
            Self::Sqlite(connection) => {
                for some in rows.chunks(ROWS_OF_INSERT) {
                    let width = some.first().map_or(0, Vec::len);
                    let row = format!("({})", vec!["?"; width].join(", "));
                    let statement = format!("INSERT INTO {into} VALUES {}", vec![row; some.len()].join(", "));
                    let mut query = sqlx::query(AssertSqlSafe(statement));
                    for value in some.iter().flatten() {
                        query = match value {
                            Value::Text(text) => query.bind(*text),
                            Value::Number(number) => query.bind(*number),
                        };
                    }
                    query.execute(&mut **connection).await?;
                }
            }
        }
        Ok(())
    }
}
