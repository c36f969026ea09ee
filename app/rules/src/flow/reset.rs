//! Flow C, the password reset, as the browser that asked for it sees it (spec, section 4 C).
//!
//! The other half, choosing the new password, belongs to the browser that opened the link: `LinkStep`. The two may be
//! different devices, and nothing here tells whether the user ID exists.

use super::{Stale, words};

words! {
    /// What `/password-reset` shows.
    ResetStep {
        /// Asking for the user ID.
        UserId = "user-id",
        /// "If it is registered, a mail is on its way."
        Sent = "sent",
        /// Ended: the password was changed by the link, in this browser.
        Done = "done",
        /// Ended by its person.
        Abandoned = "abandoned",
        /// Ended by 30 minutes without action.
        Expired = "expired",
    }
}

words! {
    /// What happens to a reset.
    ResetEvent {
        /// A user ID was given, existing or not.
        Requested = "requested",
        /// The mail was asked for once more.
        Resent = "resent",
        /// The link's page changed the password.
        PasswordChanged = "password-changed",
        /// 中止する.
        Abandoned = "abandoned",
        /// 30 minutes without action.
        IdleTooLong = "idle-too-long",
        /// Begin anew after an end.
        Restarted = "restarted",
    }
}

impl ResetStep {
    /// The step after an event.
    ///
    /// # Errors
    /// [`Stale`] for an event that does not belong here; the step stays what it is.
    pub fn on(self, event: ResetEvent) -> Result<Self, Stale> {
        use ResetEvent as E;
        use ResetStep::*;
        Ok(match (self, event) {
            (UserId, E::Requested) | (Sent, E::Resent) => Sent,
            (Sent, E::PasswordChanged) => Done,
            (UserId | Sent, E::Abandoned) => Abandoned,
            (UserId | Sent, E::IdleTooLong) => Expired,
            (over, E::Restarted) if over.is_over() => UserId,
            _ => return Err(Stale),
        })
    }

    /// Whether the flow has ended: nothing follows but beginning anew.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::UserId | Self::Sent)
    }
}
