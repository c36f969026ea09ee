//! Which mails there are.

use rules::flow::LinkKind;

rules::words! {
    /// The mails of section 6 of the specification, which a test holds to this list, by the names of their folders under
    /// `templates/<language>/`.
    MailKind {
        /// The link that creates the account.
        ConfirmEnrolment = "confirm-enrolment",
        /// The account was created.
        AccountCreated = "account-created",
        /// Somebody looked the user ID up.
        UserIdNotice = "user-id-notice",
        /// The code of a sign-in.
        AuthCode = "auth-code",
        /// The link that leads to a new password.
        ResetPassword = "reset-password",
        /// There is a contract, and no account yet.
        NotEnrolled = "not-enrolled",
        /// The password was changed.
        PasswordChanged = "password-changed",
        /// Too many wrong passwords or codes: no sign-in for a while.
        SignInLocked = "sign-in-locked",
        /// Far too many: no sign-in before a password reset.
        SignInClosed = "sign-in-closed",
        /// A sign-in succeeded after many failures.
        SignInAfterFailures = "sign-in-after-failures",
        /// A request of the portal has arrived.
        RequestReceived = "request-received",
        /// A request came to another state.
        RequestMoved = "request-moved",
        /// The last day of a contract is near, and it has not been renewed.
        RenewalReminder = "renewal-reminder",
    }
}

impl MailKind {
    /// Returns the mail that carries links of this kind.
    #[must_use]
    pub const fn of_link(kind: LinkKind) -> Self {
        match kind {
            LinkKind::Enrolment => Self::ConfirmEnrolment,
            LinkKind::Reset => Self::ResetPassword,
        }
    }
}
