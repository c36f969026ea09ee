//! How long one has to wait.

use super::Limits;

/// Whether a first or second step of sign-in is open for another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    Open,
    /// Not before this time.
    Until(i64),
    /// Not before the password has been reset.
    ResetRequired,
}

impl Lock {
    fn new(wrong: u32, before_reset: u32, until: i64, now_ms: i64) -> Self {
        if wrong >= before_reset {
            Self::ResetRequired
        } else if until > now_ms {
            Self::Until(until)
        } else {
            Self::Open
        }
    }
}

/// How an account stands after so many wrong passwords in a row, the last one at `last_ms`.
pub fn password_lock(wrong: u32, last_ms: i64, now_ms: i64, limits: &Limits) -> Lock {
    let until = last_ms.saturating_add(password_wait_ms(wrong, limits));
    Lock::new(wrong, limits.password_wrong_before_reset, until, now_ms)
}

/// How an account's second step stands after so many wrong codes since its last sign-in, the last one at `last_ms`.
pub fn code_lock(wrong: u32, last_ms: i64, now_ms: i64, limits: &Limits) -> Lock {
    let until = last_ms.saturating_add(code_lock_ms(wrong, limits));
    Lock::new(wrong, limits.code_wrong_before_reset, until, now_ms)
}

/// How long an account waits after its `consecutive_wrong`th wrong password in a row, in milliseconds: nothing below
/// five, 1 min at the fifth, doubling up to 30 min (spec, section 7).
pub fn password_wait_ms(consecutive_wrong: u32, limits: &Limits) -> i64 {
    let doublings = consecutive_wrong.checked_sub(limits.password_wrong_before_wait);
    doubled(limits.password_wait_first_ms, doublings, limits.password_wait_max_ms)
}

/// How long the second step stays locked after the `wrong`th wrong code since the last sign-in, in milliseconds: nothing
/// below ten, 30 min at the tenth, doubling up to 8 h (spec, section 7).
pub fn code_lock_ms(wrong: u32, limits: &Limits) -> i64 {
    let doublings = wrong.checked_sub(limits.code_wrong_before_lock);
    doubled(limits.code_lock_first_ms, doublings, limits.code_lock_max_ms)
}

fn doubled(first: i64, doublings: Option<u32>, max: i64) -> i64 {
    let Some(doublings) = doublings else { return 0 };
    let factor = 1_i64.checked_shl(doublings).filter(|f| *f > 0).unwrap_or(i64::MAX);
    first.saturating_mul(factor).min(max)
}

/// How long until the next code or link may be sent, in milliseconds: 0 means now. Never longer than the gap itself,
/// even if the clock was set back in between.
pub fn resend_wait_ms(last_sent_at: i64, now_ms: i64, limits: &Limits) -> i64 {
    last_sent_at.saturating_add(limits.resend_gap_ms).saturating_sub(now_ms).clamp(0, limits.resend_gap_ms.max(0))
}
