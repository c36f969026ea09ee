//! The second step of a sign-in: which mailed codes count, and what a try is worth (spec, sections 4 and 7).
//!
//! The functions here keep no state: the caller passes in the codes and the count, which are in the database. The server
//! also compares what was typed with what was sent, in constant time; only the index of the matching code arrives here.

use crate::limits::Limits;

/// A code that was sent in a sign-in attempt. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// When it was sent.
    pub sent_at: i64,
    /// The first moment at which it no longer counts.
    pub expires_at: i64,
    /// Whether it has already been accepted once.
    pub used: bool,
}

/// The result of one try. Anything but six digits is not a try: `AuthCode::parse` refuses it before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeVerdict {
    /// The code at this index is right. The caller consumes it and opens the session.
    Accepted(usize),
    /// It is not a code of this attempt. So many tries are left.
    Wrong {
        /// Tries, at least 1.
        left: u32,
    },
    /// It is a code of this attempt that has expired, because its time is over or because newer ones displaced it. The
    /// caller sends a new one if [`resend`] allows it.
    Expired {
        /// When it expired, in milliseconds since 1970.
        at: i64,
    },
    /// No tries are left. Sign-in starts again.
    TooManyTries,
    /// It is a code that has already opened a session.
    AlreadyUsed,
}

/// Says whether one more code may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// It may be sent now.
    Now,
    /// It may be sent after so many milliseconds.
    Wait(i64),
    /// No more codes in this attempt. Sign-in starts again.
    NoMore,
}

/// Returns when the code at `index` expires: at its own time, or earlier if newer codes displace it, because only
/// [`Limits::code_live_max`] are valid at the same time (spec, section 4). `codes` are in the order of sending. Returns `None`
/// if there is no such code.
pub fn ends_at(codes: &[SentCode], index: usize, limits: &Limits) -> Option<i64> {
    let code = codes.get(index)?;
    let displaced = codes.get(index.saturating_add(limits.code_live_max as usize));
    Some(displaced.map_or(code.expires_at, |newer| code.expires_at.min(newer.sent_at)))
}

/// Judges one try.
///
/// - `codes`: all codes of this attempt, in the order of sending.
/// - `try_number`: which try of the attempt this is, from 1. It is **counted before the check**, so that two tries at the same
///   time cannot share a number.
/// - `matched`: the index of the code that was typed, whatever state it is in. If the same digits were drawn twice, it is the
///   newest.
pub fn judge(codes: &[SentCode], try_number: u32, matched: Option<usize>, now_ms: i64, limits: &Limits) -> CodeVerdict {
    if try_number > limits.code_tries {
        return CodeVerdict::TooManyTries;
    }
    let found = matched.and_then(|i| Some((i, codes.get(i)?, ends_at(codes, i, limits)?)));
    let left = limits.code_tries - try_number;
    match found {
        Some((_, code, _)) if code.used => CodeVerdict::AlreadyUsed,
        Some((index, _, end)) if now_ms < end => CodeVerdict::Accepted(index),
        // After the last try nobody could use a new code.
        _ if left == 0 => CodeVerdict::TooManyTries,
        Some((_, _, end)) => CodeVerdict::Expired { at: end },
        None => CodeVerdict::Wrong { left },
    }
}

/// Returns whether another code may be sent: only after a pause, and only so many times in one attempt. Tries do not matter
/// here, and sending another code does not give any back.
pub fn resend(codes: &[SentCode], now_ms: i64, limits: &Limits) -> Resend {
    // The first code does not count as a resend.
    if codes.len() > limits.code_resends as usize {
        return Resend::NoMore;
    }
    match codes.last().map_or(0, |last| crate::limits::resend_wait_ms(last.sent_at, now_ms, limits)) {
        0 => Resend::Now,
        wait => Resend::Wait(wait),
    }
}
