//! A mailed link: what state it is in (spec, section 6).
//!
//! Opening a link is no event: scanners open links. Only a posted button is.

use super::words;

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
