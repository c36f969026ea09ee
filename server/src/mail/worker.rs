//! The outbox worker: takes one mail at a time under a lease, sends it, settles it. Any number of workers may run;
//! one that dies leaves a lease that runs out. A mail is sent at least once, and never once it is useless.

use super::{Letter, Outgoing, SendError, Transport, compose, render};
use crate::accounts::ResetResolver;
use crate::clock::Clock;
use crate::config::MailSettings;
use crate::secret::Keys;
use crate::store::{MailState, OutboxRow, Store, StoreError};
use app::wire::Brand;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How long a worker may hold a mail before another takes it over, in milliseconds: longer than any conversation lasts.
const LEASE_MS: i64 = 120_000;
/// How often the outbox is looked at when nobody knocks.
const IDLE: Duration = Duration::from_millis(1_000);
/// For how long a notice, which never gets useless, is tried, in milliseconds: three days. After that it counts as refused.
const NOTICE_TRIED_MS: i64 = 3 * 86_400_000;

/// The pause before the next turn after `attempts` turns, in milliseconds: 2 s, doubling, at most 15 min.
#[must_use]
pub fn back_off_ms(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 10)).unwrap_or(10) - 1;
    (2_000_i64 << doublings).min(900_000)
}

/// One worker.
#[derive(Clone)]
pub struct Worker {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub keys: Keys,
    pub brand: Brand,
    pub settings: MailSettings,
    pub transport: Arc<dyn Transport>,
    /// Finds out what a request in the outbox comes to.
    pub resolver: Arc<dyn ResetResolver>,
    /// The outbox kind that is a request rather than a letter.
    pub request_kind: &'static str,
    /// Knocked at when a mail was written on this node.
    pub knock: Arc<Notify>,
}

impl Worker {
    /// Works until told to stop; the mail in hand is finished first.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.turn().await {
                Ok(true) => {}
                Ok(false) => {
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = self.knock.notified() => {}
                        () = tokio::time::sleep(IDLE) => {}
                    }
                }
                Err(found) => {
                    tracing::error!(event = "outbox_unavailable", reason = %found);
                    tokio::select! {
                        () = stop.cancelled() => {}
                        () = tokio::time::sleep(IDLE) => {}
                    }
                }
            }
        }
    }

    /// Takes and settles one mail; says whether there was one.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn turn(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let Some(mail) = tx.claim_mail(now + LEASE_MS, now).await? else {
            // Another worker may have taken this one a moment before; the next is not left waiting for that.
            return tx.is_mail_due(now).await;
        };
        tx.commit().await?;
        if mail.useless_at.is_some_and(|useless_at| useless_at <= now) {
            return self.settle(&mail, MailState::Dropped, "useless").await;
        }
        if mail.kind == self.request_kind {
            return self.resolve(&mail).await;
        }
        let Some(message) = self.message(&mail) else {
            return self.settle(&mail, MailState::Refused, "cannot be written").await;
        };
        match self.send(&mail, &message, now).await {
            Ok(()) => self.settle(&mail, MailState::Accepted, "").await,
            Err(SendError::Refused(reply)) => self.settle(&mail, MailState::Refused, &reply).await,
            Err(SendError::Later(reply)) if mail.useless_at.is_none() && mail.created_at + NOTICE_TRIED_MS <= now => {
                self.settle(&mail, MailState::Refused, &reply).await
            }
            Err(SendError::Later(reply)) => {
                let next_at = self.clock.now() + back_off_ms(mail.attempts);
                tracing::warn!(
                    event = "mail_postponed",
                    mail = mail.id,
                    kind = mail.kind,
                    attempts = mail.attempts,
                    reply
                );
                let mut tx = self.store.begin().await?;
                tx.postpone_mail(&mail.id, mail.attempts, next_at, &reply).await?;
                tx.commit().await?;
                Ok(true)
            }
        }
    }

    /// Sends, for as long as the mail is of use: one that is taken over afterwards would come too late.
    async fn send(&self, mail: &OutboxRow, message: &Outgoing, now: i64) -> Result<(), SendError> {
        let sending = self.transport.send(message);
        match mail.useless_at.and_then(|useless_at| u64::try_from(useless_at - now).ok()) {
            Some(left) => tokio::time::timeout(Duration::from_millis(left), sending)
                .await
                .unwrap_or_else(|_| Err(SendError::Later("useless meanwhile".into()))),
            None => sending.await,
        }
    }

    /// A request is settled in the transaction that writes what it comes to.
    async fn resolve(&self, mail: &OutboxRow) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        if tx.settle_mail(&mail.id, mail.attempts, MailState::Accepted, "", self.clock.now()).await?
            && let Some(request) = self.keys.open_sealed(&mail.sealed)
        {
            self.resolver.resolve(&mut tx, &request, &mail.reference).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    fn message(&self, mail: &OutboxRow) -> Option<Outgoing> {
        let letter: Letter = serde_json::from_str(&self.keys.open_sealed(&mail.sealed)?).ok()?;
        let rendered = render(&letter, &self.brand, &mail.reference).ok()?;
        let made = u64::try_from(mail.created_at).ok()?;
        let date = std::time::UNIX_EPOCH + Duration::from_millis(made);
        compose(&mail.id, &mail.recipient, rendered, &self.settings, date).ok()
    }

    async fn settle(&self, mail: &OutboxRow, state: MailState, reply: &str) -> Result<bool, StoreError> {
        let mut tx = self.store.begin().await?;
        tx.settle_mail(&mail.id, mail.attempts, state, reply, self.clock.now()).await?;
        tx.commit().await?;
        tracing::info!(
            event = "mail_settled",
            mail = mail.id,
            kind = mail.kind,
            state = state.as_str(),
            attempts = mail.attempts,
            reply
        );
        Ok(true)
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
