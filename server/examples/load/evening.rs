//! The evening: people come, think, mistype, ask for another mail, lose answers. Meanwhile contracts are imported, nodes are exchanged,
//! one is killed, and so is PostgreSQL.

use crate::goals::Goals;
use crate::journey::{Journey, World};
use crate::nodes::text;
use crate::people::Habits;
use crate::record::{Record, Timed};
use crate::stage::{KNOWN, QUIET, Stage};
use std::process::Stdio;
use std::time::{Duration, Instant};

const ROLLED: &str = "a node is rolled";

/// Lets so many people a second come for so long.
pub async fn evening(stage: &mut Stage, a_second: f64, during: Duration, contracts: usize, goals: &mut Goals) {
    let people = (a_second * during.as_secs_f64()) as usize;
    println!("The evening: {people} people in {:.0} s, {a_second:.1} a second", during.as_secs_f64());
    let record = Record::default();
    let world = stage.world(&record);
    let journeys: Vec<_> = (0..people).map(|nth| somebody(stage, &world, nth)).collect();
    let begun = Instant::now();
    let coming = tokio::spawn(async move {
        let mut walking = tokio::task::JoinSet::new();
        for (nth, journey) in journeys.into_iter().enumerate() {
            tokio::time::sleep_until((begun + Duration::from_secs_f64(nth as f64 / a_second)).into()).await;
            walking.spawn(journey);
        }
        while let Some(ended) = walking.join_next().await {
            record.ended(ended.unwrap_or_else(|found| Err(found.to_string())));
        }
        record
    });
    let at = |share: f64| tokio::time::sleep_until((begun + during.mul_f64(share)).into());
    at(0.10).await;
    import(stage, contracts).await;
    for (share, nth) in [(0.30, 0), (0.40, 1)] {
        at(share).await;
        roll(stage, nth).await;
    }
    at(0.55).await;
    kill_node(stage).await;
    at(0.75).await;
    kill_database(stage).await;
    let record = coming.await.expect("everybody");
    println!("  everybody was there after {:.0} s", begun.elapsed().as_secs_f64());
    record.print();
    println!(
        "  the confirmed link is seen after {:.2} s (p50), {:.2} s (p99)",
        record.at(Timed::LinkSeen, 0.5) / 1e3,
        record.at(Timed::LinkSeen, 0.99) / 1e3
    );
    goals.none("journeys failed in the evening", record.failed());
    goals.none("presses without an answer while nothing happens", record.count_again(QUIET));
    goals.none("presses without an answer while a node is rolled", record.count_again(ROLLED));
}

type Walk = std::pin::Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// Of ten people seven enrol; of the others, who have an account, each does something else.
fn somebody(stage: &Stage, world: &World, nth: usize) -> Walk {
    let known = |journey: fn(Journey) -> Walk| {
        let person = nth / 10 * 3 + nth % 10 - 7;
        // Each once, and none of those who sign in with their old password afterwards.
        let person = stage.people[..KNOWN / 2].get(person)?;
        Some(journey(Journey::new(world, person, 1_000_000 + nth, Habits::of_the_evening(nth))))
    };
    let walk = match nth % 10 {
        7 => known(|journey| Box::pin(journey.signs_in())),
        8 => known(|journey| Box::pin(journey.inquires())),
        9 => known(|journey| Box::pin(journey.resets())),
        _ => None,
    };
    walk.unwrap_or_else(|| Box::pin(stage.enrolment(world, Habits::of_the_evening).enrols()))
}

/// The file of the night, which has the customers of before and many more.
async fn import(stage: &Stage, contracts: usize) {
    let file = stage.place.folder.join("night.csv");
    crate::file::write(&file, contracts).expect("a file of contracts");
    stage.phase("contracts are imported");
    let begun = Instant::now();
    let mut command = stage.place.command(&["contracts", "import", &text(&file)]);
    let mut importing = command.stderr(Stdio::null()).spawn().expect("the binary");
    let ended = tokio::task::spawn_blocking(move || importing.wait()).await.expect("a thread");
    assert!(ended.is_ok_and(|status| status.success()), "the import failed");
    let took = begun.elapsed().as_secs_f64();
    println!("  {contracts} contracts imported in {took:.1} s, {:.0} a second", contracts as f64 / took);
    stage.phase(QUIET);
}

/// As somebody does it by hand: no further requests, then the signal, then those again.
async fn roll(stage: &mut Stage, nth: usize) {
    stage.phase(ROLLED);
    let begun = Instant::now();
    stage.proxy.set(&stage.nodes[nth], "drain");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let Stage { nodes, place, .. } = stage;
    nodes[nth].end("TERM").await;
    nodes[nth].start_again(place).await;
    stage.proxy.set(&stage.nodes[nth], "ready");
    while !stage.proxy.sees(&stage.nodes[nth]) {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("  {} rolled in {:.1} s", stage.nodes[nth].name, begun.elapsed().as_secs_f64());
    stage.phase(QUIET);
}

async fn kill_node(stage: &mut Stage) {
    stage.phase("a node is killed");
    stage.killed();
    let Stage { nodes, place, .. } = stage;
    nodes[1].end("KILL").await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    nodes[1].start_again(place).await;
    println!("  {} killed and started again", stage.nodes[1].name);
    settle_down(stage).await;
}

async fn kill_database(stage: &Stage) {
    stage.phase("PostgreSQL is killed");
    let begun = Instant::now();
    stage.killed();
    stage.postgres.kill_and_start(Duration::from_secs(3)).await;
    println!("  PostgreSQL killed and started again, {:.1} s", begun.elapsed().as_secs_f64());
    settle_down(stage).await;
}

/// Until everything is as before.
async fn settle_down(stage: &Stage) {
    while !stage.nodes.iter().all(|node| stage.proxy.sees(node)) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // Whoever got no answer presses again a second later.
    tokio::time::sleep(Duration::from_secs(3)).await;
    stage.phase(QUIET);
}
