//! The two steps of a sign-in (spec, section 4, Sign-in).
//!
//! Which tries count, and how long a wait is: `limits` and `code_rules`. The session itself is the server's.

use super::{Stale, words};

words! {
    /// What `/sign-in` shows.
    SignInStep {
        /// User ID and password.
        Password = "password",
        /// The mailed code.
        Code = "code",
        /// Ended: signed in.
        Done = "done",
        /// Ended: no tries left.
        TooManyTries = "too-many-tries",
        /// Ended by ten minutes between password and code.
        TimedOut = "timed-out",
        /// Ended by its person.
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
        /// Ten minutes since the password.
        TimedOut = "timed-out",
        /// 中止する.
        Abandoned = "abandoned",
        /// Begin anew after an end.
        Restarted = "restarted",
    }
}

impl SignInStep {
    /// The step after an event.
    ///
    /// # Errors
    /// [`Stale`] for an event that does not belong here; the step stays what it is.
    pub fn on(self, event: SignInEvent) -> Result<Self, Stale> {
        use SignInEvent as E;
        use SignInStep::*;
        Ok(match (self, event) {
            (Password, E::PasswordAccepted) => Code,
            (Code, E::CodeAccepted) => Done,
            (Code, E::TriesExhausted) => TooManyTries,
            (Code, E::TimedOut) => TimedOut,
            (Password | Code, E::Abandoned) => Abandoned,
            (over, E::Restarted) if over.is_over() => Password,
            _ => return Err(Stale),
        })
    }

    /// Whether the attempt has ended: nothing follows but beginning anew.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Password | Self::Code)
    }
}
