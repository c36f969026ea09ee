//! What is measured while little happens: memory, one person alone, and password steps.

use crate::browser::Browser;
use crate::goals::Goals;
use crate::hashes::{self, Hash};
use crate::people::{Habits, PASSWORD};
use crate::record::{Record, Timed};
use crate::stage::{KNOWN, Stage};
use app::wire::{Action, Field, Flow, Form, Screen};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Resident memory, and one person after the other.
pub async fn alone(stage: &Stage, journeys: usize, hash: &Hash, goals: &mut Goals) {
    let memory: Vec<_> = stage.nodes.iter().map(|node| node.memory() / 1024.0).collect();
    println!("Resident memory at rest: {:.1} and {:.1} MB", memory[0], memory[1]);
    goals.at_most("resident memory at rest", "MB", memory[0].max(memory[1]), 30.0);
    println!("One person after the other, nobody thinks: {journeys} whole journeys");
    let record = Record::default();
    let world = stage.world(&record);
    let before = stage.meter().await;
    for _ in 0..journeys {
        record.ended(stage.enrolment(&world, |_| Habits::default()).enrols().await);
    }
    record.print();
    stage.meter().await.print_since(&before, journeys, hash);
    let hashes = |what| record.at(what, 0.5) / hash.time;
    goals.at_most("password → mail in the relay, at rest, p50", "× one hash", hashes(Timed::CodeMail), 1.3);
    goals.at_most("whole sign-in, at rest, p50", "× one hash", hashes(Timed::WholeSignIn), 1.8);
    goals.none("journeys failed, at rest", record.failed());
}

/// Password steps of so many clients at one node, as a share of what the machine can hash.
pub async fn passwords(stage: &Stage, clients: usize, during: Duration, goals: &mut Goals) {
    let (node, next) = (stage.nodes[0].address, AtomicUsize::new(0));
    // Before and after, for other work of the machine may slow either.
    let rate_before = hashes::rate(Duration::from_secs(2));
    let cpu = (stage.nodes[0].cpu(), stage.postgres.cpu());
    let begun = Instant::now();
    let steps = (0..clients).map(async |_| {
        let mut well = 0_usize;
        while begun.elapsed() < during {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let form = Form(vec![
                field(Form::STEP, app::wire::StepName::SignIn.as_str()),
                field(Form::ACTION, Action::Submit.as_str()),
                field(Field::UserId.as_str(), &stage.people[nth % KNOWN].email),
                field(Field::Password.as_str(), PASSWORD),
            ]);
            let mut browser =
                Browser::new(node, format!("100.{}.{}.{}", 96 + nth / 65_536, nth / 256 % 256, nth % 256));
            let page = browser.submit(Flow::SignIn, &form).await;
            well += usize::from(page.is_ok_and(|page| matches!(page.screen, Screen::Code(_))));
        }
        well
    });
    let count: usize = futures::future::join_all(steps).await.into_iter().sum();
    let rate = count as f64 / begun.elapsed().as_secs_f64();
    let each = |now: f64, before: f64| (now - before) / count.max(1) as f64;
    let (node, database) = (each(stage.nodes[0].cpu(), cpu.0), each(stage.postgres.cpu(), cpu.1));
    let best = rate_before.max(hashes::rate(Duration::from_secs(2)));
    println!(
        "Password steps, {clients} clients at one node: {rate:.1} a second = {:.2} of {best:.0} hashes; node {node:.1} ms CPU each, \
         PostgreSQL {database:.1}",
        rate / best
    );
    goals.at_least("password step at 8 clients", "of the best Argon2id rate", rate / best, 0.6);
}
