//! The state of a mailed link (spec, section 6).
//!
//! Opening a link is not an event, because mail scanners open links. Only a posted button is.

use crate::words;

words! {
    /// What a mailed link is for.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    LinkKind {
        /// It creates the account.
        Enrolment = "enrolment",
        /// It sets a new password.
        Reset = "reset",
    }
}

words! {
    /// Says whether a link still works, and if not, why.
    LinkState {
        /// It works.
        Live = "live",
        /// It has been used.
        Used = "used",
        /// Its lifetime is over.
        Expired = "expired",
        /// A newer link was sent, or the link is no longer needed.
        Superseded = "superseded",
        /// Somebody pressed 「心当たりがない」 on its page.
        Disowned = "disowned",
    }
}

/// What was done with a link or happened to it, and when, in milliseconds since 1970.
#[derive(Clone, Copy, Default)]
pub struct LinkTimes {
    pub used_at: Option<i64>,
    pub disowned_at: Option<i64>,
    pub superseded_at: Option<i64>,
}

/// Returns the state of a link from its times, all in milliseconds since 1970.
///
/// What a person did with the link counts before what merely happened to it: a used link stays used after it has expired.
/// At `expires_at` itself the link is expired.
pub fn link_state(now_ms: i64, expires_at: i64, times: LinkTimes) -> LinkState {
    match (times.used_at, times.disowned_at, times.superseded_at) {
        (Some(_), _, _) => LinkState::Used,
        (None, Some(_), _) => LinkState::Disowned,
        (None, None, Some(_)) => LinkState::Superseded,
        (None, None, None) if now_ms >= expires_at => LinkState::Expired,
        (None, None, None) => LinkState::Live,
    }
}
