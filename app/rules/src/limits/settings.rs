//! The settings: one line each, with default and bounds. Struct, defaults and the check all come from these lines, so that
//! none of them can be forgotten.

use super::{DAY, HOUR, MINUTE, SECOND};
use core::ops::RangeInclusive;

/// Longer than anything here should last, and short enough to be added to any point in time.
const TEN_YEARS: i64 = 3_653 * DAY;
const TIME: RangeInclusive<i64> = 1..=TEN_YEARS;
const PAUSE: RangeInclusive<i64> = 0..=TEN_YEARS;
const COUNT: RangeInclusive<i64> = 1..=1_000_000;

/// One setting as it is in force, and what it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// As it is written in the configuration, `limits.` included.
    pub name: &'static str,
    pub value: i64,
    pub bounds: RangeInclusive<i64>,
}

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $default:expr, in $bounds:expr;)+) => {
        /// All limits and lifetimes. `Default` is the spec's table. Fields ending in `_ms` are milliseconds, the others counts
        /// unless their text names a unit.
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(default, deny_unknown_fields))]
        pub struct Limits {
            $($(#[$doc])* pub $name: $type,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// Every setting, in the order of the specification's table.
            pub fn settings(&self) -> Vec<Setting> {
                vec![$(Setting {
                    name: concat!("limits.", stringify!($name)),
                    value: self.$name.into(),
                    bounds: $bounds,
                },)+]
            }
        }
    };
}

settings! {
    /// How long a mailed link works: 24 h.
    link_life_ms: i64 = 24 * HOUR, in TIME;

    /// How long an auth code works: 5 min.
    code_life_ms: i64 = 5 * MINUTE, in TIME;
    /// Tries in one sign-in attempt, over all its codes: 5.
    code_tries: u32 = 5, in COUNT;
    /// Codes of one attempt that work at the same time: 3 (section 4).
    code_live_max: u32 = 3, in COUNT;
    /// Codes mailed to one account within `mails_account_window_ms`, over all its sign-ins. The spec leaves the number open: 20.
    code_mails_per_account: u32 = 20, in COUNT;
    /// Codes sent after the first one in one attempt: 5.
    code_resends: u32 = 5, in 0..=*COUNT.end();
    /// Pause between two sendings of a code, and of a mail with a link: 30 s.
    resend_gap_ms: i64 = 30 * SECOND, in PAUSE;
    /// Wrong codes of an account since its last sign-in before the first lock of its second step: 10.
    code_wrong_before_lock: u32 = 10, in COUNT;
    /// The first lock, doubled by each further wrong code: 30 min.
    code_lock_first_ms: i64 = 30 * MINUTE, in TIME;
    /// The longest lock: 8 h.
    code_lock_max_ms: i64 = 8 * HOUR, in TIME;
    /// Wrong codes since the last sign-in after which the password must be reset: 50.
    code_wrong_before_reset: u32 = 50, in COUNT;

    /// Misses of the identity check in one browser that lock it there: 5.
    identity_misses_per_browser: u32 = 5, in COUNT;
    /// How long it then stays locked in that browser: 15 min.
    identity_browser_lock_ms: i64 = 15 * MINUTE, in TIME;
    /// Misses on one contract number and name within `identity_contract_window_ms` after which only the contact centre helps: 10.
    identity_misses_per_contract: u32 = 10, in COUNT;
    /// The same for the other two pairs, number and phone, name and phone. The spec leaves the number open: 300.
    identity_misses_per_pair: u32 = 300, in COUNT;
    /// 24 h.
    identity_contract_window_ms: i64 = 24 * HOUR, in TIME;
    /// Missed identity checks per client address within `identity_address_window_ms`: 100.
    identity_per_address: u32 = 100, in COUNT;
    /// 1 h.
    identity_address_window_ms: i64 = HOUR, in TIME;
    /// Contract numbers closed within `identity_address_window_ms` that staff is told of. The spec leaves the number open: 20.
    identity_closed_numbers: u32 = 20, in COUNT;

    /// Wrong passwords in a row on an account before the first wait: 5.
    password_wrong_before_wait: u32 = 5, in COUNT;
    /// The first wait, doubled by each further wrong password: 1 min.
    password_wait_first_ms: i64 = MINUTE, in TIME;
    /// The longest wait: 30 min.
    password_wait_max_ms: i64 = 30 * MINUTE, in TIME;
    /// Wrong passwords in a row after which the password must be reset: 50.
    password_wrong_before_reset: u32 = 50, in COUNT;
    /// Wrong passwords from one client address, of browsers that have not signed in to the account before, within
    /// `sign_in_address_window_ms`. The spec leaves the number open: 300.
    sign_in_per_address: u32 = 300, in COUNT;
    /// 1 h.
    sign_in_address_window_ms: i64 = HOUR, in TIME;

    /// Enrolment and reset mails per account within `mails_account_window_ms`: 3.
    mails_per_account: u32 = 3, in COUNT;
    /// 1 h.
    mails_account_window_ms: i64 = HOUR, in TIME;
    /// Resets asked for per client address within `resets_address_window_ms`: 600.
    resets_per_address: u32 = 600, in COUNT;
    /// 1 h.
    resets_address_window_ms: i64 = HOUR, in TIME;
    /// How long a reset that was asked for waits at least until it is looked into, so that the database's load does not tell at the
    /// time of the answer whether there is an account. The spec leaves the number open: 1 s.
    reset_pause_min_ms: i64 = SECOND, in 0..=HOUR;
    /// How long at most; in between it is drawn at random. The spec leaves the number open: 5 s.
    reset_pause_max_ms: i64 = 5 * SECOND, in 0..=HOUR;
    /// How often the user ID of one account is told, with a notice each time, within `inquiries_window_ms`. The spec leaves the
    /// number open: 10.
    inquiries_per_account: u32 = 10, in COUNT;
    /// 1 h.
    inquiries_window_ms: i64 = HOUR, in TIME;
    /// When the mail screen begins to show the contact centre: 3 min (section 4).
    mail_help_after_ms: i64 = 3 * MINUTE, in PAUSE;

    /// Procedures begun from one client address within `flows_address_window_ms`. The spec leaves the number open: 3,000.
    flows_per_address: u32 = 3_000, in COUNT;
    /// 1 h.
    flows_address_window_ms: i64 = HOUR, in TIME;
    /// How many times what one IPv6 address (a /64) may do, its /48 may do. The spec leaves the number open: 16.
    ipv6_site_factor: u32 = 16, in 1..=65_536;
    /// How long a flow lives without action: 30 min.
    flow_idle_ms: i64 = 30 * MINUTE, in TIME;
    /// How long before that its end is announced: 2 min (section 3).
    flow_warning_ms: i64 = 2 * MINUTE, in TIME;
    /// Between the password and the code of one sign-in: 10 min.
    code_step_ms: i64 = 10 * MINUTE, in TIME;

    /// How long a session lives without action: 30 min.
    session_idle_ms: i64 = 30 * MINUTE, in TIME;
    /// How long before that its end is announced: 2 min.
    session_warning_ms: i64 = 2 * MINUTE, in TIME;
    /// How long a session lives at all: 12 h.
    session_life_ms: i64 = 12 * HOUR, in TIME;
    /// Sessions of one account at once: 5.
    sessions_at_once: u32 = 5, in COUNT;

    /// Argon2id, memory in KiB: 19,456. At most 4 GiB; the start also compares it with the memory there is.
    hash_memory_kib: u32 = 19_456, in 8..=4_194_304;
    /// Argon2id, passes: 2.
    hash_passes: u32 = 2, in 1..=1_000;
    /// Argon2id, lanes: 1.
    hash_lanes: u32 = 1, in 1..=256;
    /// Passwords hashed at once; 0 means one per core.
    hashes_at_once: u32 = 0, in 0..=1_024;
    /// Requests that may wait for their turn to hash; beyond it the answer is 503. The spec leaves the number open: 64.
    hash_queue: u32 = 64, in 1..=100_000;

    /// Largest body of a server function, in bytes: 16 KiB.
    body_bytes: u32 = 16 * 1_024, in 1..=16 * 1_024 * 1_024;
}

