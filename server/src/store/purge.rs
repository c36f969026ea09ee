//! What is deleted once nobody needs it any more, a bounded number of rows at a time: nobody waits for a long transaction.

use super::{Stored, Tx};

/// Rows that are deleted by their age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purgeable {
    /// Flows, by the last action.
    Flows,
    /// Codes, by the time at which they were sent.
    Codes,
    /// Links, by the time at which they were made.
    Links,
    /// Procedures of the portal that were not sent, by the last action.
    RequestDrafts,
    /// Requests of the portal that are at their end, by the time since when, with their history.
    EndedRequests,
    /// Reminders that were written, by their time.
    Reminders,
    /// Sessions, by the last use.
    Sessions,
    /// Mails that are settled, by the time since when.
    Mails,
    /// What the mailbox transport keeps, by the time at which it was received.
    Mailbox,
    /// Browsers that an account knows, by the last sign-in.
    KnownBrowsers,
    /// Audit lines of people about no account, by their time: anybody can make them.
    AuditOfNobody,
}

/// The two statements about the rows of a table that fulfil a condition on `$1`: one counts, one deletes at most `$2` of them.
macro_rules! statements {
    ($table:literal, $key:literal, $condition:literal) => {
        (
            concat!("SELECT COUNT(*) FROM ", $table, " WHERE ", $condition),
            concat!(
                "DELETE FROM ",
                $table,
                " WHERE (",
                $key,
                ") IN (SELECT ",
                $key,
                " FROM ",
                $table,
                " WHERE ",
                $condition,
                " LIMIT $2)"
            ),
        )
    };
}

impl Purgeable {
    const fn statements(self) -> (&'static str, &'static str) {
        match self {
            Self::Flows => statements!("flows", "id", "acted_at < $1"),
            Self::Codes => statements!("codes", "id", "sent_at < $1"),
            Self::Links => statements!("links", "id", "created_at < $1"),
            Self::RequestDrafts => statements!("request_drafts", "id", "acted_at < $1"),
            Self::EndedRequests => {
                statements!("requests", "id", "state NOT IN ('received', 'in-progress') AND moved_at < $1")
            }
            Self::Reminders => statements!("renewal_reminders", "contract_id, term_ends_on, days", "at < $1"),
            Self::Sessions => statements!("sessions", "id", "seen_at < $1"),
            Self::Mails => statements!("outbox", "id", "settled_at < $1"),
            Self::Mailbox => statements!("mailbox", "id", "received_at < $1"),
            Self::KnownBrowsers => statements!("known_browsers", "browser, account_id", "seen_at < $1"),
            Self::AuditOfNobody => statements!("audit", "id", "account_id IS NULL AND actor = 'customer' AND at < $1"),
        }
    }
}

impl Tx {
    /// Returns how many rows are older than `before`.
    pub async fn count_purgeable(&mut self, what: Purgeable, before: i64) -> Stored<u64> {
        let n: i64 = sqlx::query_scalar(what.statements().0).bind(before).fetch_one(&mut *self.0).await?;
        Ok(n.unsigned_abs())
    }

    /// Deletes at most `most` rows that are older than `before`; returns how many.
    pub async fn purge(&mut self, what: Purgeable, before: i64, most: i64) -> Stored<u64> {
        let done = sqlx::query(what.statements().1).bind(before).bind(most).execute(&mut *self.0).await?;
        Ok(done.rows_affected())
    }

    /// Returns how many password hashes of links have expired with them.
    pub async fn count_expired_link_passwords(&mut self, now: i64) -> Stored<u64> {
        let n: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM links WHERE password_hash IS NOT NULL AND expires_at <= $1")
                .bind(now)
                .fetch_one(&mut *self.0)
                .await?;
        Ok(n.unsigned_abs())
    }

    /// Erases at most `most` password hashes of links that have expired; returns how many.
    pub async fn erase_expired_link_passwords(&mut self, now: i64, most: i64) -> Stored<u64> {
        let done = sqlx::query(
            "UPDATE links SET password_hash = NULL WHERE id IN \
             (SELECT id FROM links WHERE password_hash IS NOT NULL AND expires_at <= $1 LIMIT $2)",
        )
        .bind(now)
        .bind(most)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
