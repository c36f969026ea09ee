//! What waiting screens follow, asked for all of them together.

use super::{FlowId, SessionId, Stored, Tx};
use sqlx::AssertSqlSafe;

/// How many ids one statement takes: one of few lengths, so that the databases keep each prepared.
const LENGTHS: [usize; 4] = [1, 8, 64, 512];

/// What decides whether a screen that waits in a flow still does.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FollowedFlow {
    pub id: FlowId,
    /// The flow's short name.
    pub kind: String,
    pub step: String,
    pub sent_at: Option<i64>,
    pub stepped_at: i64,
    pub acted_at: i64,
    /// The state of the newest mail as it is stored: a newer build may know more of them. Nothing where there is no mail.
    pub mail_state: Option<String>,
    pub mail_attempts: i64,
    /// When the mail was settled, or else written.
    pub mail_at: i64,
}

/// What pages of a session follow.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FollowedSession {
    pub id: SessionId,
    pub created_at: i64,
    pub seen_at: i64,
    /// How many states the requests of its customer have come to.
    pub request_moves: i64,
}

impl Tx {
    /// Returns how these flows stand, in no order, without those that are not there.
    pub async fn followed_flows(&mut self, ids: &[FlowId]) -> Stored<Vec<FollowedFlow>> {
        self.of_ids(
            "SELECT f.id, f.kind, f.step, f.sent_at, f.stepped_at, f.acted_at, o.state AS mail_state, \
             COALESCE(o.attempts, 0) AS mail_attempts, COALESCE(o.settled_at, o.created_at, 0) AS mail_at \
             FROM flows f LEFT JOIN outbox o ON o.id = f.mail_id WHERE f.id IN ",
            ids,
        )
        .await
    }

    /// Returns what pages of these sessions follow, in no order, without sessions that have been ended.
    pub async fn followed_sessions(&mut self, ids: &[SessionId]) -> Stored<Vec<FollowedSession>> {
        self.of_ids(
            "SELECT s.id, s.created_at, s.seen_at, (SELECT COUNT(*) FROM request_history h JOIN requests r \
             ON r.id = h.request_id WHERE r.customer_id = a.customer_id) AS request_moves \
             FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.ended_at IS NULL AND s.id IN ",
            ids,
        )
        .await
    }

    /// Selects rows by their ids, so many with each statement as it takes.
    async fn of_ids<Row>(&mut self, select: &str, mut ids: &[impl AsRef<str>]) -> Stored<Vec<Row>>
    where
        Row: for<'r> sqlx::FromRow<'r, sqlx::any::AnyRow> + Send + Unpin,
    {
        let mut rows = Vec::with_capacity(ids.len());
        while !ids.is_empty() {
            let length = LENGTHS.into_iter().find(|length| ids.len() <= *length).unwrap_or(512);
            let (these, rest) = ids.split_at(length.min(ids.len()));
            let places: Vec<_> = (1..=length).map(|place| format!("${place}")).collect();
            let mut query = sqlx::query_as(AssertSqlSafe(format!("{select}({})", places.join(", "))));
            // No id is empty: places that are left over find nothing.
            for id in these.iter().map(AsRef::as_ref).chain(std::iter::repeat("")).take(length) {
                query = query.bind(id);
            }
            rows.extend(query.fetch_all(&mut *self.0).await?);
            ids = rest;
        }
        Ok(rows)
    }
}
