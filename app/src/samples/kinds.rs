//! The kinds of everything that people see, without its data. A variant that has no kind does not compile, and a kind without a
//! sample does not either (`screens.rs` and its neighbours).

use crate::port::{EntryProblem, ProcedureScreen};
use crate::wire::{EndReason, Notice, Problem, Screen};

/// Writes the twin of an enum whose variants carry no data: all of them, and which one a value is.
macro_rules! kinds {
    ($(#[$doc:meta])* $kind:ident of $whole:ident { $($variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($variant),+ }

        impl $kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the kind of a value.
            #[must_use]
            pub const fn of(value: &$whole) -> Self {
                match value { $($whole::$variant { .. } => Self::$variant),+ }
            }

            /// Returns the name as it stands in addresses: `mail-sent`.
            #[must_use]
            pub fn name(self) -> String {
                kebab(match self { $(Self::$variant => stringify!($variant)),+ })
            }
        }
    };
}

/// Writes `MailSent` as `mail-sent`.
pub(super) fn kebab(name: &str) -> String {
    let mut written = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !written.is_empty() {
            written.push('-');
        }
        written.push(c.to_ascii_lowercase());
    }
    written
}

kinds! {
    /// The kinds of [`Screen`].
    ScreenKind of Screen {
        Identity, AlreadyRegistered, NoEmail, ChoosePassword, MailSent, Created, UserIdShown, NotEnrolled, ResetUserId,
        ResetSent, SignIn, Code, LinkConfirm, LinkNewPassword, LinkDone, LinkDisowned, ChangePassword, Session, Ended,
    }
}

kinds! {
    /// The kinds of [`EndReason`].
    EndKind of EndReason {
        Done, WentOn, Abandoned, Idle, IdleLinkLives, IdleResetLives, Superseded, LinkReplaced, LinkNewer,
        RegistrationChanged, Disowned, LinkExpired, LinkUsed, LinkUnknown, TooManyTries, AccountWait, ResetRequired, TimedOut,
    }
}

kinds! {
    /// The kinds of [`Notice`].
    NoticeKind of Notice {
        Stale, Gone, Anew, Resumed, AnswerLost, Resent, Extended, NoAnswer, Failed, Busy, LastMiss, SessionEnded, SignedOut,
        PasswordChanged,
    }
}

kinds! {
    /// The kinds of [`Problem`].
    ProblemKind of Problem {
        Empty, Character, TooShort, TooLong, Kanji, Latin, Digit, NoLeadingZero, PhoneLength, NoAt, Space, Shape, Rules,
        SamePassword, NotSixDigits, NoMatch, WaitUntil, BusyAddress, ToldUntil, CallCentre, WrongPassword, LockedUntil,
        LinkLocked, ResetRequired, WrongCurrentPassword, WrongCode, ExpiredCode, UsedCode, ResendAt, ResendOver, MailsUntil,
        WrongPhone,
    }
}

kinds! {
    /// The kinds of [`ProcedureScreen`].
    ProcedureKind of ProcedureScreen { RenewalEntry, ChangeEntry, Confirm, Receipt, NotOffered, NotChangeable }
}

kinds! {
    /// The kinds of [`EntryProblem`].
    EntryProblemKind of EntryProblem { NoChoice, NoConsent, NothingChanged, Item }
}
