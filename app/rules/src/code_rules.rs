//! The second step of a sign-in: which mailed codes count, and what a try is worth (spec, sections 4 and 7).
//!
//! A model without state: the database holds the codes and the count, and hands them in. Comparing what was typed with
//! what was sent happens there too, in constant time; here arrives only which code it was.

use crate::limits::Limits;

/// A code of one sign-in attempt. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// When it was sent.
    pub sent_at: i64,
    /// The first moment at which it no longer counts.
    pub expires_at: i64,
    /// Whether it has already been accepted once.
    pub used: bool,
}

/// The answer to one try. That something else than six digits was typed is no try: see `AuthCode::parse`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    /// The code at this index is right: use it up and open the session.
    Accepted(usize),
    /// No code of this attempt; so many tries are left.
    Wrong {
        /// Tries, at least 1.
        left: u32,
    },
    /// A code of this attempt that ended at this moment, by time or because newer ones took its place. A new one is
    /// sent, if [`resend`] allows.
    Expired {
        /// Milliseconds since 1970.
        at: i64,
    },
    /// No tries are left: sign-in starts again.
    TooManyTries,
    /// A code that has already opened a session.
    AlreadyUsed,
}

/// Whether one more code may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// Yes.
    Now,
    /// After so many milliseconds.
    Wait(i64),
    /// Not in this attempt: sign-in starts again.
    NoMore,
}

/// When the code at `index` ends: at its own time, or earlier when so many newer ones were sent that it is one too many
/// (spec, section 4: at most three live). `codes` in the order of sending. `None` without such a code.
pub fn ends_at(codes: &[SentCode], index: usize, limits: &Limits) -> Option<i64> {
    let code = codes.get(index)?;
    let displaced = codes.get(index.saturating_add(limits.code_live_max as usize));
    Some(displaced.map_or(code.expires_at, |newer| code.expires_at.min(newer.sent_at)))
}

/// Whether the code at `index` would be accepted now.
pub fn is_live(codes: &[SentCode], index: usize, now_ms: i64, limits: &Limits) -> bool {
    codes.get(index).is_some_and(|code| !code.used) && ends_at(codes, index, limits).is_some_and(|end| now_ms < end)
}

/// Judges one try.
///
/// `codes`: all codes of this attempt in the order of sending. `try_number`: which try of the attempt this is, the first
/// is 1, **counted before the check** (so two at once cannot share one). `matched`: the index of the code that was
/// typed, whatever state it is in; the newest, if the same digits were drawn twice.
pub fn judge(codes: &[SentCode], try_number: u32, matched: Option<usize>, now_ms: i64, limits: &Limits) -> CodeVerdict {
    if try_number > limits.code_tries {
        return CodeVerdict::TooManyTries;
    }
    let found = matched.and_then(|i| Some((i, codes.get(i)?, ends_at(codes, i, limits)?)));
    let left = limits.code_tries - try_number;
    match found {
        Some((_, code, _)) if code.used => CodeVerdict::AlreadyUsed,
        Some((index, _, end)) if now_ms < end => CodeVerdict::Accepted(index),
        // After the last try a new code would be of no use to anybody.
        _ if left == 0 => CodeVerdict::TooManyTries,
        Some((_, _, end)) => CodeVerdict::Expired { at: end },
        None => CodeVerdict::Wrong { left },
    }
}

/// Whether another code may be sent: a pause after the last, and only so many in one attempt. Says nothing about tries,
/// which no resend gives back.
pub fn resend(codes: &[SentCode], now_ms: i64, limits: &Limits) -> Resend {
    // The first code is no resend.
    if codes.len() > limits.code_resends as usize {
        return Resend::NoMore;
    }
    match codes.last().map_or(0, |last| crate::limits::resend_wait_ms(last.sent_at, now_ms, limits)) {
        0 => Resend::Now,
        wait => Resend::Wait(wait),
    }
}
