//! What a person has asked staff for in the portal, and how such a request comes to its end (spec, section 14).

use crate::flow::Stale;
use crate::words;

words! {
    /// What is asked for.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    RequestKind {
        /// Another term of the contract.
        Renewal = "renewal",
        /// Other values in the contract.
        Change = "change",
    }
}

words! {
    /// How far a request has come.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    RequestState {
        /// Staff has not looked at it yet.
        Received = "received",
        /// A member of staff is working on it.
        InProgress = "in-progress",
        /// Done, by staff or by an import that brought it.
        Done = "done",
        /// Staff has declined it, with a reason.
        Declined = "declined",
        /// The person has taken it back.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What happens to a request.
    RequestEvent {
        /// A member of staff takes it on.
        Taken = "taken",
        /// A member of staff has carried it out.
        Completed = "completed",
        /// The contract shows what was asked for.
        Imported = "imported",
        /// A member of staff declines it.
        Declined = "declined",
        /// The person takes it back.
        Withdrawn = "withdrawn",
    }
}

impl RequestState {
    /// Returns the state that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this state: an end is an end, and what staff has taken cannot be withdrawn.
    pub fn on(self, event: RequestEvent) -> Result<Self, Stale> {
        use RequestEvent as E;
        use RequestState::*;
        match (self, event) {
            (Received, E::Taken) => Ok(InProgress),
            (Received, E::Withdrawn) => Ok(Withdrawn),
            (Received | InProgress, E::Completed | E::Imported) => Ok(Done),
            (Received | InProgress, E::Declined) => Ok(Declined),
            _ => Err(Stale),
        }
    }

    /// Returns whether something is still to happen to it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Received | Self::InProgress)
    }
}
