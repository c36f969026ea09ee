//! `make load`: the day itself as a load test. Two nodes behind HAProxy on one PostgreSQL, a relay that counts, people as browsers make
//! their requests. Ends with a failure when a journey failed, or a mail was lost or came twice. What the lines mean is in
//! `docs/operations.md`.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measuring program, not the product"
)]

mod backlog;
mod browser;
mod calm;
mod evening;
#[path = "../import/file.rs"]
#[expect(dead_code, reason = "only the file of contracts is needed here")]
mod file;
mod goals;
mod hashes;
mod journey;
mod mails;
mod nodes;
mod people;
mod postgres;
mod process;
mod record;
mod relay;
mod rush;
mod screen;
mod stage;
mod waiting;

use goals::Goals;
use mails::Mails;
use stage::{Stage, mails_settled};
use std::path::PathBuf;
use std::time::Duration;

/// How much of everything.
struct Size {
    customers: usize,
    alone: usize,
    passwords: Duration,
    rush: Duration,
    evening: Duration,
    /// Contracts of the file that is imported in the evening.
    night: usize,
    backlog: usize,
    /// How long the relay is down.
    down: Duration,
    screens: usize,
    quiet: Duration,
    /// Screens that are moved on.
    moved: usize,
}

const WHOLE: Size = Size {
    customers: 8_000,
    alone: 40,
    passwords: Duration::from_secs(10),
    rush: Duration::from_secs(30),
    evening: Duration::from_secs(90),
    night: 50_000,
    backlog: 10_000,
    down: Duration::from_secs(20),
    screens: 20_000,
    quiet: Duration::from_secs(20),
    moved: 100,
};

/// For a look whether everything works.
const SHORT: Size = Size {
    customers: 3_000,
    alone: 5,
    passwords: Duration::from_secs(3),
    rush: Duration::from_secs(5),
    evening: Duration::from_secs(40),
    night: 10_000,
    backlog: 1_000,
    down: Duration::from_secs(5),
    screens: 1_000,
    quiet: Duration::from_secs(5),
    moved: 20,
};

const CLIENTS: usize = 64;
/// How long mails may take that somebody had in hand who was killed: the lease, and some.
const SETTLED_WITHIN: Duration = Duration::from_secs(180);
/// Whole journeys a second as a share of the limit, where they are not measured.
const LIKELY_SHARE: f64 = 0.25;
/// People who come in a second of the evening, as a share of what the machine takes.
const EVENING_SHARE: f64 = 0.4;

fn main() -> std::process::ExitCode {
    let variable =
        |name| PathBuf::from(std::env::var(name).unwrap_or_else(|_| panic!("{name} is missing: use `make load`")));
    let (binary, site) = (variable("NIRIN_BIN"), variable("SITE_DIR"));
    let short = std::env::var("LOAD").is_ok_and(|size| size == "short");
    let folder = std::env::temp_dir().join(format!("nirin-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let size = if short { SHORT } else { WHOLE };
    let well = runtime.block_on(async {
        let mut stage = Stage::set(binary, site, &folder, size.customers).await;
        the_day(&mut stage, &size).await
    });
    runtime.shutdown_background();
    if well {
        let _ = std::fs::remove_dir_all(&folder);
        std::process::ExitCode::SUCCESS
    } else {
        println!("Something went wrong; logs are in {}", folder.display());
        std::process::ExitCode::FAILURE
    }
}

/// Returns whether nobody failed and no mail was lost or doubled.
async fn the_day(stage: &mut Stage, size: &Size) -> bool {
    let mut goals = Goals::default();
    let wanted: Vec<_> = std::env::args().skip(1).collect();
    let is_wanted = |part: Part| wanted.is_empty() || wanted.iter().any(|word| word == part.as_str());
    let hash = hashes::one();
    let rate = hashes::rate(Duration::from_secs(3));
    println!(
        "One Argon2id hash: {:.1} ms, {:.1} ms CPU; all cores together {rate:.0} hashes a second",
        hash.time, hash.cpu
    );
    if is_wanted(Part::Alone) {
        calm::alone(stage, size.alone, &hash, &mut goals).await;
    }
    if is_wanted(Part::Passwords) {
        calm::passwords(stage, 8, size.passwords, &mut goals).await;
    }
    let mut a_second = rate / 2.0 * LIKELY_SHARE;
    if is_wanted(Part::Rush) {
        a_second = rush::rush(stage, CLIENTS, size.rush, &hash, &mut goals).await;
    }
    if is_wanted(Part::Evening) {
        evening::evening(stage, (a_second * EVENING_SHARE).max(1.0), size.evening, size.night, &mut goals).await;
    }
    if is_wanted(Part::Backlog) {
        backlog::backlog(stage, size.backlog, size.down, &mut goals).await;
    }
    println!("All mails of the day");
    if !mails_settled(&stage.pool, SETTLED_WITHIN).await {
        println!("  some were not settled within {:.0} s", SETTLED_WITHIN.as_secs_f64());
    }
    let kills = stage.kills.lock().expect("the kills").clone();
    let mails = Mails::of(&stage.pool, &stage.relay, &kills).await;
    mails.print();
    goals.none("mails lost", mails.lost);
    goals.none("mails doubled", mails.doubled);
    if is_wanted(Part::Waiting) {
        waiting::waiting(stage, size.screens, size.quiet, size.moved, &mut goals).await;
    }
    println!(
        "All cores together at the end: {:.0} hashes a second, {rate:.0} at the start",
        hashes::rate(Duration::from_secs(3))
    );
    goals.print()
}

rules::words! {
    /// The parts of a run; those that are named as arguments, or all.
    Part {
        Alone = "alone",
        Passwords = "passwords",
        Rush = "rush",
        Evening = "evening",
        Backlog = "backlog",
        Waiting = "waiting",
    }
}
