//! Auth codes. The database has only their HMACs.

use super::{AccountId, CodeId, FlowId, Stored, Tx};
use crate::secret::Mac;

/// A code that was mailed in a sign-in.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CodeRow {
    pub id: CodeId,
    pub flow_id: FlowId,
    pub account_id: AccountId,
    /// The number of the mail in this sign-in, from 1.
    pub nth: i64,
    /// The HMAC of the code.
    pub mac: Mac,
    pub sent_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
}

impl Tx {
    /// Corrects codes of a sign-in that have a time in the future, because a clock was ahead: they count as sent now, and expire no
    /// later than one that is sent now.
    pub async fn settle_codes_of(&mut self, flow_id: &FlowId, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE codes SET expires_at = expires_at - (sent_at - $2), sent_at = $2 WHERE flow_id = $1 AND sent_at > $2",
        )
        .bind(flow_id)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Returns the codes of a sign-in, the oldest first.
    pub async fn codes_of(&mut self, flow_id: &FlowId) -> Stored<Vec<CodeRow>> {
        let rows = sqlx::query_as("SELECT * FROM codes WHERE flow_id = $1 ORDER BY nth")
            .bind(flow_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Adds a code.
    pub async fn add_code(&mut self, code: &CodeRow) -> Stored<()> {
        sqlx::query("INSERT INTO codes (id, flow_id, account_id, nth, mac, sent_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(&code.id)
            .bind(&code.flow_id)
            .bind(&code.account_id)
            .bind(code.nth)
            .bind(&code.mac)
            .bind(code.sent_at)
            .bind(code.expires_at)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Consumes a code. Of many callers at the same time, exactly one gets `true`.
    pub async fn consume_code(&mut self, id: &CodeId, now: i64) -> Stored<bool> {
        let row = sqlx::query(
            "UPDATE codes SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2 RETURNING id",
        )
        .bind(id)
        .bind(now)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row.is_some())
    }
}
