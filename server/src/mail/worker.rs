//! The outbox worker: takes mails under a lease, as many at a time as there are places, sends them at the same time, settles
//! them together. Any number of nodes may run one; one that dies leaves leases that run out. A mail is sent at least once, and
//! never once it is useless.

use super::settle::{Done, MailOutcome, UnsentReason, settle};
use super::{
    ComposeError, MailContent, Outgoing, Relay, ReminderWriter, ResetRequest, ResetResolver, SendError, Transport,
    Verdict, compose, render,
};
use crate::clock::Clock;
use crate::config::MailSettings;
use crate::secret::Keys;
use crate::store::{Claim, MailState, OutboxKind, OutboxRow, Store, StoreError};
use crate::traces;
use app::wire::Brand;
use mails::Palette;
use rules::calendar::DAY_MS;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

/// How long a worker may hold a mail before another takes it over, in milliseconds: longer than any conversation lasts.
const LEASE_MS: i64 = 120_000;
/// How often the outbox is checked when nothing wakes the worker.
const IDLE: Duration = Duration::from_millis(1_000);
/// For how long a notice is tried, in milliseconds: three days. After that it is given up, since nothing else makes it useless.
const NOTICE_TRIED_MS: i64 = 3 * DAY_MS;

/// Returns the pause before the next try after `attempts` tries, in milliseconds: 2 s, doubling, at most 15 min.
#[must_use]
pub fn back_off_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 10)).unwrap_or(10) - 1;
    (2_000_i64 << doublings).min(900_000)
}

/// The worker of a node.
#[derive(Clone)]
pub struct Worker {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub keys: Keys,
    pub brand: Brand,
    /// The colours of mails.
    pub palette: Palette,
    pub settings: MailSettings,
    pub transport: Arc<dyn Transport>,
    /// Resolves the reset requests in the outbox.
    pub resolver: Arc<dyn ResetResolver>,
    /// Writes the renewal reminders that are due.
    pub reminders: Arc<dyn ReminderWriter>,
    /// Notified when a mail was written on this node.
    pub outbox_wakeup: Arc<Notify>,
    /// What this node knows of the mail server.
    pub relay: Arc<Relay>,
}

/// Returns what a task that sent a mail came to. One that panicked leaves its mail to the next try after the lease.
fn result_of(ended: Result<Option<Done>, JoinError>) -> Option<Done> {
    ended.unwrap_or_else(|found| {
        tracing::error!(
            event = "mail_task_failed",
            panicked = found.is_panic(),
            "a task that sends a mail ended by itself"
        );
        None
    })
}

impl Worker {
    /// Works until it is told to stop. The mails in hand are finished first.
    pub async fn run(self, stop: CancellationToken) {
        tokio::join!(self.remind(&stop), self.send_until(&stop));
    }

