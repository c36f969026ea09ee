//! Sessions. The database has only the SHA-256 of a token, which is the id.

use super::words::stored_as_words;
use super::{AccountId, SessionId, Stored, Tx};

rules::words! {
    /// Why a session ended before its time.
    SessionEnd {
        /// The person signed out.
        SignedOut = "signed_out",
        /// The person ended it from another device.
        EndedByOwner = "ended_by_owner",
        /// A member of staff ended it.
        EndedByStaff = "ended_by_staff",
        /// The same browser signed in again.
        Rotated = "rotated",
        /// There were more sessions than an account may have at once.
        TooMany = "too_many",
        /// The password was changed inside the portal.
        PasswordChanged = "password_changed",
        /// A reset link set another password.
        PasswordReset = "password_reset",
        /// The registered address changed, and with it the user ID.
        UserIdChanged = "user_id_changed",
    }
}
stored_as_words!(SessionEnd);

/// A browser that is signed in, or was.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub id: SessionId,
    /// Names the session in forms.
    pub public_id: String,
    pub account_id: AccountId,
    pub device: String,
    pub created_at: i64,
    pub seen_at: i64,
    pub ended_at: Option<i64>,
    #[sqlx(rename = "ended_why")]
    pub end: Option<SessionEnd>,
    /// When the browser first showed the cookie.
    pub arrived_at: Option<i64>,
}

impl Tx {
    /// Returns the session with this hash of its token, open or ended.
    pub async fn session(&mut self, id: &SessionId) -> Stored<Option<SessionRow>> {
        let row = sqlx::query_as("SELECT * FROM sessions WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Adds a session.
    pub async fn add_session(&mut self, session: &SessionRow) -> Stored<()> {
        sqlx::query("INSERT INTO sessions (id, public_id, account_id, device, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(&session.id)
            .bind(&session.public_id)
            .bind(&session.account_id)
            .bind(&session.device)
            .bind(session.created_at)
            .bind(session.seen_at)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Records that the session was used, and the first time also that its cookie has arrived. Times that a clock wrote which was
    /// ahead become now: the session lives no longer than one that is opened now.
    pub async fn see_session(&mut self, id: &SessionId, now: i64) -> Stored<()> {
        sqlx::query(
            "UPDATE sessions SET seen_at = $2, created_at = CASE WHEN created_at > $2 THEN $2 ELSE created_at END, \
             arrived_at = COALESCE(arrived_at, $2) WHERE id = $1 AND ended_at IS NULL AND (seen_at <> $2 OR arrived_at IS NULL)",
        )
            .bind(id)
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns the open sessions of an account, the newest first.
    pub async fn open_sessions(
        &mut self,
        account_id: &AccountId,
        idle_since: i64,
        made_since: i64,
    ) -> Stored<Vec<SessionRow>> {
        let rows = sqlx::query_as(
            "SELECT * FROM sessions WHERE account_id = $1 AND ended_at IS NULL AND seen_at > $2 AND created_at > $3 ORDER BY created_at DESC, id",
        )
        .bind(account_id)
        .bind(idle_since)
        .bind(made_since)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Ends one session. Returns whether it was open.
    pub async fn end_session(&mut self, id: &SessionId, why: SessionEnd, now: i64) -> Stored<bool> {
        let done = sqlx::query("UPDATE sessions SET ended_at = $2, ended_why = $3 WHERE id = $1 AND ended_at IS NULL")
            .bind(id)
            .bind(now)
            .bind(why)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends a session whose cookie has never come back. Returns whether it was open and has not come back.
    pub async fn end_lost_session(&mut self, id: &SessionId, why: SessionEnd, now: i64) -> Stored<bool> {
        let done = sqlx::query(
            "UPDATE sessions SET ended_at = $2, ended_why = $3 WHERE id = $1 AND ended_at IS NULL AND arrived_at IS NULL",
        )
        .bind(id)
        .bind(now)
        .bind(why)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends all sessions of an account except one. Without `except` none is spared.
    pub async fn end_sessions_of(
        &mut self,
        account_id: &AccountId,
        except: Option<&SessionId>,
        why: SessionEnd,
        now: i64,
    ) -> Stored<u64> {
        let done = sqlx::query(
            "UPDATE sessions SET ended_at = $3, ended_why = $4 WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL",
        )
        .bind(account_id)
        .bind(except.map_or("", SessionId::as_str))
        .bind(now)
        .bind(why)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
