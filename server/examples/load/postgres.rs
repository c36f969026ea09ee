//! A PostgreSQL of this run's own. Unlike the tests' it writes durably, as on the day.

use crate::process::{cpu_of_family, free_port, signal};
use sqlx::AnyPool;
use sqlx::any::AnyPoolOptions;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub struct Postgres {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

impl Postgres {
    /// Makes and starts one in a folder.
    pub fn start(folder: &Path) -> Self {
        let found = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL: .make/tools.sh postgres").flatten();
        let programs = found.map(|version| version.path().join("bin")).max().expect("PostgreSQL");
        let postgres = Self { programs, data: folder.join("postgres"), port: free_port() };
        std::fs::create_dir_all(&postgres.data).expect("a folder");
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(&postgres.data).status();
            assert!(given.is_ok_and(|status| status.success()), "a folder for PostgreSQL");
        }
        let mut made = postgres.program("initdb");
        made.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        assert!(postgres.done(&mut made), "initdb");
        assert!(postgres.up(), "PostgreSQL does not start: see {}", postgres.data.join("log").display());
        postgres
    }

    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// A pool to ask how much was done.
    pub async fn pool(&self) -> AnyPool {
        sqlx::any::install_default_drivers();
        let pool = AnyPoolOptions::new().max_connections(1).connect(&self.url()).await.expect("the database");
        sqlx::query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements").execute(&pool).await.expect("an extension");
        pool
    }

    /// CPU milliseconds so far.
    pub fn cpu(&self) -> f64 {
        cpu_of_family(self.id())
    }

    /// Ends it at once, and starts it again after a while.
    pub async fn kill_and_start(&self, after: Duration) {
        signal("KILL", self.id());
        tokio::time::sleep(after).await;
        // Its other processes end by themselves, one after the other.
        for _ in 0..100 {
            if self.up() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        panic!("PostgreSQL does not start again");
    }

    fn up(&self) -> bool {
        // What a node needs, and the statements counted.
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=100 -c shared_buffers=256MB \
             -c max_wal_size=2GB -c shared_preload_libraries=pg_stat_statements",
            self.port,
            self.data.display()
        );
        let mut start = self.program("pg_ctl");
        start.arg("-l").arg(self.data.join("log")).args(["-w", "-t", "60", "-o", &options, "start"]);
        self.done(&mut start)
    }

    fn id(&self) -> u32 {
        let notes = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap_or_default();
        notes.lines().next().and_then(|id| id.trim().parse().ok()).expect("PostgreSQL runs")
    }

    /// One of its programs, as the user it may run as: never root.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").arg("-D").arg(&self.data);
        command
    }

    fn done(&self, command: &mut Command) -> bool {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        self.done(stop.args(["-m", "immediate", "stop"]));
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// What the database has done: statements and commits.
pub async fn work_done(pool: &AnyPool) -> (i64, i64) {
    let statements = "SELECT CAST(COALESCE(SUM(calls), 0) AS BIGINT) FROM pg_stat_statements";
    let commits = "SELECT CAST(xact_commit AS BIGINT) FROM pg_stat_database WHERE datname = 'postgres'";
    let number =
        async |query: &'static str| sqlx::query_scalar::<_, i64>(query).fetch_one(pool).await.unwrap_or_default();
    (number(statements).await, number(commits).await)
}

/// Forgets which statements were asked.
pub async fn forget_statements(pool: &AnyPool) {
    let _ = sqlx::query("SELECT pg_stat_statements_reset()").execute(pool).await;
}

/// Prints the statements that took PostgreSQL longest, for each of so many journeys.
pub async fn print_statements(pool: &AnyPool, journeys: usize) {
    let query = "SELECT query, calls, total_exec_time FROM pg_stat_statements ORDER BY total_exec_time DESC LIMIT 8";
    let longest: Vec<(String, i64, f64)> = sqlx::query_as(query).fetch_all(pool).await.unwrap_or_default();
    println!("  statements that took PostgreSQL longest, a journey:");
    for (query, calls, ms) in longest {
        let each = |all: f64| all / journeys.max(1) as f64;
        let words = query.split_whitespace().collect::<Vec<_>>().join(" ");
        println!(
            "    {:5.1} times {:6.2} ms  {}",
            each(calls as f64),
            each(ms),
            words.chars().take(110).collect::<String>()
        );
    }
}
