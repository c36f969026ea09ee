//! Mailed links. The database has only the SHA-256 of a token.

use super::words::stored_as_words;
use super::{AccountId, CustomerId, FlowId, LinkId, MailKind, Reference, Stored, TokenHash, Tx};
use rules::flow::{LinkKind, LinkState, LinkTimes, link_state};

/// A mailed link: what it is for, and for whom.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkRow {
    pub id: LinkId,
    pub token_hash: TokenHash,
    #[sqlx(try_from = "String")]
    pub kind: LinkKind,
    pub reference: Reference,
    pub customer_id: CustomerId,
    pub account_id: Option<AccountId>,
    pub user_id: String,
    pub user_key: String,
    /// The flow that requested it.
    pub flow_id: FlowId,
    /// The kind of device that requested it.
    pub device: String,
    /// For an enrolment, the hash of the chosen password as a PHC string. It becomes the account's on confirmation.
    pub password_hash: Option<String>,
    pub created_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    #[sqlx(rename = "void_at")]
    pub revoked_at: Option<i64>,
    #[sqlx(rename = "void_why")]
    pub revocation: Option<Revocation>,
    /// SHA-256 of the cookie of the browser that used it, hex.
    pub used_by: Option<String>,
}

rules::words! {
    /// Why a link that was never used no longer works.
    Revocation {
        /// A newer link, a sign-in or a password change replaced it.
        Superseded = "superseded",
        /// The person who received it said that it was not them.
        Disowned = "disowned",
    }
}
stored_as_words!(Revocation);

impl LinkRow {
    /// Corrects a creation time in the future, which a clock that was ahead wrote: the link then counts as created now.
    pub fn settle(&mut self, now: i64) {
        let ahead = self.created_at.saturating_sub(now).max(0);
        self.created_at -= ahead;
        self.expires_at -= ahead;
    }

    /// Returns whether it stands in for the link of a reset that found no account. Nobody was ever given its token.
    #[must_use]
    pub fn is_stand_in(&self) -> bool {
        self.kind == LinkKind::Reset && self.account_id.is_none()
    }

    /// Returns whether it works, and if not, why.
    #[must_use]
    pub fn state(&self, now: i64) -> LinkState {
        let revoked = |why: Revocation| self.revoked_at.filter(|_| self.revocation == Some(why));
        let times = LinkTimes {
            used_at: self.used_at,
            disowned_at: revoked(Revocation::Disowned),
            superseded_at: revoked(Revocation::Superseded),
        };
        link_state(now, self.expires_at, times)
    }
}

/// Leaves the hashes out.
impl std::fmt::Debug for LinkRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LinkRow").field("id", &self.id).field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl Tx {
    /// Returns the link with this hash of its token.
    pub async fn link(&mut self, token_hash: &TokenHash) -> Stored<Option<LinkRow>> {
        let row = sqlx::query_as("SELECT * FROM links WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row)
    }

    /// Stores the correction of [`LinkRow::settle`]. The link then works no longer than one that is created now.
    pub async fn settle_link(&mut self, token_hash: &TokenHash, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE links SET expires_at = expires_at - (created_at - $2), created_at = $2 WHERE token_hash = $1 AND created_at > $2",
        )
        .bind(token_hash)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Returns the link with this id.
    pub async fn link_by_id(&mut self, id: &LinkId) -> Stored<Option<LinkRow>> {
        let row = sqlx::query_as("SELECT * FROM links WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Returns whether the customer was mailed another link of this kind after `created_at`.
    pub async fn has_newer_link(&mut self, customer_id: &CustomerId, kind: LinkKind, created_at: i64) -> Stored<bool> {
        let row = sqlx::query("SELECT id FROM links WHERE customer_id = $1 AND kind = $2 AND created_at > $3 LIMIT 1")
            .bind(customer_id)
            .bind(kind.as_str())
            .bind(created_at)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.is_some())
    }

    /// Adds a link.
    pub async fn add_link(&mut self, link: &LinkRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO links (id, token_hash, kind, reference, customer_id, account_id, user_id, user_key, flow_id, device, \
             password_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(&link.id)
        .bind(&link.token_hash)
        .bind(link.kind.as_str())
        .bind(&link.reference)
        .bind(&link.customer_id)
        .bind(link.account_id.as_ref())
        .bind(&link.user_id)
        .bind(&link.user_key)
        .bind(&link.flow_id)
        .bind(&link.device)
        .bind(link.password_hash.as_deref())
        .bind(link.created_at)
        .bind(link.expires_at)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Consumes a link. Of many callers at the same time, exactly one gets the row.
    pub async fn consume_link(
        &mut self,
        token_hash: &TokenHash,
        kind: LinkKind,
        used_by: &str,
        now: i64,
    ) -> Stored<Option<LinkRow>> {
        let row = sqlx::query_as(
            "UPDATE links SET used_at = $3, used_by = $4 WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND void_at IS NULL AND expires_at > $3 \
             RETURNING *",
        )
        .bind(token_hash)
        .bind(kind.as_str())
        .bind(now)
        .bind(used_by)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Revokes a live link by its token. Returns the link if it was live.
    pub async fn revoke_link(&mut self, token_hash: &TokenHash, why: Revocation, now: i64) -> Stored<Option<LinkRow>> {
        let row = sqlx::query_as(
            "UPDATE links SET void_at = $2, void_why = $3, password_hash = NULL WHERE token_hash = $1 AND used_at IS NULL AND void_at IS NULL \
             AND expires_at > $2 RETURNING *",
        )
        .bind(token_hash)
        .bind(now)
        .bind(why)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Revokes every live link of a kind that was mailed for a customer, because only the newest works. Mails with such links that
    /// have not been sent yet are no longer sent.
    pub async fn revoke_links_of(&mut self, customer_id: &CustomerId, kind: LinkKind, now: i64) -> Stored<u64> {
        let references: Vec<Reference> = sqlx::query_scalar(
            "UPDATE links SET void_at = $3, void_why = $4, password_hash = NULL \
             WHERE customer_id = $1 AND kind = $2 AND used_at IS NULL AND void_at IS NULL RETURNING reference",
        )
        .bind(customer_id)
        .bind(kind.as_str())
        .bind(now)
        .bind(Revocation::Superseded)
        .fetch_all(&mut *self.0)
        .await?;
        for reference in &references {
            self.drop_mails(reference, MailKind::of_link(kind), now).await?;
        }
        Ok(references.len() as u64)
    }

    /// Returns the links of a reference number, the oldest first.
    pub async fn links_by_reference(&mut self, reference: &Reference) -> Stored<Vec<LinkRow>> {
        let rows = sqlx::query_as("SELECT * FROM links WHERE reference = $1 ORDER BY created_at, id")
            .bind(reference)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Erases the password hash of a link that has done its work.
    pub async fn erase_link_password(&mut self, id: &LinkId) -> Stored<()> {
        sqlx::query("UPDATE links SET password_hash = NULL WHERE id = $1").bind(id).execute(&mut *self.0).await?;
        Ok(())
    }
}