/// A setting that cannot be: the start stops with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// Its name, `limits.` included.
    pub setting: &'static str,
    pub why: String,
}

impl Limits {
    /// The first setting that cannot be: one outside its bounds, or one that contradicts another (a longest wait below the
    /// first, a warning that comes after what it warns of).
    pub fn fault(&self) -> Option<SettingFault> {
        if let Some(Setting { name, value, bounds }) =
            self.settings().into_iter().find(|setting| !setting.bounds.contains(&setting.value))
        {
            let why = format!("must be between {} and {}, not {value}", bounds.start(), bounds.end());
            return Some(SettingFault { setting: name, why });
        }
        macro_rules! pairs {
            ($($name:ident $least:tt $other:ident;)+) => {
                [$((concat!("limits.", stringify!($name)), self.$name $least self.$other,
                    concat!("must be ", stringify!($least), " limits.", stringify!($other))),)+]
            };
        }
        let contradictions = pairs! {
            password_wait_max_ms >= password_wait_first_ms;
            code_lock_max_ms >= code_lock_first_ms;
            reset_pause_max_ms >= reset_pause_min_ms;
            flow_idle_ms > flow_warning_ms;
            session_idle_ms > session_warning_ms;
            session_life_ms >= session_idle_ms;
        };
        // Argon2 needs eight blocks of a KiB in each lane.
        let memory = (
            "limits.hash_memory_kib",
            self.hash_memory_kib / 8 >= self.hash_lanes,
            "must be at least 8 for each of limits.hash_lanes",
        );
        let (setting, _, why) = contradictions.into_iter().chain([memory]).find(|(_, fine, _)| !fine)?;
        Some(SettingFault { setting, why: why.to_owned() })
    }
}
