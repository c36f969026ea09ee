//! The names under which limits count. Built here only: whoever sets a counter back (a right password, a reset, a member
//! of staff) must mean the one that was raised. What is personal in a name is hashed.

use crate::secret::Keys;

/// How long wrong passwords in a row are counted at the most, until a right one or a reset, in milliseconds: longer than any
/// wait, else a pause would take back that only a reset helps.
pub(crate) const STREAK_MS: i64 = 365 * 86_400_000;

/// The names of all counters of wrong passwords at sign-in begin with this.
pub(crate) const PASSWORDS: &str = "password:";

/// Wrong passwords for a user ID begin with this; one counter for strangers and one for each known browser follow.
pub(crate) fn passwords(keys: &Keys, user_key: &str) -> String {
    format!("{PASSWORDS}{}:", keys.pseudonym(user_key))
}

/// Wrong present passwords at the change inside the portal.
pub(crate) fn password_change(account_id: &str) -> String {
    format!("password-change:{account_id}")
}

/// Wrong codes of an account.
pub(crate) fn codes(account_id: &str) -> String {
    format!("code:{account_id}")
}

/// Missed identity checks in a browser, by the hash of its mark.
pub(crate) fn identity_browser(browser: &str) -> String {
    format!("identity:browser:{browser}")
}

/// Missed identity checks on a contract number.
pub(crate) fn identity_number(keys: &Keys, number: &str) -> String {
    format!("identity:number:{}", keys.pseudonym(number))
}
