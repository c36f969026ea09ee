//! People beside an import: small transactions that write a row each, as every step of a sign-in does.

use server::clock::{Clock as _, SystemClock};
use server::rng::{Rng, SystemRng};
use server::store::{Actor, AuditEntry, AuditEvent, Reference, Store};
use std::time::Duration;
use tokio::time::Instant;

/// So many people at once.
const CLIENTS: usize = 4;
/// How long each of them thinks.
const THINKS: Duration = Duration::from_millis(75);

/// How long a transaction took, in milliseconds.
pub struct Waits {
    pub p50: f64,
    pub p99: f64,
    pub longest: f64,
}

/// Writes until `work` is done. Returns what it returned, and how long the transactions took.
pub async fn during<T>(store: &Store, work: impl Future<Output = T>) -> (T, Waits) {
    let clients: Vec<_> = (0..CLIENTS).map(|_| tokio::spawn(client(store.clone()))).collect();
    let done = work.await;
    let mut took = Vec::new();
    for client in clients {
        STOP.store(true, std::sync::atomic::Ordering::Relaxed);
        took.extend(client.await.expect("a client"));
    }
    STOP.store(false, std::sync::atomic::Ordering::Relaxed);
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took.get(took.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    (done, Waits { p50: at(50), p99: at(99), longest: at(100) })
}

static STOP: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

async fn client(store: Store) -> Vec<f64> {
    let rng: &(dyn Rng + 'static) = &SystemRng;
    let (mut took, none) = (Vec::new(), Reference::default());
    while !STOP.load(std::sync::atomic::Ordering::Relaxed) {
        let entry = AuditEntry::new(AuditEvent::ContractsImported, Actor::Server, &none);
        let began = Instant::now();
        let mut tx = store.begin().await.expect("a transaction");
        tx.audit(&rng.id(), &entry, SystemClock::default().now()).await.expect("a row");
        tx.commit().await.expect("a commit");
        took.push(began.elapsed().as_secs_f64() * 1_000.0);
        tokio::time::sleep(THINKS).await;
    }
    took
}
