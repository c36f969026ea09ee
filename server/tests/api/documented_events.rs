//! What operators read about the log and the audit log, held against what the program writes.

use crate::support::sources;
use server::store::AuditEvent;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../docs/security.md");

/// The words between backticks.
fn words(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_line_of_the_log_has_an_event_that_stands_on_the_operators_page() {
    let sources = sources("src");
    let mut logged = BTreeSet::new();
    for source in &sources {
        for call in ["tracing::info!(", "tracing::warn!(", "tracing::error!("] {
            for line in source.split(call).skip(1) {
                let event =
                    line.trim_start().strip_prefix("event = \"").expect("a line of the log begins with its event");
                logged.extend(event.split('"').next());
            }
        }
    }
    let rows = PAGE.split("| `event` |").nth(1).unwrap().split("\n\n").next().unwrap();
    let told = rows.lines().skip(2).filter_map(|row| row.split('|').nth(1)).flat_map(words).collect::<BTreeSet<_>>();
    assert_eq!(logged, told);
}

#[test]
fn every_event_of_the_audit_log_stands_on_the_operators_page() {
    let list = PAGE.split("in the table `audit`").nth(1).unwrap().split("A line has").next().unwrap();
    assert_eq!(AuditEvent::ALL.iter().map(|event| event.as_str()).collect::<BTreeSet<_>>(), words(list));
}
