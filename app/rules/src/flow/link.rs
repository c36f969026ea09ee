//! A mailed link: what state it is in, and what its page shows (spec, section 6).
//!
//! Opening a link is no event: scanners open links. Only a posted button is.

use super::{Stale, words};

words! {
    /// What a link was mailed for.
    LinkPurpose {
        /// Confirming an enrolment.
        Enrolment = "enrolment",
        /// Choosing a new password.
        Reset = "reset",
    }
}

words! {
    /// Whether a link still works, and if not, why.
    LinkState {
        /// It works.
        Live = "live",
        /// It has been used.
        Used = "used",
        /// 24 hours are over.
        Expired = "expired",
        /// A newer one was sent, or what it was for is settled.
        Superseded = "superseded",
        /// 「心当たりがない」 was pressed on it.
        Disowned = "disowned",
    }
}

/// The state of a link from its times, all milliseconds since 1970. What was done with it goes before what merely
/// happened to it: a used link says so even after it has expired too. At `expires_at` itself it is expired.
pub fn link_state(
    now_ms: i64,
    expires_at: i64,
    used_at: Option<i64>,
    disowned_at: Option<i64>,
    superseded_at: Option<i64>,
) -> LinkState {
    match (used_at, disowned_at, superseded_at) {
        (Some(_), _, _) => LinkState::Used,
        (None, Some(_), _) => LinkState::Disowned,
        (None, None, Some(_)) => LinkState::Superseded,
        (None, None, None) if now_ms >= expires_at => LinkState::Expired,
        (None, None, None) => LinkState::Live,
    }
}

words! {
    /// What a link's page shows.
    LinkStep {
        /// An enrolment: what was asked for, when and from where, and the button.
        Confirm = "confirm",
        /// A reset: likewise, with the new password.
        NewPassword = "new-password",
        /// Ended: the account is created; the original screen has moved on.
        Confirmed = "confirmed",
        /// Ended: the password is changed.
        Changed = "changed",
        /// Ended by 「心当たりがない」.
        Disowned = "disowned",
        /// Ended: used before.
        Used = "used",
        /// Ended: too late.
        Expired = "expired",
        /// Ended: a newer one took its place.
        Superseded = "superseded",
    }
}

words! {
    /// What happens on a link's page.
    LinkEvent {
        /// The button of an enrolment was pressed, and this post consumed the link.
        Confirmed = "confirmed",
        /// The new password was accepted, and this post consumed the link.
        PasswordChanged = "password-changed",
        /// 「心当たりがない」.
        Disowned = "disowned",
        /// The post came second: the link had been used.
        FoundUsed = "found-used",
        /// The post came too late.
        FoundExpired = "found-expired",
        /// The post came after a newer link was sent.
        FoundSuperseded = "found-superseded",
    }
}

impl LinkStep {
    /// What a link's page shows when it is opened.
    pub const fn of(purpose: LinkPurpose, state: LinkState) -> Self {
        match (state, purpose) {
            (LinkState::Live, LinkPurpose::Enrolment) => Self::Confirm,
            (LinkState::Live, LinkPurpose::Reset) => Self::NewPassword,
            (LinkState::Used, _) => Self::Used,
            (LinkState::Expired, _) => Self::Expired,
            (LinkState::Superseded, _) => Self::Superseded,
            (LinkState::Disowned, _) => Self::Disowned,
        }
    }

    /// The step after an event.
    ///
    /// # Errors
    /// [`Stale`] for an event that does not belong here; the step stays what it is.
    pub fn on(self, event: LinkEvent) -> Result<Self, Stale> {
        use LinkEvent as E;
        use LinkStep::*;
        Ok(match (self, event) {
            (Confirm, E::Confirmed) => Confirmed,
            (NewPassword, E::PasswordChanged) => Changed,
            (Confirm | NewPassword, E::Disowned) => Disowned,
            (Confirm | NewPassword, E::FoundUsed) => Used,
            (Confirm | NewPassword, E::FoundExpired) => Expired,
            (Confirm | NewPassword, E::FoundSuperseded) => Superseded,
            _ => return Err(Stale),
        })
    }

    /// Whether nothing can follow on this page.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Confirm | Self::NewPassword)
    }
}
