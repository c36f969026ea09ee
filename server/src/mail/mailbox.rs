//! Delivery into the database, for a rehearsal without a mail server.

use super::{Outgoing, SendError, Transport, Verdict};
use crate::clock::Clock;
use crate::store::{MailboxRow, Store};
use async_trait::async_trait;
use std::sync::Arc;

/// Stores mails instead of sending them.
pub struct MailboxTransport {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl MailboxTransport {
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }
}

#[async_trait]
impl Transport for MailboxTransport {
    async fn send(&self, message: &Outgoing) -> Result<(), SendError> {
        let row = MailboxRow {
            id: message.id.clone(),
            recipient: message.recipient.clone(),
            subject: message.rendered.subject.clone(),
            text: message.rendered.text.clone(),
            html: message.rendered.html.clone(),
            source: String::from_utf8_lossy(&message.bytes).into_owned(),
            received_at: self.clock.now(),
        };
        let deliver = async {
            let mut tx = self.store.begin().await?;
            tx.deliver(&row).await?;
            tx.commit().await
        };
        deliver.await.map_err(|found| SendError::new(Verdict::NotNow, found.to_string()))
    }
}
