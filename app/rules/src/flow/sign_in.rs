//! The two steps of a sign-in (spec, section 4, Sign-in).
//!
//! `limits` and `code_rules` decide which tries count and how long a wait is. The session itself belongs to the server.

use super::Stale;
use crate::words;

words! {
    /// What `/sign-in` shows.
    SignInStep {
        /// User ID and password.
        Password = "password",
        /// The mailed code.
        Code = "code",
        /// Ended: the person is signed in.
        Done = "done",
        /// Ended: no tries are left.
        TooManyTries = "too-many-tries",
        /// Ended because the code did not follow the password in time.
        TimedOut = "timed-out",
        /// Ended by the person.
        Abandoned = "abandoned",
    }
}

words! {
    /// What happens to a sign-in.
    SignInEvent {
        /// The password is right.
        PasswordAccepted = "password-accepted",
        /// The code is right.
        CodeAccepted = "code-accepted",
        /// The last try was wrong.
        TriesExhausted = "tries-exhausted",
        /// The code did not follow the password in time.
        TimedOut = "timed-out",
        /// The registered address to which the code went is no longer the customer's.
        RegistrationChanged = "registration-changed",
        /// The password that was right has been replaced by another one.
        PasswordReplaced = "password-replaced",
        /// The person pressed 中止する.
        Abandoned = "abandoned",
        /// The person goes on without the session that the code opened, since the answer with its cookie was lost.
        SessionNeverArrived = "session-never-arrived",
        /// The person starts again after an end.
        Restarted = "restarted",
        /// The person signed out in this browser, which ends all that was begun in it.
        SignedOut = "signed-out",
    }
}

impl SignInStep {
    /// Returns the step that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this step. The step stays as it is.
    pub fn on(self, event: SignInEvent) -> Result<Self, Stale> {
        use SignInEvent as E;
        use SignInStep::*;
        Ok(match (self, event) {
            (Password, E::PasswordAccepted) => Code,
            (Code, E::CodeAccepted) => Done,
            (Code, E::TriesExhausted) => TooManyTries,
            (Code, E::TimedOut | E::RegistrationChanged | E::PasswordReplaced) => TimedOut,
            (Password | Code, E::Abandoned) => Abandoned,
            (Done, E::SessionNeverArrived) => Code,
            (over, E::Restarted) if over.is_over() => Password,
            // Whatever was shown, its page says nothing of anybody any more.
            (_, E::SignedOut) => Abandoned,
            _ => return Err(Stale),
        })
    }

    /// Returns whether the attempt has ended. After that only a restart or a sign-out is possible, and the way back to the code
    /// while the session that it opened has never reached the browser.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Password | Self::Code => false,
            Self::Done | Self::TooManyTries | Self::TimedOut | Self::Abandoned => true,
        }
    }
}
