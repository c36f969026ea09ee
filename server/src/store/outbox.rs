//! The outbox: mails are written in the transaction of the event that they report, and sent afterwards by the worker.

use super::words::stored_as_words;
use super::{MailId, MailKind, OutboxKind, Reference, Stored, Tx};

/// No mail waits longer for its next turn, in milliseconds: two hours, while the longest pause there can be is one.
const LONGEST_PAUSE_MS: i64 = 7_200_000;

rules::words! {
    /// How far a mail has come.
    MailState {
        /// It waits for its (next) turn.
        Queued = "queued",
        /// A worker has it until its lease ends.
        Sending = "sending",
        /// A relay took it, which passes it on: whether it has arrived is not known.
        Sent = "sent",
        /// The recipient's server took it.
        Accepted = "accepted",
        /// The recipient's address was refused for good.
        Refused = "refused",
        /// It was given up for another reason than the recipient's address.
        Failed = "failed",
        /// It would have come too late.
        Dropped = "dropped",
    }
}
stored_as_words!(MailState);

/// One mail.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OutboxRow {
    pub id: MailId,
    pub kind: OutboxKind,
    pub reference: Reference,
    pub recipient: String,
    /// What the mail says, sealed; erased once the mail is settled.
    pub sealed: String,
    pub state: MailState,
    pub attempts: i64,
    pub next_at: i64,
    pub lease_until: i64,
    /// The time from which on it is not sent any more.
    pub useless_at: Option<i64>,
    pub created_at: i64,
    /// When it was sent, accepted, refused, given up or dropped.
    pub settled_at: Option<i64>,
    /// Why the last try failed: the step of the conversation and the server's reply, without addresses.
    pub reply: String,
    /// Which mails leave first; the lowest number does.
    pub priority: i64,
}

/// Leaves recipient and content out.
impl std::fmt::Debug for OutboxRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutboxRow")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Mails of a kind that are not at their end. Kind and state are as they are stored: a newer build may know more of them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct WaitingMails {
    pub kind: String,
    pub state: String,
    pub count: i64,
    /// When the oldest of them was written.
    pub oldest_at: i64,
}

/// A try that is put off.
#[derive(Clone, Copy)]
pub struct Postponement {
    /// The number of the try that failed.
    pub attempts: i64,
    /// When the next one is due.
    pub next_at: i64,
}

/// Which mails a worker claims, how many and until when.
#[derive(Clone, Copy)]
pub struct Claim {
    pub most: i64,
    pub lease_until: i64,
    pub now: i64,
}

/// The mails whose turn it is, the first ones first.
macro_rules! due_mails {
    () => {
        "SELECT id FROM outbox WHERE settled_at IS NULL AND (next_at <= $1 OR next_at > $3) \
         AND (state = 'queued' OR lease_until <= $1 OR lease_until > $4) ORDER BY priority, next_at, id LIMIT $2"
    };
}

/// The list of due mails is made once, or each row of the outbox could bring another one.
const CLAIM_ON_POSTGRESQL: &str = concat!(
    "WITH due AS MATERIALIZED (",
    due_mails!(),
    " FOR UPDATE SKIP LOCKED) UPDATE outbox SET state = 'sending', lease_until = $5, attempts = attempts + 1 \
     FROM due WHERE outbox.id = due.id RETURNING outbox.*"
);
const CLAIM_ON_SQLITE: &str = concat!(
    "UPDATE outbox SET state = 'sending', lease_until = $5, attempts = attempts + 1 WHERE id IN (",
    due_mails!(),
    ") RETURNING *"
);

