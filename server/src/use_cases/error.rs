//! What a use case can fail with besides problems with what was typed, and what the browser is told of it.

use crate::secret::PasswordFault;
use crate::store::StoreError;
use app::fault::Fault;

/// Why a use case has no page to return.
#[derive(Debug)]
pub enum UseCaseError {
    /// The database failed.
    Store(StoreError),
    /// A password could not be hashed or verified.
    Password(PasswordFault),
    /// The request is answered with this fault.
    Fault(Fault),
}

impl UseCaseError {
    /// Returns the fault that the browser is told, and logs the database errors, which it is not told.
    ///
    /// `retry_after` is how long the queue for hashing passwords takes, in seconds.
    pub fn into_fault(self, retry_after: u32) -> Fault {
        match self {
            Self::Store(error) => {
                tracing::error!(event = "store_unavailable", reason = %error, "the database did not answer");
                Fault::Unavailable
            }
            Self::Password(PasswordFault::Busy) => Fault::Busy { retry_after },
            Self::Password(PasswordFault::Broken) => Fault::Internal,
            Self::Fault(fault) => fault,
        }
    }
}

impl From<StoreError> for UseCaseError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<PasswordFault> for UseCaseError {
    fn from(error: PasswordFault) -> Self {
        Self::Password(error)
    }
}

impl From<Fault> for UseCaseError {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
