//! The mails that the transport `mailbox` has delivered.

use super::{MailId, Stored, Tx};

/// One delivered mail.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MailboxRow {
    pub id: MailId,
    pub recipient: String,
    pub subject: String,
    #[sqlx(rename = "body_text")]
    pub text: String,
    #[sqlx(rename = "body_html")]
    pub html: String,
    /// The whole message, as it would be sent.
    pub source: String,
    pub received_at: i64,
}

impl Tx {
    /// Delivers a mail. Delivering the same one again changes nothing.
    pub async fn deliver(&mut self, mail: &MailboxRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO mailbox (id, recipient, subject, body_text, body_html, source, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT DO NOTHING",
        )
        .bind(&mail.id)
        .bind(&mail.recipient)
        .bind(&mail.subject)
        .bind(&mail.text)
        .bind(&mail.html)
        .bind(&mail.source)
        .bind(mail.received_at)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Returns the newest mails, to one recipient or to all.
    pub async fn mailbox(&mut self, recipient: &str, limit: i64) -> Stored<Vec<MailboxRow>> {
        let rows = sqlx::query_as(
            "SELECT * FROM mailbox WHERE ($1 = '' OR recipient = $1) ORDER BY received_at DESC, id LIMIT $2",
        )
        .bind(recipient)
        .bind(limit)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }
}
