//! When the worker has renewal reminders written. Who gets one is decided by a use case.

use super::Worker;
use crate::store::StoreError;
use async_trait::async_trait;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often it is asked who is to be reminded, in milliseconds.
const EVERY_MS: i64 = 900_000;
/// How often the clock is looked at.
const IDLE: Duration = Duration::from_secs(1);
/// How long a database that did not answer is left alone. This is time that passes, so that a clock that was turned back does not put
/// the next try off.
const PAUSE: Duration = Duration::from_secs(5);

/// Writes the renewal reminders that are due.
#[async_trait]
pub trait ReminderWriter: Send + Sync {
    /// Writes each in a transaction of its own, so that it can be given up at any moment. Returns how many it wrote.
    ///
    /// # Errors
    /// The database does not answer.
    async fn write_due(&self) -> Result<u64, StoreError>;
}

impl Worker {
    /// Has reminders written until it is told to stop: at the start, every quarter of an hour, at once when the clock was turned, and
    /// soon after the database did not answer.
    pub(super) async fn remind(&self, stop: &CancellationToken) {
        let mut asked_at: Option<i64> = None;
        loop {
            let now = self.clock.now();
            let mut pause = IDLE;
            if asked_at.is_none_or(|at| !(at..at + EVERY_MS).contains(&now)) {
                let written = tokio::select! {
                    () = stop.cancelled() => return,
                    written = self.reminders.write_due() => written,
                };
                match written {
                    Ok(reminders) => {
                        asked_at = Some(now);
                        if reminders > 0 {
                            self.outbox_wakeup.notify_one();
                            tracing::info!(event = "reminders_written", reminders, "renewal reminders were written");
                        }
                    }
                    Err(found) => {
                        pause = PAUSE;
                        tracing::error!(event = "reminders_unavailable", reason = %found, "the database did not answer who is to be reminded");
                    }
                }
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}
