//! The content of each mail as data. It is kept sealed in the outbox until the mail is sent.

use crate::MailKind;
use rules::{RequestKind, RequestState};
use serde::{Deserialize, Serialize};

/// The mails of spec section 6. Times are milliseconds since 1970 UTC.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MailContent {
    /// A2: the link that creates the account.
    ConfirmEnrolment { token: String, asked_at: i64, expires_at: i64, device: String },
    /// A4: the account was created.
    AccountCreated { at: i64 },
    /// B: somebody looked the user ID up; carries it in full.
    UserIdNotice { user_id: String, at: i64, device: String },
    /// Sign-in: the code, and which mail of this sign-in it is.
    AuthCode { code: String, nth: u32, sent_at: i64, expires_at: i64, device: String },
    /// C: the link that leads to a new password.
    ResetPassword { token: String, asked_at: i64, expires_at: i64, device: String },
    /// C, for a contract's address without an account: points to enrolment.
    NotEnrolled { asked_at: i64 },
    /// C and the portal: the password was changed. `everywhere`: no device stays signed in, not even the one it was done on.
    PasswordChanged {
        at: i64,
        device: String,
        #[serde(default)]
        everywhere: bool,
    },
    /// Too many wrong passwords or codes: no sign-in until then, with a password from unknown browsers only.
    SignInLocked {
        at: i64,
        until: i64,
        #[serde(default)]
        step: LockedStep,
    },
    /// Far too many: no sign-in before a password reset.
    SignInClosed { at: i64, step: LockedStep },
    /// A sign-in succeeded after many failures.
    SignInAfterFailures { at: i64, failures: u32, device: String },
    /// The portal: a request has arrived.
    RequestReceived { kind: RequestKind, vehicle: String, at: i64 },
    /// The portal: a request came to another state. `reason`: why staff declined it.
    RequestMoved { kind: RequestKind, state: RequestState, vehicle: String, reason: Option<String>, at: i64 },
    /// The last day of a contract is near, and it has not been renewed. `ends_on`: that day, ISO 8601.
    RenewalReminder { vehicle: String, ends_on: String, useless_at: i64 },
}

/// Which step of sign-in somebody failed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockedStep {
    #[default]
    Password,
    Code,
}

impl MailContent {
    /// Returns which mail it is.
    #[must_use]
    pub const fn kind(&self) -> MailKind {
        match self {
            Self::ConfirmEnrolment { .. } => MailKind::ConfirmEnrolment,
            Self::AccountCreated { .. } => MailKind::AccountCreated,
            Self::UserIdNotice { .. } => MailKind::UserIdNotice,
            Self::AuthCode { .. } => MailKind::AuthCode,
            Self::ResetPassword { .. } => MailKind::ResetPassword,
            Self::NotEnrolled { .. } => MailKind::NotEnrolled,
            Self::PasswordChanged { .. } => MailKind::PasswordChanged,
            Self::SignInLocked { .. } => MailKind::SignInLocked,
            Self::SignInClosed { .. } => MailKind::SignInClosed,
            Self::SignInAfterFailures { .. } => MailKind::SignInAfterFailures,
            Self::RequestReceived { .. } => MailKind::RequestReceived,
            Self::RequestMoved { .. } => MailKind::RequestMoved,
            Self::RenewalReminder { .. } => MailKind::RenewalReminder,
        }
    }

    /// Returns the place in the queue.
    #[must_use]
    pub const fn priority(&self) -> Priority {
        match self {
            Self::AuthCode { .. } => Priority::Code,
            Self::ConfirmEnrolment { .. } | Self::ResetPassword { .. } | Self::NotEnrolled { .. } => Priority::Link,
            Self::AccountCreated { .. }
            | Self::UserIdNotice { .. }
            | Self::PasswordChanged { .. }
            | Self::SignInLocked { .. }
            | Self::SignInClosed { .. }
            | Self::SignInAfterFailures { .. }
            | Self::RequestReceived { .. }
            | Self::RequestMoved { .. } => Priority::Notice,
            Self::RenewalReminder { .. } => Priority::Reminder,
        }
    }

    /// Returns the time from which on the mail is not sent any more: links, codes and reminders expire, notices do not.
    #[must_use]
    pub const fn useless_at(&self) -> Option<i64> {
        match self {
            Self::ConfirmEnrolment { expires_at, .. }
            | Self::ResetPassword { expires_at, .. }
            | Self::AuthCode { expires_at, .. } => Some(*expires_at),
            Self::RenewalReminder { useless_at, .. } => Some(*useless_at),
            Self::AccountCreated { .. }
            | Self::UserIdNotice { .. }
            | Self::NotEnrolled { .. }
            | Self::PasswordChanged { .. }
            | Self::SignInLocked { .. }
            | Self::SignInClosed { .. }
            | Self::SignInAfterFailures { .. }
            | Self::RequestReceived { .. }
            | Self::RequestMoved { .. } => None,
        }
    }
}

/// The order in which mails are sent when many wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// A code that works for minutes.
    Code = 0,
    /// A link, or what is sent instead of one.
    Link = 1,
    /// A notice that nobody waits for.
    Notice = 2,
    /// A reminder, of which there are many at once.
    Reminder = 3,
}

/// Prints the kind only, because mails carry secrets.
impl std::fmt::Debug for MailContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind().as_str())
    }
}
