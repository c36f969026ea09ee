//! Every number of section 7 of the spec, and the arithmetic that follows from them alone.
//!
//! Counting itself happens in the database. Milliseconds are `i64` like every time in the project.

/// All limits and lifetimes. `Default` is the spec's table. Fields ending in `_ms` are milliseconds, the others counts
/// unless their text names a unit.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Limits {
    /// How long a mailed link works: 24 h.
    pub link_life_ms: i64,

    /// How long an auth code works: 5 min.
    pub code_life_ms: i64,
    /// Tries in one sign-in attempt, over all its codes: 5.
    pub code_tries: u32,
    /// Codes of one attempt that work at the same time: 3 (section 4).
    pub code_live_max: u32,
    /// Codes mailed to one account within `mails_account_window_ms`, over all its sign-ins. The spec leaves the number open: 20.
    pub code_mails_per_account: u32,
    /// Codes sent after the first one in one attempt: 5.
    pub code_resends: u32,
    /// Pause between two sendings of a code, and of a mail with a link: 30 s.
    pub resend_gap_ms: i64,
    /// Wrong codes per account within `code_wrong_window_ms` that lock its second step: 10.
    pub code_wrong_per_account: u32,
    /// 24 h.
    pub code_wrong_window_ms: i64,
    /// How long the second step then stays locked: 30 min.
    pub code_wrong_lock_ms: i64,

    /// Misses of the identity check in one browser that lock it there: 5.
    pub identity_misses_per_browser: u32,
    /// How long it then stays locked in that browser: 15 min.
    pub identity_browser_lock_ms: i64,
    /// Misses on one contract number within `identity_contract_window_ms` after which only the contact centre helps: 10.
    pub identity_misses_per_contract: u32,
    /// 24 h.
    pub identity_contract_window_ms: i64,
    /// Identity checks per client address within `identity_address_window_ms`: 100.
    pub identity_per_address: u32,
    /// 1 h.
    pub identity_address_window_ms: i64,

    /// Wrong passwords in a row on an account before the first wait: 5.
    pub password_wrong_before_wait: u32,
    /// The first wait, doubled by each further wrong password: 1 min.
    pub password_wait_first_ms: i64,
    /// The longest wait: 30 min.
    pub password_wait_max_ms: i64,
    /// Wrong passwords in a row after which the password must be reset: 50.
    pub password_wrong_before_reset: u32,

    /// Wrong passwords from one client address, of browsers that have not signed in to the account before, within
    /// `sign_in_address_window_ms`. The spec leaves the number open: 300.
    pub sign_in_per_address: u32,
    /// 1 h.
    pub sign_in_address_window_ms: i64,

    /// Enrolment and reset mails per account within `mails_account_window_ms`: 3.
    pub mails_per_account: u32,
    /// 1 h.
    pub mails_account_window_ms: i64,
    /// Enrolment and reset mails per client address within `mails_address_window_ms`: 20.
    pub mails_per_address: u32,
    /// 1 h.
    pub mails_address_window_ms: i64,
    /// How often the user ID of one account is told, with a notice each time, within `inquiries_window_ms`. The spec leaves the
    /// number open: 10.
    pub inquiries_per_account: u32,
    /// 1 h.
    pub inquiries_window_ms: i64,
    /// When the mail screen begins to show the contact centre: 3 min (section 4).
    pub mail_help_after_ms: i64,

    /// Procedures begun from one client address within `flows_address_window_ms`. The spec leaves the number open: 3,000.
    pub flows_per_address: u32,
    /// 1 h.
    pub flows_address_window_ms: i64,
    /// How long a flow lives without action: 30 min.
    pub flow_idle_ms: i64,
    /// How long before that its end is announced: 2 min (section 3).
    pub flow_warning_ms: i64,
    /// Between the password and the code of one sign-in: 10 min.
    pub code_step_ms: i64,

    /// How long a session lives without action: 30 min.
    pub session_idle_ms: i64,
    /// How long before that its end is announced: 2 min.
    pub session_warning_ms: i64,
    /// How long a session lives at all: 12 h.
    pub session_life_ms: i64,
    /// Sessions of one account at once: 5.
    pub sessions_at_once: u32,

    /// Argon2id, memory in KiB: 19,456.
    pub hash_memory_kib: u32,
    /// Argon2id, passes: 2.
    pub hash_passes: u32,
    /// Argon2id, lanes: 1.
    pub hash_lanes: u32,
    /// Passwords hashed at once; 0 means one per core.
    pub hashes_at_once: u32,
    /// Requests that may wait for their turn to hash; beyond it the answer is 503. The spec leaves the number open: 64.
    pub hash_queue: u32,

    /// Largest body of a server function, in bytes: 16 KiB.
    pub body_bytes: u32,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

