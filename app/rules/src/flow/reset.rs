//! Flow C, the password reset, as the browser that asked for it sees it (spec, section 4 C).
//!
//! Choosing the new password happens on the link's page, which has no steps of its own: the server shows it from the link's
//! row. The browser that opens the link may be on another device, and no step here reveals whether the user ID exists.

use super::Stale;
use crate::words;

words! {
    /// What `/password-reset` shows.
    ResetStep {
        /// Asking for the user ID.
        UserId = "user-id",
        /// "If it is registered, a mail is on its way."
        Sent = "sent",
        /// Ended: the password was changed by the link, in this browser.
        Done = "done",
        /// Ended by the person.
        Abandoned = "abandoned",
        /// Ended because nobody acted for too long.
        Expired = "expired",
    }
}

words! {
    /// What happens to a reset.
    ResetEvent {
        /// A user ID was entered, whether it exists or not.
        Requested = "requested",
        /// The mail was requested again.
        Resent = "resent",
        /// The link's page changed the password.
        PasswordChanged = "password-changed",
        /// The person pressed 中止する.
        Abandoned = "abandoned",
        /// Nobody acted for too long.
        IdleTooLong = "idle-too-long",
        /// The person starts again after an end.
        Restarted = "restarted",
        /// The person signed out in this browser, which ends all that was begun in it.
        SignedOut = "signed-out",
    }
}

impl ResetStep {
    /// Returns the step that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this step. The step stays as it is.
    pub fn on(self, event: ResetEvent) -> Result<Self, Stale> {
        use ResetEvent as E;
        use ResetStep::*;
        Ok(match (self, event) {
            (UserId, E::Requested) | (Sent, E::Resent) => Sent,
            (Sent, E::PasswordChanged) => Done,
            (UserId | Sent, E::Abandoned) => Abandoned,
            (UserId | Sent, E::IdleTooLong) => Expired,
            (over, E::Restarted) if over.is_over() => UserId,
            // Whatever was shown, its page says nothing of anybody any more.
            (_, E::SignedOut) => Abandoned,
            _ => return Err(Stale),
        })
    }

    /// Returns whether the flow has ended. After that only a restart or a sign-out is possible.
    pub const fn is_over(self) -> bool {
        match self {
            Self::UserId | Self::Sent => false,
            Self::Done | Self::Abandoned | Self::Expired => true,
        }
    }
}
