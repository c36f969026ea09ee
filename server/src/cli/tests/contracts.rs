//! `nirin contracts import`: what it says.

use super::{Fresh, text};
use crate::cli::contracts::{Command, run};
use crate::import::{Importer, Progress, Report};
use crate::rng::SystemRng;
use crate::store::Actor;
use std::path::PathBuf;
use tokio::sync::Notify;

const DEMO: &str = "demo/contracts.csv";

/// Tells when something has been applied.
struct Applied(Notify);

impl Progress for Applied {
    fn read(&self, _rows: u64) {}

    fn check(&self) {}

    fn apply(&self, applied: u64, _changes: u64) {
        if applied > 0 {
            self.0.notify_one();
        }
    }

    fn finish_interrupted(&self, _report: &Report) {}
}

async fn import(fresh: &Fresh, file: PathBuf) -> String {
    let mut said = Vec::new();
    run(&fresh.context(), None, Command::Import { file, dry_run: false }, &mut said).await.unwrap();
    text(said)
}

#[tokio::test]
async fn what_became_of_an_interrupted_import_is_told_before_the_new_file() {
    let fresh = Fresh::open().await;
    let demo = std::fs::read_to_string(DEMO).unwrap();
    assert!(import(&fresh, DEMO.into()).await.starts_with("59 rows read"), "without one there is nothing more to say");
    let row = demo.lines().find(|line| line.starts_with("k-002,")).unwrap();
    let more: String = (0..1_200)
        .map(|nth| {
            format!("{}\n", row.replace("k-002", &format!("n-{nth}")).replace("NR10000101", &format!("XX{nth:08}")))
        })
        .collect();
    let file = demo.lines().next().unwrap().to_owned() + "\n" + &more;
    let applied = Applied(Notify::new());
    let importer = Importer {
        store: &fresh.store,
        clock: &fresh.clock,
        rng: &SystemRng,
        keys: None,
        actor: Actor::Staff("test"),
        progress: &applied,
    };
    tokio::select! {
        report = importer.run(std::io::Cursor::new(file), false) => panic!("it came to its end: {report:?}"),
        () = applied.0.notified() => {}
    }
    let said = import(&fresh, DEMO.into()).await;
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.first(), Some(&"An earlier import that was interrupted is finished:"));
    assert!(lines[1].starts_with("1200 rows read: 1200 contracts of 1 customers written."), "{said}");
    assert_eq!((lines[3], lines.len()), ("This file:", 6), "{said}");
    assert!(lines[4].starts_with("59 rows read"), "{said}");
}