impl Default for Limits {
    fn default() -> Self {
        Self {
            link_life_ms: 24 * HOUR,
            code_life_ms: 5 * MINUTE,
            code_tries: 5,
            code_live_max: 3,
            code_mails_per_account: 20,
            code_resends: 5,
            resend_gap_ms: 30 * SECOND,
            code_wrong_per_account: 10,
            code_wrong_window_ms: 24 * HOUR,
            code_wrong_lock_ms: 30 * MINUTE,
            identity_misses_per_browser: 5,
            identity_browser_lock_ms: 15 * MINUTE,
            identity_misses_per_contract: 10,
            identity_contract_window_ms: 24 * HOUR,
            identity_per_address: 100,
            identity_address_window_ms: HOUR,
            password_wrong_before_wait: 5,
            password_wait_first_ms: MINUTE,
            password_wait_max_ms: 30 * MINUTE,
            password_wrong_before_reset: 50,
            sign_in_per_address: 300,
            sign_in_address_window_ms: HOUR,
            mails_per_account: 3,
            mails_account_window_ms: HOUR,
            mails_per_address: 20,
            mails_address_window_ms: HOUR,
            inquiries_per_account: 10,
            inquiries_window_ms: HOUR,
            mail_help_after_ms: 3 * MINUTE,
            flows_per_address: 3_000,
            flows_address_window_ms: HOUR,
            flow_idle_ms: 30 * MINUTE,
            flow_warning_ms: 2 * MINUTE,
            code_step_ms: 10 * MINUTE,
            session_idle_ms: 30 * MINUTE,
            session_warning_ms: 2 * MINUTE,
            session_life_ms: 12 * HOUR,
            sessions_at_once: 5,
            hash_memory_kib: 19_456,
            hash_passes: 2,
            hash_lanes: 1,
            hashes_at_once: 0,
            hash_queue: 64,
            body_bytes: 16 * 1024,
        }
    }
}

/// How long an account waits after its `consecutive_wrong`th wrong password in a row, in milliseconds: nothing below
/// five, 1 min at the fifth, doubling up to 30 min (spec, section 7).
pub fn password_wait_ms(consecutive_wrong: u32, limits: &Limits) -> i64 {
    let Some(doublings) = consecutive_wrong.checked_sub(limits.password_wrong_before_wait) else {
        return 0;
    };
    let factor = 1_i64.checked_shl(doublings).filter(|f| *f > 0).unwrap_or(i64::MAX);
    limits.password_wait_first_ms.saturating_mul(factor).min(limits.password_wait_max_ms)
}

/// Whether so many wrong passwords in a row mean that only a reset helps (spec, section 7: 50).
pub fn password_reset_required(consecutive_wrong: u32, limits: &Limits) -> bool {
    consecutive_wrong >= limits.password_wrong_before_reset
}

/// How long until the next code or link may be sent, in milliseconds: 0 means now. Never longer than the gap itself,
/// even if the clock was set back in between.
pub fn resend_wait_ms(last_sent_at: i64, now_ms: i64, limits: &Limits) -> i64 {
    last_sent_at.saturating_add(limits.resend_gap_ms).saturating_sub(now_ms).clamp(0, limits.resend_gap_ms.max(0))
}

impl Limits {
    /// The first setting, by name, that makes no sense: nothing may last no time or be allowed never, a longest wait is
    /// not below the first, a warning comes before what it warns of. The start stops with that name (spec, section 9).
    pub fn fault(&self) -> Option<&'static str> {
        macro_rules! positive {
            ($($field:ident),+ $(,)?) => { [$((stringify!($field), self.$field > 0)),+] };
        }
        let times = positive!(
            link_life_ms,
            code_life_ms,
            code_wrong_window_ms,
            code_wrong_lock_ms,
            identity_browser_lock_ms,
            identity_contract_window_ms,
            identity_address_window_ms,
            password_wait_first_ms,
            mails_account_window_ms,
            mails_address_window_ms,
            inquiries_window_ms,
            sign_in_address_window_ms,
            flows_address_window_ms,
            flow_warning_ms,
            code_step_ms,
            session_warning_ms,
        );
        let counts = positive!(
            code_tries,
            code_live_max,
            code_wrong_per_account,
            identity_misses_per_browser,
            identity_misses_per_contract,
            identity_per_address,
            password_wrong_before_wait,
            password_wrong_before_reset,
            mails_per_account,
            mails_per_address,
            inquiries_per_account,
            code_mails_per_account,
            sign_in_per_address,
            flows_per_address,
            sessions_at_once,
            hash_memory_kib,
            hash_passes,
            hash_lanes,
            hash_queue,
            body_bytes,
        );
        let others = [
            ("resend_gap_ms", self.resend_gap_ms >= 0),
            // Argon2 needs eight blocks of a KiB in each lane.
            ("hash_memory_kib", self.hash_memory_kib / 8 >= self.hash_lanes),
            ("mail_help_after_ms", self.mail_help_after_ms >= 0),
            ("password_wait_max_ms", self.password_wait_max_ms >= self.password_wait_first_ms),
            ("flow_idle_ms", self.flow_idle_ms > self.flow_warning_ms),
            ("session_idle_ms", self.session_idle_ms > self.session_warning_ms),
            ("session_life_ms", self.session_life_ms >= self.session_idle_ms),
        ];
        times.into_iter().chain(counts).chain(others).find(|(_, fine)| !fine).map(|(name, _)| name)
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::Limits;
    use serde::Deserialize;
    use serde::de::value::{Error, MapDeserializer};

    fn read(entries: &[(&str, u32)]) -> Result<Limits, Error> {
        Limits::deserialize(MapDeserializer::new(entries.iter().copied()))
    }

    #[test]
    fn what_the_configuration_leaves_out_is_as_specified() {
        assert_eq!(read(&[]), Ok(Limits::default()));
        assert_eq!(read(&[("code_tries", 3)]), Ok(Limits { code_tries: 3, ..Limits::default() }));
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let fault = read(&[("code_trys", 3)]).unwrap_err();
        assert!(fault.to_string().contains("code_trys"), "{fault}");
    }
}
