//! `/readyz` says that this node can write: with databases that only read, that have no room, and files that went away.

use crate::support::*;
use std::time::Duration;

/// How soon a balancer must see a change.
const SOON: Duration = Duration::from_secs(5);

/// Asks until the status is the wanted one, for as long as a balancer may be wrong.
async fn becomes(status: u16, ask: impl AsyncFn() -> u16) {
    let seen = tokio::time::timeout(SOON, async {
        while ask().await != status {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    assert!(seen.await.is_ok(), "not {status} within 5 s");
}

async fn ready(app: &TestApp) -> u16 {
    app.browser().get("/readyz").await.status
}

/// A post that writes.
async fn post(app: &TestApp) -> u16 {
    let fields = [("step", "user-id"), ("user_id", TARO.email)];
    app.browser().post_form("/password-reset", &fields).await.first.status
}

on_both!(a_node_that_can_write_is_ready, async |app| {
    assert_eq!((ready(app).await, post(app).await), (200, 303));
});

#[test]
fn a_postgresql_that_only_reads_is_not_ready_and_ready_again_once_it_writes() {
    run(
        Kind::Postgres,
        |_| {},
        async |app| {
            assert_eq!((ready(app).await, post(app).await), (200, 303));
            // As after a fail-over: connections end, and where the new ones lead only reads.
            app.sql(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); \
                 PERFORM pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid(); END $$",
            )
            .await;
            becomes(503, async || ready(app).await).await;
            assert_eq!(post(app).await, 503);
            // Connections that are open keep what they began with: only by dropping them does the pool recover.
            app.sql(
                "BEGIN READ WRITE; DO $$ BEGIN \
                 EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$; COMMIT",
            )
            .await;
            becomes(200, async || ready(app).await).await;
            for _ in 0..20 {
                assert_eq!(post(app).await, 303);
            }
        },
    );
}

#[test]
fn a_demoted_postgresql_is_not_ready_and_the_same_pool_is_ready_again_once_it_is_promoted() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let server = OwnPostgres::start("demoted");
            let node = Node::start(app, &server.url());
            becomes(200, async || node.status("/readyz").await).await;
            server.demote();
            becomes(503, async || node.status("/readyz").await).await;
            server.promote();
            becomes(200, async || node.status("/readyz").await).await;
        },
    );
}

/// Moves the database with what SQLite keeps beside it.
fn move_file(app: &TestApp, from: &str, to: &str) {
    let file = app.file();
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::rename(format!("{}{from}{end}", file.display()), format!("{}{to}{end}", file.display()));
    }
}

#[test]
fn a_deleted_sqlite_file_is_not_ready_and_ready_again_once_it_is_back() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            assert_eq!((ready(app).await, post(app).await), (200, 303));
            move_file(app, "", ".away");
            becomes(503, async || ready(app).await).await;
            assert_eq!(post(app).await, 503);
            assert!(!app.file().exists(), "no empty one takes its place");
            move_file(app, ".away", "");
            becomes(200, async || ready(app).await).await;
            assert_eq!(post(app).await, 303);
        },
    );
}

#[test]
fn a_replaced_sqlite_file_is_not_written_behind_its_back() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            assert_eq!((ready(app).await, post(app).await), (200, 303));
            move_file(app, "", ".away");
            for other in [&b""[..], b"no database at all, but some bytes that fill a page or so"] {
                std::fs::write(app.file(), other).unwrap();
                becomes(503, async || ready(app).await).await;
                assert_eq!(post(app).await, 503);
                std::fs::remove_file(app.file()).unwrap();
            }
            move_file(app, ".away", "");
            becomes(200, async || ready(app).await).await;
            assert_eq!(post(app).await, 303);
        },
    );
}

#[test]
fn a_disk_without_room_is_not_ready_and_ready_again_once_there_is_some() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let node = Node::start(app, &app.settings.store.url);
            becomes(200, async || node.status("/readyz").await).await;
            let wal = std::fs::metadata(format!("{}-wal", app.file().display())).expect("what was written").len();
            node.room(&wal.to_string());
            becomes(503, async || node.status("/readyz").await).await;
            assert_eq!(node.status("/healthz").await, 200, "the process lives");
            node.room("unlimited");
            becomes(200, async || node.status("/readyz").await).await;
        },
    );
}

#[test]
fn a_full_disk_is_not_ready_loses_nothing_and_is_ready_again_once_there_is_room() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let folder = std::env::temp_dir().join(format!("nirin-full-disk-{}", std::process::id()));
            std::fs::create_dir_all(&folder).unwrap();
            let Some(node) = Node::start_on_own_disk(app, &folder.display().to_string(), 4_096) else {
                eprintln!("not tried: this system lets nobody mount a file system");
                return;
            };
            becomes(200, async || node.status("/readyz").await).await;
            assert_eq!(node.post().await, 303);
            // The node's own view of the folder: for this process it is empty.
            let filler = format!("/proc/{}/root{}/filler", node.id(), folder.display());
            let mut file = std::fs::File::create(&filler).unwrap();
            while std::io::Write::write_all(&mut file, &[0; 4_096]).is_ok() {}
            becomes(503, async || node.status("/readyz").await).await;
            assert_eq!(
                (node.status("/healthz").await, node.post().await),
                (200, 503),
                "the process lives, and says so"
            );
            std::fs::remove_file(&filler).unwrap();
            drop(file);
            becomes(200, async || node.status("/readyz").await).await;
            for _ in 0..20 {
                assert_eq!(node.post().await, 303);
            }
            drop(node);
            std::fs::remove_dir_all(&folder).unwrap();
        },
    );
}
