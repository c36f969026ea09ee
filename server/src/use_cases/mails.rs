//! Writing mails into the outbox, and telling how far one has come.

use super::UseCaseError;
use super::context::Context;
use crate::mail::{MailContent, OutboxItem};
use crate::rng::Rng;
use crate::secret::Keys;
use crate::store::{MailId, MailState, OutboxRow, Reference, StoreError, Tx};
use app::wire::Delivery;

/// To whom an item of the outbox belongs, and when it is due.
pub struct Envelope<'a> {
    /// The address that a mail goes to; empty where none does.
    pub recipient: &'a str,
    pub reference: &'a Reference,
    /// How long it waits until it is due, in milliseconds.
    pub pause_ms: i64,
}

/// Adds an item to the outbox, also from where there is nothing but the store and the keys. Returns its id.
///
/// # Errors
/// The database fails.
pub async fn add_item(
    tx: &mut Tx,
    keys: &Keys,
    rng: &(dyn Rng + 'static),
    item: &OutboxItem,
    envelope: &Envelope<'_>,
    now: i64,
) -> Result<MailId, StoreError> {
    let id = MailId::from(rng.id());
    tx.add_mail(&OutboxRow {
        id: id.clone(),
        kind: item.kind(),
        reference: envelope.reference.clone(),
        recipient: envelope.recipient.to_owned(),
        sealed: keys.seal(rng, &item.text()),
        state: MailState::Queued,
        attempts: 0,
        next_at: now.saturating_add(envelope.pause_ms),
        lease_until: 0,
        useless_at: item.useless_at(),
        created_at: now,
        settled_at: None,
        reply: String::new(),
        priority: item.priority() as i64,
    })
    .await?;
    Ok(id)
}

impl Context {
    /// Adds a mail to the outbox, in the transaction of what it tells. Returns its id.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        content: &MailContent,
        recipient: &str,
        reference: &Reference,
        now: i64,
    ) -> Result<MailId, UseCaseError> {
        let envelope = Envelope { recipient, reference, pause_ms: 0 };
        Ok(self.write_item(tx, &OutboxItem::Mail(content.clone()), &envelope, now).await?)
    }

    /// Adds an item to the outbox. Returns its id.
    pub(super) async fn write_item(
        &self,
        tx: &mut Tx,
        item: &OutboxItem,
        envelope: &Envelope<'_>,
        now: i64,
    ) -> Result<MailId, StoreError> {
        add_item(tx, &self.keys, &*self.rng, item, envelope, now).await
    }

    /// How far a mail has come, as screens say it.
    pub(super) async fn delivery(&self, tx: &mut Tx, mail_id: Option<&MailId>) -> Result<Delivery, UseCaseError> {
        let Some(id) = mail_id else { return Ok(Delivery::Queued) };
        let Some(mail) = tx.mail(id).await? else { return Ok(Delivery::Queued) };
        Ok(self.delivery_at(mail.state, mail.attempts, mail.settled_at.unwrap_or(mail.created_at)))
    }

    /// The same of a mail that was settled at this time, or else written.
    pub(super) fn delivery_at(&self, state: MailState, attempts: i64, at: i64) -> Delivery {
        let now = self.clock.now();
        // A time still to come is now; by the minute, which is what is shown, so that the screen does not change with each look.
        let at = if at > now { now - now.rem_euclid(60_000) } else { at };
        match state {
            MailState::Sent => Delivery::Sent(at),
            MailState::Accepted => Delivery::Accepted(at),
            MailState::Refused => Delivery::Refused,
            MailState::Failed => Delivery::Failed,
            MailState::Dropped => Delivery::Dropped,
            MailState::Sending if attempts > 1 => Delivery::Delayed,
            MailState::Queued if attempts > 0 => Delivery::Delayed,
            MailState::Queued if self.relay.is_refusing() => Delivery::Delayed,
            MailState::Queued | MailState::Sending => Delivery::Queued,
        }
    }
}