    async fn send_until(&self, stop: &CancellationToken) {
        let mut sending = JoinSet::new();
        let mut done = Vec::new();
        loop {
            while let Some(ended) = sending.try_join_next() {
                done.extend(result_of(ended));
            }
            let stopping = stop.is_cancelled();
            let places = if stopping { 0 } else { self.relay.places(self.clock.now()) };
            let more = match self.exchange(&mut done, places.saturating_sub(sending.len())).await {
                Ok((mails, more)) => {
                    for mail in mails {
                        let worker = self.clone();
                        sending.spawn(async move { worker.handle(mail).await });
                    }
                    more
                }
                Err(found) => {
                    tracing::error!(event = "outbox_unavailable", reason = %found, "the database did not answer the outbox worker");
                    if stopping {
                        // What could not be settled is sent again once its lease is over.
                        return;
                    }
                    tokio::time::sleep(IDLE).await;
                    false
                }
            };
            if stopping && sending.is_empty() && done.is_empty() {
                return;
            }
            if more {
                continue;
            }
            tokio::select! {
                () = stop.cancelled(), if !stopping => {}
                () = self.outbox_wakeup.notified(), if !stopping => {}
                Some(ended) = sending.join_next() => done.extend(result_of(ended)),
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }

    /// Claims as many mails as there are places, sends and settles them. Returns whether there may be more.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn run_once(&self) -> Result<bool, StoreError> {
        let places = self.relay.places(self.clock.now());
        let (mails, more) = self.exchange(&mut Vec::new(), places).await?;
        let sent = futures::future::join_all(mails.into_iter().map(|mail| self.handle(mail))).await;
        self.exchange(&mut sent.into_iter().flatten().collect(), 0).await?;
        Ok(more)
    }

    /// Settles what is done and claims as many mails as there are places, in one transaction: each waits for the disk. Returns the
    /// mails, and whether there may be more.
    async fn exchange(&self, done: &mut Vec<Done>, places: usize) -> Result<(Vec<OutboxRow>, bool), StoreError> {
        let most = i64::try_from(places).unwrap_or(i64::MAX);
        if done.is_empty() && most == 0 {
            return Ok((Vec::new(), false));
        }
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        settle(&mut tx, done, now).await?;
        let mails = match most {
            0 => Vec::new(),
            most => tx.claim_mails(Claim { most, lease_until: now + LEASE_MS, now }).await?,
        };
        tx.commit().await?;
        done.drain(..).for_each(|done| done.tell());
        let more = !mails.is_empty();
        Ok((mails, more))
    }

    async fn handle(&self, mail: OutboxRow) -> Option<Done> {
        let span = traces::mail(mail.kind.as_str());
        let done = self.hand_over(mail).instrument(span.clone()).await;
        if let Some(done) = &done {
            traces::mailed(&span, done.outcome.state().as_str());
        }
        done
    }

    /// Handles one item. Returns nothing for a request, which is settled in its own transaction.
    async fn hand_over(&self, mail: OutboxRow) -> Option<Done> {
        let now = self.clock.now();
        let settled = |mail, state, reason: &str| {
            Some(Done { mail, outcome: MailOutcome::Settled(state), reason: reason.into() })
        };
        if mail.useless_at.is_some_and(|useless_at| useless_at <= now) {
            return settled(mail, MailState::Dropped, UnsentReason::Useless.as_str());
        }
        match mail.kind {
            OutboxKind::Mail(_) => {}
            OutboxKind::ResetRequest => {
                if let Err(found) = self.resolve(&mail).await {
                    tracing::error!(event = "outbox_unavailable", reason = %found, "the database did not answer the outbox worker");
                }
                return None;
            }
            OutboxKind::NoMail => return settled(mail, MailState::Dropped, UnsentReason::NobodyToWriteTo.as_str()),
            OutboxKind::Unknown => {
                let outcome = MailOutcome::Postponed { next_at: now + back_off_ms(mail.attempts) };
                return Some(Done { mail, outcome, reason: UnsentReason::NewerBuild.as_str().to_owned() });
            }
        }
        let message = match self.message(&mail) {
            Ok(message) => message,
            Err(ComposeError::Address) => {
                return settled(mail, MailState::Refused, UnsentReason::NotAnAddress.as_str());
            }
            Err(found) => {
                tracing::error!(event = "mail_not_written", mail = mail.id.as_str(), kind = mail.kind.as_str(), reason = %found, "a mail could not be written");
                return settled(mail, MailState::Failed, UnsentReason::CannotBeWritten.as_str());
            }
        };
        let Some(sent) = self.send(&mail, &message, now).await else {
            // The mail server hangs: that says nothing about whether it accepts mail.
            return settled(mail, MailState::Dropped, UnsentReason::Useless.as_str());
        };
        let now = self.clock.now();
        let Err(error) = sent else {
            self.relay.reached(true, now);
            let state = if self.settings.through_relay() { MailState::Sent } else { MailState::Accepted };
            return settled(mail, state, "");
        };
        if error.verdict != Verdict::RelayRefuses {
            self.relay.reached(false, now);
        }
        let paused_until = self.relay.refused(&error, now);
        let outcome = match error.verdict {
            Verdict::AddressRefused => MailOutcome::Settled(MailState::Refused),
            _ if mail.useless_at.is_none() && mail.created_at + NOTICE_TRIED_MS <= now => {
                MailOutcome::Settled(MailState::Failed)
            }
            _ => MailOutcome::Postponed { next_at: paused_until.unwrap_or_else(|| now + back_off_ms(mail.attempts)) },
        };
        Some(Done { mail, outcome, reason: error.reason })
    }

    /// Sends a mail. Returns nothing if it is given up, because it becomes useless meanwhile.
    async fn send(&self, mail: &OutboxRow, message: &Outgoing, now: i64) -> Option<Result<(), SendError>> {
        let sending = self.transport.send(message);
        match mail.useless_at.and_then(|useless_at| u64::try_from(useless_at - now).ok()) {
            Some(left) => tokio::time::timeout(Duration::from_millis(left), sending).await.ok(),
            None => Some(sending.await),
        }
    }

    /// A request is settled in the transaction that writes what it comes to.
    async fn resolve(&self, mail: &OutboxRow) -> Result<(), StoreError> {
        let mut tx = self.store.begin().await?;
        if tx.settle_mail(&mail.id, mail.attempts, MailState::Accepted, "", self.clock.now()).await? {
            let request = self.keys.open_sealed(&mail.sealed);
            match request.and_then(|request| serde_json::from_str::<ResetRequest>(&request).ok()) {
                Some(request) => self.resolver.resolve(&mut tx, request, &mail.reference).await?,
                None => {
                    tracing::error!(
                        event = "reset_request_lost",
                        mail = mail.id.as_str(),
                        "a reset request cannot be opened"
                    )
                }
            }
        }
        tx.commit().await
    }

    fn message(&self, mail: &OutboxRow) -> Result<Outgoing, ComposeError> {
        let content = self.keys.open_sealed(&mail.sealed).ok_or(ComposeError::Sealed)?;
        let content: MailContent = serde_json::from_str(&content).map_err(|_| ComposeError::Sealed)?;
        let rendered = render(&content, &self.brand, &self.palette, mail.reference.as_str())?;
        let made = u64::try_from(mail.created_at).unwrap_or_default();
        let date = std::time::UNIX_EPOCH + Duration::from_millis(made);
        compose(&mail.id, &mail.recipient, rendered, &self.settings, date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_two_seconds_to_a_quarter_of_an_hour() {
        assert_eq!([1, 2, 3, 9, 10, 99].map(back_off_ms), [2_000, 4_000, 8_000, 512_000, 900_000, 900_000]);
    }
}
