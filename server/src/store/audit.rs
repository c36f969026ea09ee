//! What happened to accounts, for the contact centre and for whoever has to answer for it. No secrets, no full addresses.

use super::{Stored, Tx, col};
use sqlx::any::AnyRow;

/// A line to write.
#[derive(Clone, Debug, Default)]
pub struct AuditEntry<'a> {
    /// A name of the OWASP logging vocabulary, or one made like it.
    pub event: &'a str,
    /// Who did it: `customer`, or a member of staff.
    pub actor: &'a str,
    pub customer_id: Option<&'a str>,
    pub account_id: Option<&'a str>,
    pub reference: &'a str,
    pub detail: &'a str,
}

/// A line that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    pub at: i64,
    pub event: String,
    pub actor: String,
    pub customer_id: Option<String>,
    pub account_id: Option<String>,
    pub reference: String,
    pub detail: String,
}

fn line(row: &AnyRow) -> Result<AuditRow, sqlx::Error> {
    Ok(AuditRow {
        at: col(row, "at")?,
        event: col(row, "event")?,
        actor: col(row, "actor")?,
        customer_id: col(row, "customer_id")?,
        account_id: col(row, "account_id")?,
        reference: col(row, "reference")?,
        detail: col(row, "detail")?,
    })
}

impl Tx {
    /// Writes a line, in the transaction of what it tells.
    pub async fn audit(&mut self, id: &str, entry: &AuditEntry<'_>, now: i64) -> Stored<()> {
        sqlx::query("INSERT INTO audit (id, at, event, actor, customer_id, account_id, reference, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(id)
            .bind(now)
            .bind(entry.event)
            .bind(entry.actor)
            .bind(entry.customer_id)
            .bind(entry.account_id)
            .bind(entry.reference)
            .bind(entry.detail)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// The lines of a reference number, the oldest first.
    pub async fn audit_by_reference(&mut self, reference: &str) -> Stored<Vec<AuditRow>> {
        let rows = sqlx::query("SELECT * FROM audit WHERE reference = $1 ORDER BY at, id")
            .bind(reference)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
    }

    /// Forgets lines of people about no account that were written before `before`. What staff did stays.
    pub async fn purge_audit(&mut self, before: i64) -> Stored<u64> {
        let done = sqlx::query("DELETE FROM audit WHERE account_id IS NULL AND actor = 'customer' AND at < $1")
            .bind(before)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected())
    }

    /// The newest lines of an account with this event, the newest first.
    pub async fn audit_of(&mut self, account_id: &str, event: &str, limit: i64) -> Stored<Vec<AuditRow>> {
        let rows =
            sqlx::query("SELECT * FROM audit WHERE account_id = $1 AND event = $2 ORDER BY at DESC, id LIMIT $3")
                .bind(account_id)
                .bind(event)
                .bind(limit)
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows.iter().map(line).collect::<Result<_, _>>()?)
    }
}