impl Tx {
    /// Returns how many mails wait, by kind and state.
    pub async fn waiting_mails(&mut self) -> Stored<Vec<WaitingMails>> {
        let rows = sqlx::query_as(
            "SELECT kind, state, COUNT(*) AS count, MIN(created_at) AS oldest_at FROM outbox \
             WHERE state IN ('queued', 'sending') GROUP BY kind, state",
        )
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Adds a mail.
    pub async fn add_mail(&mut self, mail: &OutboxRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO outbox (id, kind, reference, recipient, sealed, state, attempts, next_at, lease_until, useless_at, created_at, reply, priority) \
             VALUES ($1, $2, $3, $4, $5, 'queued', 0, $6, 0, $7, $8, '', $9)",
        )
        .bind(&mail.id)
        .bind(mail.kind)
        .bind(&mail.reference)
        .bind(&mail.recipient)
        .bind(&mail.sealed)
        .bind(mail.next_at)
        .bind(mail.useless_at)
        .bind(mail.created_at)
        .bind(mail.priority)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Returns a mail.
    pub async fn mail(&mut self, id: &MailId) -> Stored<Option<OutboxRow>> {
        let row = sqlx::query_as("SELECT * FROM outbox WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Claims up to `most` due mails until `lease_until`, by priority. Of all workers, exactly one gets each, and none waits for
    /// another: on PostgreSQL a mail that somebody else has in hand is passed over, on SQLite there is one writer at a time. A lease
    /// that ran out is due again. So is a mail that would wait longer than any does: a clock that was ahead wrote that. A lease may
    /// end twice as late as it should, so that nodes whose clocks differ a little take nothing from each other.
    pub async fn claim_mails(&mut self, Claim { most, lease_until, now }: Claim) -> Stored<Vec<OutboxRow>> {
        let latest_turn = now.saturating_add(LONGEST_PAUSE_MS);
        let latest_lease = lease_until.saturating_add(lease_until.saturating_sub(now));
        let statement = if self.is_sqlite() { CLAIM_ON_SQLITE } else { CLAIM_ON_POSTGRESQL };
        let mut mails: Vec<OutboxRow> = sqlx::query_as(statement)
            .bind(now)
            .bind(most)
            .bind(latest_turn)
            .bind(latest_lease)
            .bind(lease_until)
            .fetch_all(&mut *self.0)
            .await?;
        mails.sort_by(|a, b| (a.priority, a.next_at, &a.id).cmp(&(b.priority, b.next_at, &b.id)));
        Ok(mails)
    }

    /// Settles a mail that this worker still holds, and erases its content. Returns whether it did. One that was refused or
    /// given up keeps it, sealed, for staff who send it again once the reason is mended; purging erases it.
    pub async fn settle_mail(
        &mut self,
        id: &MailId,
        attempts: i64,
        state: MailState,
        reply: &str,
        now: i64,
    ) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE outbox SET state = $3, reply = $4, settled_at = $5, sealed = CASE WHEN $3 IN ('refused', 'failed') THEN sealed ELSE '' END \
             WHERE id = $1 AND state = 'sending' AND attempts = $2",
        )
        .bind(id)
        .bind(attempts)
        .bind(state)
        .bind(reply)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Returns a mail to the queue for a later try.
    pub async fn postpone_mail(
        &mut self,
        id: &MailId,
        Postponement { attempts, next_at }: Postponement,
        reply: &str,
    ) -> Stored<()> {
        sqlx::query("UPDATE outbox SET state = 'queued', next_at = $3, reply = $4 WHERE id = $1 AND state = 'sending' AND attempts = $2")
            .bind(id)
            .bind(attempts)
            .bind(next_at)
            .bind(reply)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Makes the mails of a kind and reference useless from now on: what they carry works no more. One that is on its way may
    /// still arrive, but is not tried again.
    pub async fn drop_mails(&mut self, reference: &Reference, kind: MailKind, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE outbox SET useless_at = $3 WHERE reference = $1 AND kind = $2 AND state IN ('sending', 'refused', 'failed')",
        )
        .bind(reference)
        .bind(kind.as_str())
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        sqlx::query(
            "UPDATE outbox SET state = 'dropped', settled_at = $3, sealed = '' WHERE reference = $1 AND kind = $2 AND state = 'queued'",
        )
        .bind(reference)
        .bind(kind.as_str())
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Gives a delayed, refused or given up mail a turn at once, if its content is still there. Returns whether it did. The turns taken
    /// stay counted: they tell a worker whether it still holds the mail.
    pub async fn requeue_mail(&mut self, id: &MailId, now: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE outbox SET state = 'queued', next_at = $2, settled_at = NULL \
             WHERE id = $1 AND state IN ('queued', 'refused', 'failed') AND sealed <> ''",
        )
        .bind(id)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Returns the newest mails, for operators.
    pub async fn mails(&mut self, state: Option<MailState>, limit: i64) -> Stored<Vec<OutboxRow>> {
        let rows =
            sqlx::query_as("SELECT * FROM outbox WHERE ($1 = '' OR state = $1) ORDER BY created_at DESC, id LIMIT $2")
                .bind(state.map_or("", MailState::as_str))
                .bind(limit)
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows)
    }

    /// Returns the mails of a reference number, the oldest first.
    pub async fn mails_by_reference(&mut self, reference: &Reference) -> Stored<Vec<OutboxRow>> {
        let rows = sqlx::query_as("SELECT * FROM outbox WHERE reference = $1 ORDER BY created_at, id")
            .bind(reference)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }
}
