//! What a part of the run comes to: how long each step took, and what went wrong.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

rules::words! {
    /// What is timed.
    Timed {
        FirstForm = "first form",
        Identity = "identity check",
        Password = "new password",
        Resend = "another mail",
        LinkOpened = "link opened",
        LinkConfirmed = "link confirmed",
        LinkSeen = "confirmed link seen",
        Onward = "on to sign-in",
        SignIn = "password of sign-in",
        Code = "code",
        Portal = "portal",
        Look = "waiting screen looks",
        Stream = "waiting screen's stream",
        ResetAsked = "reset asked for",
        ResetDone = "reset done",
        LinkMail = "until the link's mail is in the relay",
        CodeMail = "until the code's mail is in the relay",
        CodeAccepted = "of that, after the commit",
        WholeSignIn = "whole sign-in",
        Assets = "script and style",
    }
}

/// Cheap to clone.
#[derive(Clone, Default)]
pub struct Record(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    times: BTreeMap<&'static str, Vec<f64>>,
    journeys: usize,
    failed: Vec<String>,
    /// Presses that were made again, by why.
    again: BTreeMap<String, usize>,
    /// Answers that were lost on purpose.
    lost: usize,
}

impl Record {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().expect("the record")
    }

    pub fn took(&self, what: Timed, time: Duration) {
        self.kept().times.entry(what.as_str()).or_default().push(time.as_secs_f64() * 1e3);
    }

    pub fn ended(&self, journey: Result<(), String>) {
        let mut kept = self.kept();
        kept.journeys += 1;
        kept.failed.extend(journey.err());
    }

    /// A press got no answer, and is made again.
    pub fn again(&self, why: String) {
        *self.kept().again.entry(why).or_default() += 1;
    }

    pub fn lost(&self) {
        self.kept().lost += 1;
    }

    pub fn journeys(&self) -> usize {
        self.kept().journeys
    }

    pub fn failed(&self) -> usize {
        self.kept().failed.len()
    }

    /// Milliseconds that this share of the times lie below.
    pub fn at(&self, what: Timed, share: f64) -> f64 {
        self.kept().times.get(what.as_str()).map_or(f64::NAN, |times| percentile(times, share))
    }

    /// How many presses were made again for a reason that begins like this.
    pub fn count_again(&self, begins: &str) -> usize {
        self.kept().again.iter().filter(|(why, _)| why.starts_with(begins)).map(|(_, count)| count).sum()
    }

    /// Prints p50, p95 and p99 of each step, and what went wrong.
    pub fn print(&self) {
        let kept = self.kept();
        println!("  {:<40} {:>7} {:>9} {:>9} {:>9}", "step, in ms", "times", "p50", "p95", "p99");
        for what in Timed::ALL {
            let Some(times) = kept.times.get(what.as_str()) else { continue };
            let at = |share| percentile(times, share);
            let (name, count) = (what.as_str(), times.len());
            println!("  {name:<40} {count:>7} {:>9.1} {:>9.1} {:>9.1}", at(0.5), at(0.95), at(0.99));
        }
        if kept.lost > 0 {
            println!("  answers lost on purpose: {}", kept.lost);
        }
        for (why, count) in &kept.again {
            println!("  pressed again {count} times: {why}");
        }
        println!("  journeys {}, failed {}", kept.journeys, kept.failed.len());
        for reason in kept.failed.iter().take(20) {
            println!("    failed: {reason}");
        }
    }
}

/// The value that this share of all lie below.
pub fn percentile(times: &[f64], share: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}
