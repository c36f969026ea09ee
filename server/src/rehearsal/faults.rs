//! Faults of mail that a test asks for: an address that is refused, a mail that waits. They live in this process alone and end
//! with it.

use crate::mail::{Outgoing, SendError, Transport, Verdict};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

rules::words! {
    /// What happens to mails to an address.
    MailFault {
        /// The recipient's server refuses the address for good.
        Refused = "refused",
        /// The recipient's server takes nothing now; the mail is tried again.
        Delayed = "delayed",
        /// They arrive.
        None = "none",
    }
}

/// The faults by address.
#[derive(Debug, Default)]
pub(crate) struct MailFaults(Mutex<BTreeMap<String, MailFault>>);

impl MailFaults {
    /// Returns the faults as they are, by address in lower case.
    pub fn all(&self) -> Vec<(String, MailFault)> {
        self.locked().iter().map(|(to, fault)| (to.clone(), *fault)).collect()
    }

    /// Decides about mails to an address from now on.
    pub fn set(&self, to: &str, fault: MailFault) {
        let to = to.to_lowercase();
        match fault {
            MailFault::None => self.locked().remove(&to),
            fault => self.locked().insert(to, fault),
        };
    }

    fn of(&self, to: &str) -> MailFault {
        self.locked().get(&to.to_lowercase()).copied().unwrap_or(MailFault::None)
    }

    fn locked(&self) -> MutexGuard<'_, BTreeMap<String, MailFault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends what has no fault.
pub(crate) struct FaultyTransport {
    pub faults: Arc<MailFaults>,
    pub transport: Arc<dyn Transport>,
}

#[async_trait]
impl Transport for FaultyTransport {
    async fn send(&self, message: &Outgoing) -> Result<(), SendError> {
        match self.faults.of(&message.recipient) {
            MailFault::None => self.transport.send(message).await,
            MailFault::Refused => Err(SendError::new(Verdict::AddressRefused, "refused, as the rehearsal asks for")),
            MailFault::Delayed => Err(SendError::new(Verdict::NotNow, "delayed, as the rehearsal asks for")),
        }
    }
}
