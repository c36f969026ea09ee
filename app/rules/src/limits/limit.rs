//! What is counted: one arm each. Key, window and most are here; what a refusal says is the server's.

use super::{DAY, Limits};
use crate::words;

words! {
    /// Everything that is counted in the database, by the word its counters' keys begin with. Codes come before passwords, as
    /// transactions lock them.
    Limit {
        /// Wrong codes of an account since its last sign-in.
        WrongCodes = "wrong-codes",
        /// Wrong passwords in a row for a user ID: those of strangers, and of each browser that has signed in to it before.
        WrongPasswords = "wrong-passwords",
        /// Wrong present passwords in a row at the change inside the portal, of an account.
        WrongPresentPasswords = "wrong-present-passwords",
        /// Codes mailed to an account.
        CodeMails = "code-mails",
        /// Mails that confirm an enrolment, to a user ID.
        EnrolmentMails = "enrolment-mails",
        /// Reset mails to a user ID.
        ResetMails = "reset-mails",
        /// How often an account's user ID was told.
        UserIdsTold = "user-ids-told",
        /// Missed identity checks of a browser.
        IdentityOfBrowser = "identity-of-browser",
        /// Missed identity checks from a client address.
        IdentityFromAddress = "identity-from-address",
        /// Missed identity checks with a contract number and a name.
        IdentityOfNumberAndName = "identity-of-number-and-name",
        /// Missed identity checks with a contract number and a phone.
        IdentityOfNumberAndPhone = "identity-of-number-and-phone",
        /// Missed identity checks with a name and a phone.
        IdentityOfNameAndPhone = "identity-of-name-and-phone",
        /// Contract numbers closed by missed identity checks, over all of them: staff is told.
        ClosedNumbers = "closed-numbers",
        /// Refused new passwords of a reset link: asked often enough, the rules would tell what is on file.
        LinkPasswords = "link-passwords",
        /// Wrong phone numbers of a reset link.
        LinkPhones = "link-phones",
        /// Wrong passwords from a client address, for accounts that the browser has not signed in to before.
        PasswordsFromAddress = "passwords-from-address",
        /// Password resets asked for from a client address.
        ResetsFromAddress = "resets-from-address",
        /// Procedures begun from a client address.
        FlowsFromAddress = "flows-from-address",
    }
}

/// For how long a count goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// It begins anew when this time (milliseconds) has passed since its first.
    Fixed(i64),
    /// It goes on until a success. One that stands at `from` or higher is kept for `kept_ms` after its last, also by a purge:
    /// a pause must not take back what only a success may.
    Streak { from: u32, kept_ms: i64 },
}

impl Limit {
    /// How many there may be.
    pub const fn most(self, limits: &Limits) -> u32 {
        match self {
            Self::WrongPasswords | Self::WrongPresentPasswords => limits.password_wrong_before_wait,
            Self::WrongCodes => limits.code_wrong_before_lock,
            Self::CodeMails => limits.code_mails_per_account,
            Self::EnrolmentMails | Self::ResetMails => limits.mails_per_account,
            Self::UserIdsTold => limits.inquiries_per_account,
            Self::IdentityOfBrowser | Self::LinkPhones => limits.identity_misses_per_browser,
            Self::IdentityFromAddress => limits.identity_per_address,
            Self::IdentityOfNumberAndName => limits.identity_misses_per_contract,
            Self::IdentityOfNumberAndPhone | Self::IdentityOfNameAndPhone => limits.identity_misses_per_pair,
            Self::ClosedNumbers => limits.identity_closed_numbers,
            Self::LinkPasswords => limits.password_wrong_before_reset,
            Self::PasswordsFromAddress => limits.sign_in_per_address,
            Self::ResetsFromAddress => limits.resets_per_address,
            Self::FlowsFromAddress => limits.flows_per_address,
        }
    }

    /// In which time.
    pub const fn window(self, limits: &Limits) -> Window {
        Window::Fixed(match self {
            // Longer than any wait, and not for ever: anybody may type user IDs that do not exist.
            Self::WrongPasswords => {
                return Window::Streak { from: limits.password_wrong_before_wait, kept_ms: 365 * DAY };
            }
            // An account is given no try back, however long its owner stays away.
            Self::WrongCodes => return Window::Streak { from: 1, kept_ms: 3_653 * DAY },
            Self::WrongPresentPasswords => DAY,
            Self::CodeMails | Self::EnrolmentMails | Self::ResetMails => limits.mails_account_window_ms,
            Self::UserIdsTold => limits.inquiries_window_ms,
            Self::IdentityOfBrowser
            | Self::IdentityOfNumberAndName
            | Self::IdentityOfNumberAndPhone
            | Self::IdentityOfNameAndPhone => limits.identity_contract_window_ms,
            Self::IdentityFromAddress | Self::ClosedNumbers => limits.identity_address_window_ms,
            Self::LinkPasswords | Self::LinkPhones => limits.link_life_ms,
            Self::PasswordsFromAddress => limits.sign_in_address_window_ms,
            Self::ResetsFromAddress => limits.resets_address_window_ms,
            Self::FlowsFromAddress => limits.flows_address_window_ms,
        })
    }

    /// How long what it leads to lasts after the last one counted, where that is not the window's end.
    const fn lock_ms(self, limits: &Limits) -> i64 {
        match self {
            Self::WrongPasswords | Self::WrongPresentPasswords => limits.password_wait_max_ms,
            Self::WrongCodes => limits.code_lock_max_ms,
            Self::IdentityOfBrowser => limits.identity_browser_lock_ms,
            Self::CodeMails
            | Self::EnrolmentMails
            | Self::ResetMails
            | Self::UserIdsTold
            | Self::IdentityFromAddress
            | Self::IdentityOfNumberAndName
            | Self::IdentityOfNumberAndPhone
            | Self::IdentityOfNameAndPhone
            | Self::ClosedNumbers
            | Self::LinkPasswords
            | Self::LinkPhones
            | Self::PasswordsFromAddress
            | Self::ResetsFromAddress
            | Self::FlowsFromAddress => 0,
        }
    }

    /// How long a counter that stands at nothing special is needed after its last, in milliseconds. For a streak see
    /// [`Window::Streak`].
    pub const fn needed_ms(self, limits: &Limits) -> i64 {
        let window = match self.window(limits) {
            Window::Fixed(ms) => ms,
            Window::Streak { .. } => 2 * DAY,
        };
        let lock = self.lock_ms(limits);
        if lock > window { lock } else { window }
    }
}
