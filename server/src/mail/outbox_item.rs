//! What use cases write into the outbox: mails, and what the worker sees to in another way.

use super::{MailContent, Priority};
use crate::store::{FlowId, OutboxKind, Reference, StoreError, Tx};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// What goes into the outbox. Its text is kept sealed.
pub enum OutboxItem {
    /// A mail to a person.
    Mail(MailContent),
    /// A password reset that was requested: the worker has it resolved.
    ResetRequest(ResetRequest),
    /// Stands in for this mail where there is nobody to write to: as long and as urgent as it, and never sent.
    NoMail(MailContent),
}

/// What has to be found out about a password reset that was requested.
#[derive(Serialize, Deserialize)]
pub struct ResetRequest {
    pub user_id: String,
    pub flow_id: FlowId,
    pub device: String,
    /// When it was requested.
    pub at: i64,
}

/// Turns a requested reset into the mail that fits, or into none.
#[async_trait]
pub trait ResetResolver: Send + Sync {
    /// Works in the transaction in which the request is settled.
    ///
    /// # Errors
    /// The database does not answer.
    async fn resolve(&self, tx: &mut Tx, request: ResetRequest, reference: &Reference) -> Result<(), StoreError>;
}

impl OutboxItem {
    /// Returns what its row says it is.
    #[must_use]
    pub const fn kind(&self) -> OutboxKind {
        match self {
            Self::Mail(content) => OutboxKind::Mail(content.kind()),
            Self::ResetRequest(_) => OutboxKind::ResetRequest,
            Self::NoMail(_) => OutboxKind::NoMail,
        }
    }

    /// Returns its place in the queue.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        match self {
            Self::Mail(content) | Self::NoMail(content) => content.priority(),
            Self::ResetRequest(_) => Priority::Link,
        }
    }

    /// Returns the time from which on it is of no use.
    #[must_use]
    pub const fn useless_at(&self) -> Option<i64> {
        match self {
            Self::Mail(content) | Self::NoMail(content) => content.useless_at(),
            Self::ResetRequest(_) => None,
        }
    }

    /// Returns what is sealed.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Mail(content) => json(content),
            Self::ResetRequest(request) => json(request),
            Self::NoMail(content) => "-".repeat(json(content).len()),
        }
    }
}

/// Strings and numbers alone cannot fail to become JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
