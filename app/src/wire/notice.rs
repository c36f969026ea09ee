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
    /// Too busy to check a password now.
    Busy,
    /// The session ended for lack of activity.
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
    /// Ended by the person.
    Abandoned,
    /// 30 minutes without action.
    Idle,
    /// 30 minutes without action, but the mailed link works until then.
    IdleLinkLives(Millis),
    /// A newer procedure of the same customer took over.
    Superseded,
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
