//! How a contract stands, as the insurer's file says.

use crate::words;

words! {
    /// How a contract stands.
    #[derive(Default)]
    ContractStatus {
        /// In force.
        Active = "active",
        /// In force, and the insurer has begun its renewal.
        Renewal = "renewal",
        /// Over: nothing can be requested for it.
        #[default]
        Ended = "ended",
        /// An offer that is not a contract yet.
        Quote = "quote",
    }
}

impl ContractStatus {
    /// Returns whether the contract is one that can be renewed and changed.
    #[must_use]
    pub const fn is_in_force(self) -> bool {
        matches!(self, Self::Active | Self::Renewal)
    }
}
