use super::Millis;
use serde::{Deserialize, Serialize};

/// A line above the step that says what just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// A post came for a step that is over: nothing was changed.
    Stale,
    /// Another mail was sent.
    Resent(Millis),
    /// The 30 minutes begin anew.
    Extended,
    /// The server did not answer; what was typed is still there.
    NoAnswer,
    /// The server could not take what was sent; what was typed is still there.
    NotTaken,
    /// Something went wrong at the server; what was typed is still there.
    Failed,
    /// Too busy to check a password now.
    Busy,
    /// That was one miss too many: no identity check in this browser before this time.
    LastMiss(Millis),
    /// The session is over, for lack of activity or by what was done elsewhere.
    SessionEnded,
    /// Signed out on this device.
    SignedOut,
    /// The password was changed, other devices were signed out.
    PasswordChanged,
}

/// Why a flow is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// Finished: 「この手続きは完了しています」.
    Done,
    /// An inquiry that has gone on to enrolment, which is under way.
    WentOn,
    /// Ended by the person.
    Abandoned,
    /// 30 minutes without action.
    Idle,
    /// 30 minutes without action, but the mailed link works until then.
    IdleLinkLives(Millis),
    /// The same for a reset, of which nobody says whether a mail went.
    IdleResetLives(Millis),
    /// A newer procedure of the same customer took over.
    Superseded,
    /// A mailed link that something newer took the place of: another mail, a sign-in, a changed password or address, the end of
    /// its procedure.
    LinkReplaced,
    /// The same, where it is known that a newer mail was sent.
    LinkNewer,
    /// The address or the account that the procedure was for has changed meanwhile.
    RegistrationChanged,
    /// Somebody who received the mail said it was not them.
    Disowned,
    /// Nobody opened the link in time.
    LinkExpired,
    /// The link was used.
    LinkUsed,
    /// No such link, or none opened in this browser.
    LinkUnknown,
    /// Too many wrong codes.
    TooManyTries,
    /// Too many wrong codes of this account today: wait until then.
    AccountWait(Millis),
    /// More than ten minutes between password and code.
    TimedOut,
}
