//! A real PgBouncer between the server and PostgreSQL.

use crate::support::*;
use server::config::StoreSettings;
use server::store::{Store, StoreError};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What a PgBouncer needs in front of this server.
const STARTS: &str = "ignore_startup_parameters = extra_float_digits";

struct PgBouncer {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl PgBouncer {
    fn start(mode: &str, more: &str) -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("nirin-test-pgbouncer-{port}"));
        std::fs::create_dir_all(&folder).unwrap();
        let settings = folder.join("pgbouncer.ini");
        let text = format!(
            "[databases]\n* = host=127.0.0.1 port={} user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = any\npool_mode = {mode}\n{more}\n",
            Postgres::shared().port()
        );
        std::fs::write(&settings, text).unwrap();
        let packaged = Path::new("/usr/sbin/pgbouncer");
        let mut command = Command::new(if packaged.exists() { packaged } else { Path::new("pgbouncer") });
        command.arg("-q").arg(&settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if is_root() {
            // It refuses to run as root.
            let id = Command::new("id").args(["-u", "postgres"]).output().unwrap();
            command.uid(String::from_utf8_lossy(&id.stdout).trim().parse().unwrap());
        }
        let child = command.spawn().expect("PgBouncer is missing: install Debian's package `pgbouncer`");
        let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(tokio::time::Instant::now() < deadline, "PgBouncer did not start");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        Self { child, folder, port }
    }

    /// The test's database, reached through it.
    fn settings(&self, app: &TestApp) -> StoreSettings {
        let name = app.settings.store.url.rsplit('/').next().unwrap();
        StoreSettings { url: format!("postgres://postgres@127.0.0.1:{}/{name}", self.port), connections: 4 }
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_pgbouncer_in_transaction_mode_is_refused_at_the_start_with_a_sentence() {
    run(
        Kind::Postgres,
        |_| {},
        async |app| {
            for more in ["", "server_round_robin = 1", "min_pool_size = 4"] {
                let bouncer = PgBouncer::start("transaction", &format!("{STARTS}\n{more}"));
                let found = Store::open(&bouncer.settings(app)).await.expect_err("refused");
                assert!(matches!(found, StoreError::TransactionPooling), "{more}: {found}");
                let said = found.to_string();
                assert!(said.contains("PgBouncer") && said.contains("pool_mode = session"), "{said}");
            }
        },
    );
}

#[test]
fn through_a_pgbouncer_in_session_mode_everything_works() {
    run(
        Kind::Postgres,
        |_| {},
        async |app| {
            let bouncer = PgBouncer::start("session", STARTS);
            let store = Store::open(&bouncer.settings(app)).await.expect("accepted");
            store.migrate().await.unwrap();
            assert!(store.is_ready(app.now()).await);
            store.close().await;
        },
    );
}

#[test]
fn a_pgbouncer_as_it_is_installed_is_refused_with_what_it_needs() {
    run(
        Kind::Postgres,
        |_| {},
        async |app| {
            for mode in ["session", "transaction", "statement"] {
                let bouncer = PgBouncer::start(mode, "");
                let found = Store::open(&bouncer.settings(app)).await.expect_err("refused");
                assert!(matches!(found, StoreError::PoolerStartup), "{mode}: {found}");
                assert!(found.to_string().contains(STARTS), "{found}");
            }
        },
    );
}
