//! What only the interface of a rehearsal asks for: who there is, and what has arrived of which kind.

use super::{CustomerId, CustomerRow, MailId, MailboxRow, OutboxKind, Stored, Tx};

/// A mail that has arrived, with what it is.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ArrivedMail {
    #[sqlx(flatten)]
    pub mail: MailboxRow,
    /// Unknown once the outbox has forgotten it.
    pub kind: OutboxKind,
}

/// Which mails are meant: an empty text stands for any. Letter case makes no difference in an address.
#[derive(Clone, Copy, Default)]
pub struct MailFilter<'a> {
    pub to: &'a str,
    pub kind: &'a str,
}

macro_rules! arrived {
    ($further:literal) => {
        concat!(
            "SELECT m.id, m.recipient, m.subject, m.body_text, m.body_html, m.source, m.received_at, COALESCE(o.kind, '') AS kind \
             FROM mailbox m LEFT JOIN outbox o ON o.id = m.id \
             WHERE ($1 = '' OR lower(m.recipient) = lower($1)) AND ($2 = '' OR o.kind = $2) ",
            $further
        )
    };
}

impl Tx {
    /// Returns the newest mails, the newest first.
    pub async fn arrived_mails(&mut self, filter: MailFilter<'_>, limit: i64) -> Stored<Vec<ArrivedMail>> {
        let rows = sqlx::query_as(arrived!("ORDER BY m.received_at DESC, m.id DESC LIMIT $3"))
            .bind(filter.to)
            .bind(filter.kind)
            .bind(limit)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Returns the oldest mail that arrived after this one, or the oldest of all.
    pub async fn next_mail(&mut self, filter: MailFilter<'_>, after: &MailId) -> Stored<Option<ArrivedMail>> {
        let row = sqlx::query_as(arrived!(
            "AND ($3 = '' OR EXISTS (SELECT 1 FROM mailbox a WHERE a.id = $3 \
             AND (m.received_at > a.received_at OR (m.received_at = a.received_at AND m.id > a.id)))) \
             ORDER BY m.received_at, m.id LIMIT 1"
        ))
        .bind(filter.to)
        .bind(filter.kind)
        .bind(after)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Returns whether this mail is in the mailbox.
    pub async fn has_arrived(&mut self, id: &MailId) -> Stored<bool> {
        let row = sqlx::query("SELECT id FROM mailbox WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row.is_some())
    }

    /// Returns customers by their ids, those after `after`; with `has_account` only those who have an account, or have none.
    pub async fn customers(
        &mut self,
        after: &CustomerId,
        has_account: Option<bool>,
        limit: i64,
    ) -> Stored<Vec<CustomerRow>> {
        let rows = sqlx::query_as(
            "SELECT id, kana, kana_key, email, email_key FROM customers WHERE id > $1 \
             AND ($2 < 0 OR $2 = (SELECT COUNT(*) FROM accounts WHERE accounts.customer_id = customers.id)) \
             ORDER BY id LIMIT $3",
        )
        .bind(after)
        .bind(has_account.map_or(-1, i64::from))
        .bind(limit)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }
}
