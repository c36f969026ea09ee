//! Flows: how far a browser has come in a procedure.

use super::{AccountId, CustomerId, FlowId, LinkId, MailId, Reference, Stored, Tx, locking};

/// One browser's progress in one flow. `id` is the SHA-256 of the flow cookie.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct FlowRow {
    pub id: FlowId,
    /// The flow's short name.
    pub kind: String,
    pub step: String,
    /// The number that the person can tell the contact centre.
    pub reference: Reference,
    pub device: String,
    pub customer_id: Option<CustomerId>,
    pub account_id: Option<AccountId>,
    pub user_id: Option<String>,
    pub user_key: Option<String>,
    /// The phone that was typed at the identity check, sealed; empty before.
    pub phone: String,
    /// When the password that opened the second step was set.
    pub password_at: Option<i64>,
    /// The link whose confirmation this flow waits for.
    pub link_id: Option<LinkId>,
    /// The newest mail of this flow.
    pub mail_id: Option<MailId>,
    /// A sign-in that belongs to an enrolment.
    #[sqlx(try_from = "Flag")]
    pub enrolling: bool,
    /// Wrong codes so far.
    pub tries: i64,
    /// Mails sent so far.
    pub sends: i64,
    /// Wrong passwords before the right one, for the notice after many failures.
    pub failures: i64,
    pub sent_at: Option<i64>,
    /// When the present step was reached.
    pub stepped_at: i64,
    /// When the person last did something.
    pub acted_at: i64,
    pub created_at: i64,
    /// Notice, problems and typed values of the last post, sealed. Empty if there are none.
    pub flash: String,
    /// What the token that the flow goes on under was derived with, in the row that it left behind; empty for none.
    pub renewal: String,
}

/// A truth value as a number, because the two databases have no common type for it.
#[derive(sqlx::Type)]
#[sqlx(transparent)]
struct Flag(i64);

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        flag.0 != 0
    }
}

impl FlowRow {
    /// Returns whether nothing has happened in it yet that somebody could ask about.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.customer_id.is_none()
            && self.account_id.is_none()
            && self.link_id.is_none()
            && self.mail_id.is_none()
            && self.sends == 0
            && self.tries == 0
            && self.renewal.is_empty()
    }
}

/// A step of a kind of flow that another one follows. The rules say which may: `rules::flow`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowMove {
    /// The flow's short name.
    pub kind: &'static str,
    pub from: &'static str,
    pub to: &'static str,
}

/// Inserts a row; what follows says what to do where there is one.
macro_rules! insert {
    ($on_conflict:literal) => {
        concat!(
            "INSERT INTO flows (id, kind, step, reference, device, customer_id, account_id, user_id, user_key, link_id, mail_id, \
             enrolling, tries, sends, failures, sent_at, stepped_at, acted_at, created_at, flash, phone, password_at, renewal) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) \
             ON CONFLICT (id) DO ",
            $on_conflict
        )
    };
}

const ADD: &str = insert!("NOTHING");
const PUT: &str = insert!(
    "UPDATE SET step = excluded.step, customer_id = excluded.customer_id, account_id = excluded.account_id, \
     user_id = excluded.user_id, user_key = excluded.user_key, link_id = excluded.link_id, mail_id = excluded.mail_id, \
     enrolling = excluded.enrolling, tries = excluded.tries, sends = excluded.sends, failures = excluded.failures, sent_at = excluded.sent_at, \
     stepped_at = excluded.stepped_at, acted_at = excluded.acted_at, flash = excluded.flash, phone = excluded.phone, \
     password_at = excluded.password_at, renewal = excluded.renewal"
);

impl Tx {
    /// Reads a flow.
    pub async fn flow(&mut self, id: &FlowId) -> Stored<Option<FlowRow>> {
        let row = sqlx::query_as("SELECT * FROM flows WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Reads a flow and holds it until the transaction ends: posts of one flow come one after another.
    pub async fn lock_flow(&mut self, id: &FlowId) -> Stored<Option<FlowRow>> {
        let sql = self.locking(locking!("SELECT * FROM flows WHERE id = $1"));
        let row = sqlx::query_as(sql).bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Adds a flow unless its token is in use. Returns whether it did. Of two at the same time, the second waits for the first.
    pub async fn add_flow(&mut self, flow: &FlowRow) -> Stored<bool> {
        Ok(self.insert_flow(flow, ADD).await? == 1)
    }

    /// Adds a flow or writes one back.
    pub async fn put_flow(&mut self, flow: &FlowRow) -> Stored<()> {
        self.insert_flow(flow, PUT).await?;
        Ok(())
    }

    async fn insert_flow(&mut self, flow: &FlowRow, sql: &'static str) -> Stored<u64> {
        let done = sqlx::query(sql)
            .bind(&flow.id)
            .bind(&flow.kind)
            .bind(&flow.step)
            .bind(&flow.reference)
            .bind(&flow.device)
            .bind(flow.customer_id.as_ref())
            .bind(flow.account_id.as_ref())
            .bind(flow.user_id.as_deref())
            .bind(flow.user_key.as_deref())
            .bind(flow.link_id.as_ref())
            .bind(flow.mail_id.as_ref())
            .bind(i64::from(flow.enrolling))
            .bind(flow.tries)
            .bind(flow.sends)
            .bind(flow.failures)
            .bind(flow.sent_at)
            .bind(flow.stepped_at)
            .bind(flow.acted_at)
            .bind(flow.created_at)
            .bind(&flow.flash)
            .bind(&flow.phone)
            .bind(flow.password_at)
            .bind(&flow.renewal)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected())
    }

    /// Deletes a flow.
    pub async fn forget_flow(&mut self, id: &FlowId) -> Stored<()> {
        sqlx::query("DELETE FROM flows WHERE id = $1").bind(id).execute(&mut *self.0).await?;
        Ok(())
    }

    /// Makes a move of a flow if it is still where the move begins, from outside (a link was confirmed); returns whether it was.
    pub async fn move_flow(&mut self, id: &FlowId, way: FlowMove, now: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE flows SET step = $4, stepped_at = $5, acted_at = $5, flash = '' WHERE id = $1 AND kind = $2 AND step = $3",
        )
        .bind(id)
        .bind(way.kind)
        .bind(way.from)
        .bind(way.to)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Makes a move of all flows of a customer but one; returns of how many.
    pub async fn move_flows_of(
        &mut self,
        customer_id: &CustomerId,
        except: Option<&FlowRow>,
        way: FlowMove,
        now: i64,
    ) -> Stored<u64> {
        let done = sqlx::query(
            "UPDATE flows SET step = $5, stepped_at = $6, flash = '' WHERE customer_id = $1 AND id <> $2 AND kind = $3 AND step = $4",
        )
        .bind(customer_id)
        .bind(except.map_or("", |flow| flow.id.as_str()))
        .bind(way.kind)
        .bind(way.from)
        .bind(way.to)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected())
    }

    /// Returns the flows of a reference number, the oldest first, without what one left behind when it went on under a new token.
    pub async fn flows_by_reference(&mut self, reference: &Reference) -> Stored<Vec<FlowRow>> {
        let rows = sqlx::query_as(
            "SELECT * FROM flows WHERE reference = $1 AND (renewal = '' \
             OR NOT EXISTS (SELECT 1 FROM flows AS next WHERE next.reference = flows.reference AND next.renewal = '')) \
             ORDER BY created_at, id",
        )
        .bind(reference)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }
}
