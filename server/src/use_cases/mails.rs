//! Writing mails into the outbox, and telling how far one has come.

use super::{Accounts, UseCaseError};
use crate::mail::{MailContent, Priority};
use crate::store::{MailState, OutboxKind, OutboxRow, StoreError, Tx};
use app::wire::Delivery;

/// A mail or a request as it goes into the outbox, not yet sealed.
pub(super) struct Unsealed<'a> {
    pub kind: OutboxKind,
    pub priority: Priority,
    pub text: &'a str,
    pub recipient: &'a str,
    pub reference: &'a str,
    pub useless_at: Option<i64>,
    /// How long it waits until it is due, in milliseconds.
    pub pause_ms: i64,
}

/// Turns a reset that was asked for into the mail that fits, or into none.
#[async_trait::async_trait]
pub trait ResetResolver: Send + Sync {
    /// Works in the transaction in which the request is settled.
    ///
    /// # Errors
    /// The store does not answer.
    async fn resolve(&self, tx: &mut Tx, request: &str, reference: &str) -> Result<(), StoreError>;
}

impl Accounts {
    /// Writes a mail in the transaction of what it tells; answers its id.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        content: &MailContent,
        recipient: &str,
        reference: &str,
        now: i64,
    ) -> Result<String, UseCaseError> {
        self.write_stored(tx, content, recipient, reference, now).await.map_err(UseCaseError::from)
    }

    pub(super) async fn write_stored(
        &self,
        tx: &mut Tx,
        content: &MailContent,
        recipient: &str,
        reference: &str,
        now: i64,
    ) -> Result<String, StoreError> {
        let text = serde_json::to_string(content).unwrap_or_default();
        let mail = Unsealed {
            kind: content.kind().into(),
            priority: content.priority(),
            text: &text,
            recipient,
            reference,
            useless_at: content.useless_at(),
            pause_ms: 0,
        };
        self.write_sealed(tx, &mail, now).await
    }

    pub(super) async fn write_sealed(&self, tx: &mut Tx, mail: &Unsealed<'_>, now: i64) -> Result<String, StoreError> {
        let id = self.rng.id();
        tx.add_mail(&OutboxRow {
            id: id.clone(),
            kind: mail.kind,
            reference: mail.reference.to_owned(),
            recipient: mail.recipient.to_owned(),
            sealed: self.keys.seal(&*self.rng, mail.text),
            state: MailState::Queued,
            attempts: 0,
            next_at: now.saturating_add(mail.pause_ms),
            lease_until: 0,
            useless_at: mail.useless_at,
            created_at: now,
            settled_at: None,
            reply: String::new(),
            priority: mail.priority as i64,
        })
        .await?;
        Ok(id)
    }

    /// How far a mail has come, as screens say it.
    pub(super) async fn delivery(&self, tx: &mut Tx, mail_id: Option<&str>) -> Result<Delivery, UseCaseError> {
        let Some(id) = mail_id else { return Ok(Delivery::Queued) };
        let Some(mail) = tx.mail(id).await? else { return Ok(Delivery::Queued) };
        Ok(match mail.state {
            MailState::Sent => Delivery::Sent(mail.settled_at.unwrap_or(mail.created_at)),
            MailState::Accepted => Delivery::Accepted(mail.settled_at.unwrap_or(mail.created_at)),
            MailState::Refused => Delivery::Refused,
            MailState::Failed => Delivery::Failed,
            MailState::Dropped => Delivery::Dropped,
            MailState::Sending if mail.attempts > 1 => Delivery::Delayed,
            MailState::Queued if mail.attempts > 0 => Delivery::Delayed,
            MailState::Queued if self.relay.is_refusing() => Delivery::Delayed,
            MailState::Queued | MailState::Sending => Delivery::Queued,
        })
    }
}
