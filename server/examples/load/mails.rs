//! Whether every mail that was written arrived, and once.

use crate::relay::Relay;
use server::store::{MailState, OutboxKind};
use sqlx::AnyPool;
use std::time::{Duration, Instant};

/// A mail that was taken so shortly before somebody was killed may go once more: whoever sent it could not write down that it went.
const IN_HAND: Duration = Duration::from_secs(2);

/// What became of the mails.
pub struct Mails {
    pub written: usize,
    pub taken: usize,
    /// Written, and neither in the relay nor withdrawn because something newer took its place.
    pub lost: usize,
    /// In the relay twice though nobody was killed who had them in hand.
    pub doubled: usize,
    /// In the relay twice because somebody was killed who had them in hand: one message, recognised by its Message-ID.
    pub again: usize,
}

/// How many mails are not at their end, where the database answers.
pub async fn waiting(pool: &AnyPool) -> Option<i64> {
    let query = "SELECT COUNT(*) FROM outbox WHERE state IN ($1, $2)";
    let (queued, sending) = (MailState::Queued.as_str(), MailState::Sending.as_str());
    sqlx::query_scalar(query).bind(queued).bind(sending).fetch_one(pool).await.ok()
}

impl Mails {
    /// Holds the outbox against the relay.
    pub async fn of(pool: &AnyPool, relay: &Relay, kills: &[Instant]) -> Self {
        let all = sqlx::query_as("SELECT id, state, kind FROM outbox").fetch_all(pool).await;
        let mut rows: Vec<(String, String, String)> = all.expect("the outbox");
        rows.retain(|(_, _, kind)| matches!(OutboxKind::parse(kind), Some(OutboxKind::Mail(_))));
        let times = relay.times();
        let is_lost = |id: &str, state: &str| match MailState::parse(state) {
            Some(MailState::Sent | MailState::Accepted) => !times.contains_key(id),
            // Something newer took its place.
            Some(MailState::Dropped) => false,
            _ => true,
        };
        let in_hand = |taken: Instant| kills.iter().any(|kill| taken + IN_HAND >= *kill && taken <= *kill + IN_HAND);
        let twice: Vec<_> = times.values().filter(|times| times.len() > 1).collect();
        let again = twice.iter().filter(|times| times.len() == 2 && in_hand(times[0])).count();
        Self {
            written: rows.len(),
            taken: times.len(),
            lost: rows.iter().filter(|(id, state, _)| is_lost(id, state)).count(),
            doubled: twice.len() - again,
            again,
        }
    }

    pub fn print(&self) {
        println!(
            "  mails written {}, in the relay {}; lost {}, doubled {}",
            self.written, self.taken, self.lost, self.doubled
        );
        if self.again > 0 {
            println!(
                "  sent again because whoever had them in hand was killed: {}, each with one Message-ID",
                self.again
            );
        }
    }
}
