//! What is looked up when somebody asks: slots, queues, the pool, waiting mails, the import.

use crate::http::Site;
use crate::store::{ImportState, WaitingMails};
use ::metrics::{describe_gauge, gauge};
use metrics_exporter_prometheus::{BuildError, PrometheusHandle};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

const BUILD: &str = "nirin_build_info";
const READY: &str = "nirin_ready";
const HASH_SLOTS: &str = "nirin_hash_slots";
const HASH_SLOTS_TAKEN: &str = "nirin_hash_slots_taken";
const HASH_WAITING: &str = "nirin_hash_waiting";
const POOL: &str = "nirin_database_connections";
const LIVE_STREAMS: &str = "nirin_live_streams";
const LIVE_STREAMS_MOST: &str = "nirin_live_streams_most";
const MAILS_WAITING: &str = "nirin_mails_waiting";
const MAILS_OLDEST: &str = "nirin_mails_oldest_seconds";
const IMPORT_ROWS: &str = "nirin_import_rows";
const IMPORT_STATE: &str = "nirin_import_state";
const IMPORT_MOVED: &str = "nirin_import_moved_timestamp_seconds";

fn describe() {
    describe_gauge!(BUILD, "Always 1; the version is a label.");
    describe_gauge!(READY, "Whether this node can write to its database.");
    describe_gauge!(HASH_SLOTS, "Passwords that are hashed at the same time at most.");
    describe_gauge!(HASH_SLOTS_TAKEN, "Passwords that are being hashed.");
    describe_gauge!(HASH_WAITING, "Passwords that wait for a slot.");
    describe_gauge!(POOL, "Connections to the database, by state.");
    describe_gauge!(LIVE_STREAMS, "Waiting screens that follow their state on this node.");
    describe_gauge!(
        LIVE_STREAMS_MOST,
        "Waiting screens that can follow their state on this node; further ones ask now and then."
    );
    describe_gauge!(MAILS_WAITING, "Mails in the outbox of all nodes that are not at their end, by kind and state.");
    describe_gauge!(MAILS_OLDEST, "The age of the oldest of them.");
    describe_gauge!(IMPORT_ROWS, "Rows of the newest import that change something: all, and those that are applied.");
    describe_gauge!(IMPORT_STATE, "Whether the newest import is in this state.");
    describe_gauge!(IMPORT_MOVED, "When the newest import last went on.");
}

/// What is asked when somebody scrapes.
#[derive(Clone)]
pub struct Scrape {
    site: Site,
    handle: PrometheusHandle,
    /// Kinds and states of mails that were waiting at some time: those that are gone are 0.
    seen: Arc<Mutex<BTreeSet<(String, String)>>>,
}

impl Scrape {
    /// Begins to collect.
    ///
    /// # Errors
    /// Something else in this process collects already.
    pub fn install(site: Site) -> Result<Self, BuildError> {
        let handle = crate::metrics::install()?;
        describe();
        Ok(Self { site, handle, seen: Arc::default() })
    }

    /// Returns everything in Prometheus' text format. A database that does not answer shows in [`READY`]; the rest is told all the
    /// same.
    pub async fn text(&self) -> String {
        gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        let Site { store, clock, use_cases, live, .. } = &self.site;
        let now = clock.now();
        let ready = store.is_ready(now).await;
        gauge!(READY).set(if ready { 1.0 } else { 0.0 });
        let hashing = use_cases.passwords().load();
        gauge!(HASH_SLOTS).set(small(hashing.slots));
        gauge!(HASH_SLOTS_TAKEN).set(small(hashing.taken));
        gauge!(HASH_WAITING).set(small(hashing.waiting));
        let pool = store.pool_load();
        gauge!(POOL, "state" => "idle").set(small(pool.idle));
        gauge!(POOL, "state" => "in-use").set(small(pool.open.saturating_sub(pool.idle)));
        gauge!(LIVE_STREAMS).set(small(live.count()));
        gauge!(LIVE_STREAMS_MOST).set(small(live.most()));
        if ready && let Err(found) = self.of_database(now).await {
            tracing::warn!(event = "metrics_incomplete", error = %found, "the database did not answer for the metrics");
        }
        self.handle.render()
    }

    async fn of_database(&self, now: i64) -> crate::store::Stored<()> {
        let mut tx = self.site.store.begin_read().await?;
        let waiting = tx.waiting_mails().await?;
        if let Ok(mut seen) = self.seen.lock() {
            seen.extend(waiting.iter().map(|mails| (mails.kind.clone(), mails.state.clone())));
            for (kind, state) in seen.iter() {
                let found = waiting.iter().find(|mails| (&mails.kind, &mails.state) == (kind, state));
                let (count, age_ms) =
                    found.map_or((0, 0), |WaitingMails { count, oldest_at, .. }| (*count, (now - oldest_at).max(0)));
                let labels = [("kind", kind.clone()), ("state", state.clone())];
                gauge!(MAILS_WAITING, &labels).set(number(count));
                gauge!(MAILS_OLDEST, &labels).set(number(age_ms) / 1_000.0);
            }
        }
        if let Some(import) = tx.import().await? {
            gauge!(IMPORT_ROWS, "rows" => "changes").set(number(import.changes));
            gauge!(IMPORT_ROWS, "rows" => "applied").set(number(import.applied));
            gauge!(IMPORT_MOVED).set(number(import.moved_at) / 1_000.0);
            for state in ImportState::ALL {
                let is = import.state == *state;
                gauge!(IMPORT_STATE, "state" => state.as_str()).set(if is { 1.0 } else { 0.0 });
            }
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn number(n: i64) -> f64 {
    n as f64
}

fn small(n: usize) -> f64 {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}
