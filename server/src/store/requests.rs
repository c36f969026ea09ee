//! What people ask staff for in the portal, its history, and the procedures that lead to it. What was asked for is kept sealed.

use super::{AccountId, CustomerId, Reference, Stored, Tx, locking};
use rules::{ProcedureStep, RequestKind, RequestState};

/// A request. Its states from before are in the history.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestRow {
    pub id: String,
    #[sqlx(try_from = "String")]
    pub kind: RequestKind,
    #[sqlx(try_from = "String")]
    pub state: RequestState,
    /// The reference number, by which people and staff name it.
    pub reference: Reference,
    pub contract_id: String,
    pub customer_id: CustomerId,
    pub account_id: AccountId,
    /// The last day of the contract's term when it was made, ISO 8601.
    pub term_ends_on: String,
    pub sealed: String,
    pub created_at: i64,
    /// When it came to its state.
    pub moved_at: i64,
}

/// Leaves out what was asked for.
impl std::fmt::Debug for RequestRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, kind, state, .. } = self;
        f.debug_struct("RequestRow").field("id", id).field("kind", kind).field("state", state).finish_non_exhaustive()
    }
}

/// A state that a request came to.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RequestHistoryRow {
    pub id: String,
    pub request_id: String,
    pub at: i64,
    #[sqlx(try_from = "String")]
    pub state: RequestState,
    /// Why it was declined, sealed; empty for none.
    pub reason: String,
}

/// Leaves out the reason.
impl std::fmt::Debug for RequestHistoryRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RequestHistoryRow").field("state", &self.state).field("at", &self.at).finish_non_exhaustive()
    }
}

/// A draft of a request: a procedure of the portal that is under way.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftRow {
    /// Follows from session, contract and kind.
    pub id: String,
    #[sqlx(try_from = "String")]
    pub step: ProcedureStep,
    pub reference: Reference,
    pub sealed: String,
    pub acted_at: i64,
}

/// Leaves out what was typed.
impl std::fmt::Debug for DraftRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftRow").field("step", &self.step).finish_non_exhaustive()
    }
}

/// Which requests are listed.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestFilter {
    /// Only those in this state.
    pub state: Option<RequestState>,
    /// Only those that nobody has ended yet.
    pub open: bool,
    /// Only those that were made at this time or later.
    pub since: i64,
}

/// From which state a request comes to which.
#[derive(Clone, Copy)]
pub struct RequestMove {
    pub from: RequestState,
    pub to: RequestState,
}

impl Tx {
    /// Adds a request. Returns whether it was: there is one open request of a kind for a contract, and one renewal of a term.
    pub async fn add_request(&mut self, request: &RequestRow) -> Stored<bool> {
        let done = sqlx::query(
            "INSERT INTO requests (id, kind, state, reference, contract_id, customer_id, account_id, term_ends_on, sealed, \
             created_at, moved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        )
        .bind(&request.id)
        .bind(request.kind.as_str())
        .bind(request.state.as_str())
        .bind(&request.reference)
        .bind(&request.contract_id)
        .bind(&request.customer_id)
        .bind(&request.account_id)
        .bind(&request.term_ends_on)
        .bind(&request.sealed)
        .bind(request.created_at)
        .bind(request.moved_at)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Returns the request with this reference number.
    pub async fn request_by_reference(&mut self, reference: &Reference) -> Stored<Option<RequestRow>> {
        let row = sqlx::query_as("SELECT * FROM requests WHERE reference = $1")
            .bind(reference)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row)
    }

    /// Returns the requests of a customer, the newest first.
    pub async fn requests_of(&mut self, customer_id: &CustomerId) -> Stored<Vec<RequestRow>> {
        let rows = sqlx::query_as("SELECT * FROM requests WHERE customer_id = $1 ORDER BY created_at DESC, id")
            .bind(customer_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Returns how many states the requests of a customer have come to. Each counts, also those of the same moment.
    pub async fn request_moves(&mut self, customer_id: &CustomerId) -> Stored<i64> {
        let moves = sqlx::query_scalar(
            "SELECT COUNT(*) FROM request_history h JOIN requests r ON r.id = h.request_id WHERE r.customer_id = $1",
        )
        .bind(customer_id)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(moves)
    }

    /// Returns requests of everybody, the oldest first, after the one with this time and id, at most `most`.
    pub async fn requests(&mut self, filter: RequestFilter, after: (i64, &str), most: i64) -> Stored<Vec<RequestRow>> {
        let rows = sqlx::query_as(
            "SELECT * FROM requests WHERE created_at >= $1 AND ($2 = '' OR state = $2) \
             AND ($3 = 0 OR state IN ('received', 'in-progress')) AND (created_at > $4 OR (created_at = $4 AND id > $5)) \
             ORDER BY created_at, id LIMIT $6",
        )
        .bind(filter.since)
        .bind(filter.state.map_or("", RequestState::as_str))
        .bind(i64::from(filter.open))
        .bind(after.0)
        .bind(after.1)
        .bind(most)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Moves a request from one state to another. Returns whether it was still in the first one.
    pub async fn move_request(&mut self, id: &str, RequestMove { from, to }: RequestMove, now: i64) -> Stored<bool> {
        let done = sqlx::query("UPDATE requests SET state = $3, moved_at = $4 WHERE id = $1 AND state = $2")
            .bind(id)
            .bind(from.as_str())
            .bind(to.as_str())
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Notes a state that a request has come to.
    pub async fn add_request_history(&mut self, line: &RequestHistoryRow) -> Stored<()> {
        sqlx::query("INSERT INTO request_history (id, request_id, at, state, reason) VALUES ($1, $2, $3, $4, $5)")
            .bind(&line.id)
            .bind(&line.request_id)
            .bind(line.at)
            .bind(line.state.as_str())
            .bind(&line.reason)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns the states that a request has come to, the first one first: also where the clocks of two nodes differ.
    pub async fn request_history(&mut self, request_id: &str) -> Stored<Vec<RequestHistoryRow>> {
        let rows = sqlx::query_as(
            "SELECT * FROM request_history WHERE request_id = $1 ORDER BY \
             CASE state WHEN 'received' THEN 0 WHEN 'in-progress' THEN 1 ELSE 2 END, at, id",
        )
        .bind(request_id)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Returns a draft.
    pub async fn draft(&mut self, id: &str) -> Stored<Option<DraftRow>> {
        let row =
            sqlx::query_as("SELECT * FROM request_drafts WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Returns a draft and locks it until the transaction ends.
    pub async fn lock_draft(&mut self, id: &str) -> Stored<Option<DraftRow>> {
        let sql = self.locking(locking!("SELECT * FROM request_drafts WHERE id = $1"));
        let row = sqlx::query_as(sql).bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Writes a draft, new or changed.
    pub async fn put_draft(&mut self, draft: &DraftRow) -> Stored<()> {
        sqlx::query(
            "INSERT INTO request_drafts (id, step, reference, sealed, acted_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (id) DO UPDATE SET step = excluded.step, reference = excluded.reference, sealed = excluded.sealed, \
             acted_at = excluded.acted_at",
        )
        .bind(&draft.id)
        .bind(draft.step.as_str())
        .bind(&draft.reference)
        .bind(&draft.sealed)
        .bind(draft.acted_at)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Deletes a draft.
    pub async fn forget_draft(&mut self, id: &str) -> Stored<()> {
        sqlx::query("DELETE FROM request_drafts WHERE id = $1").bind(id).execute(&mut *self.0).await?;
        Ok(())
    }
}
