//! A relay that was down, with thousands of mails waiting: codes go first, nothing is lost, nothing goes twice.

use crate::goals::Goals;
use crate::journey::Journey;
use crate::people::Habits;
use crate::record::{Record, Timed};
use crate::stage::{KNOWN, Stage, mails_settled};
use server::clock::{Clock as _, SystemClock};
use server::config::StoreSettings;
use server::mail::{MailContent, OutboxItem};
use server::rng::{Rng, SystemRng};
use server::secret::Keys;
use server::store::Store;
use server::use_cases::{Envelope, add_item};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const CLIENTS: usize = 8;
/// People who sign in while mails wait, at most: enough for a p95.
const SIGN_INS: usize = 2_000;

/// Hands mails over by one node alone: first with nothing else to do, then after the relay was down, beside people who sign in.
pub async fn backlog(stage: &mut Stage, mails: usize, down: Duration, goals: &mut Goals) {
    stage.nodes[1].end("TERM").await;
    alone(stage, mails / 3, goals).await;
    beside_codes(stage, mails, down, goals).await;
    let Stage { nodes, place, .. } = stage;
    nodes[1].start_again(place).await;
}

async fn alone(stage: &Stage, mails: usize, goals: &mut Goals) {
    let ids = write(stage, mails).await;
    while taken(stage, &ids).len() < mails {
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let rate = a_second(&taken(stage, &ids));
    println!("{mails} mails of one node with nothing else to do: {rate:.0} a second");
    goals.at_least("mails a second of one node to a local relay", "a second", rate, 500.0);
}

/// When those of these mails were taken that were.
fn taken(stage: &Stage, ids: &[String]) -> Vec<Instant> {
    let times = stage.relay.times();
    ids.iter().filter_map(|id| times.get(id)?.first().copied()).collect()
}

fn a_second(times: &[Instant]) -> f64 {
    let (first, last) = (times.iter().min().expect("mails"), times.iter().max().expect("mails"));
    times.len() as f64 / (*last - *first).as_secs_f64()
}

async fn beside_codes(stage: &Stage, mails: usize, down: Duration, goals: &mut Goals) {
    println!("{mails} mails with a link wait for a relay that is down for {:.0} s", down.as_secs_f64());
    stage.killed();
    stage.relay.set_up(false);
    let begun = Instant::now();
    let ids = write(stage, mails).await;
    tokio::time::sleep_until((begun + down).into()).await;
    stage.relay.set_up(true);
    let (up, before) = (Instant::now(), stage.relay.count());
    while stage.relay.count() == before {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    println!("  the first mail went {:.1} s after the relay was back", up.elapsed().as_secs_f64());
    let (record, next, waiting) = (Record::default(), AtomicUsize::new(0), AtomicBool::new(true));
    let world = stage.world(&record);
    let watch = async {
        while taken(stage, &ids).len() < mails {
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
        waiting.store(false, Ordering::Relaxed);
    };
    let walks = (0..CLIENTS).map(async |_| {
        while waiting.load(Ordering::Relaxed) {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            if nth >= SIGN_INS {
                break;
            }
            // Those who have not reset their password in the evening.
            let nth = KNOWN / 2 + nth % (KNOWN / 2);
            let journey = Journey::new(&world, &stage.people[nth], 2_000_000 + nth, Habits::default());
            record.ended(journey.signs_in().await);
        }
    });
    futures::future::join(watch, futures::future::join_all(walks)).await;
    record.print();
    println!("  {:.0} mails with a link a second, beside the codes", a_second(&taken(stage, &ids)));
    mails_settled(&stage.pool, Duration::from_secs(30)).await;
    let p95 = record.at(Timed::CodeAccepted, 0.95) / 1e3;
    goals.at_most("commit → accepted with thousands of mails waiting, codes p95", "s", p95, 2.0);
    goals.none("sign-ins failed while mails wait", record.failed());
}

/// Writes mails as enrolments do; returns their numbers.
async fn write(stage: &Stage, mails: usize) -> Vec<String> {
    let (rng, now): (&(dyn Rng + 'static), _) = (&SystemRng, SystemClock::default().now());
    let settings = StoreSettings { url: stage.place.database.clone(), connections: 1 };
    let store = Store::open(&settings).await.expect("the store");
    let keys = Keys::open(&stage.place.keys(), rng).expect("the nodes' keys");
    let mail = OutboxItem::Mail(MailContent::ConfirmEnrolment {
        token: rng.token(),
        asked_at: now,
        expires_at: now + 86_400_000,
        device: "iPhone（Safari）".into(),
    });
    let mut ids = Vec::with_capacity(mails);
    let mut tx = store.begin().await.expect("a transaction");
    for nth in 0..mails {
        let recipient = format!("waiting{nth}@example.jp");
        let envelope = Envelope { recipient: &recipient, reference: &rng.reference(), pause_ms: 0 };
        let id = add_item(&mut tx, &keys, rng, &mail, &envelope, now).await.expect("a mail");
        ids.push(id.as_str().to_owned());
    }
    tx.commit().await.expect("a commit");
    store.close().await;
    ids
}
