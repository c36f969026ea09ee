//! What is told above a step, and why a flow has ended, as codes: the sentences are in `text::state`.

use super::Millis;
use serde::{Deserialize, Serialize};

/// A line above the step that says what just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// The post was for a step that is over. Nothing was changed.
    Stale,
    /// The procedure that a post came from no longer exists: its cookies were deleted, or it was too long ago.
    Gone,
    /// The procedure that a post came from no longer exists, and what was posted started a new one.
    Anew,
    /// What was posted had arrived before, but its answer got lost. The page shows what followed from it.
    Resumed,
    /// The answer to the last post got lost. To get to what followed from it, the person has to type the same again.
    AnswerLost,
    /// Another mail was sent.
    Resent(Millis),
    /// The time without action starts again.
    Extended,
    /// The server did not answer. What was typed is still there.
    NoAnswer,
    /// Something went wrong on the server. What was typed is still there.
    Failed,
    /// The server is too busy to check a password now.
    Busy,
    /// That was one miss too many. No identity check in this browser before this time.
    LastMiss(Millis),
    /// The session is over, because nobody acted or because it was ended elsewhere.
    SessionEnded,
    /// The person signed out on this device.
    SignedOut,
    /// The password was changed, and other devices were signed out.
    PasswordChanged,
}

/// The reason why a flow is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EndReason {
    /// Finished: 「この手続きは完了しています」.
    Done,
    /// The inquiry has gone on to an enrolment, which is under way.
    WentOn,
    /// Ended by the person.
    Abandoned,
    /// Nobody acted for too long.
    Idle,
    /// Nobody acted for too long, but the mailed link works until this time.
    IdleLinkLives(Millis),
    /// The same for a reset, where it stays unsaid whether a mail was sent.
    IdleResetLives(Millis),
    /// A newer procedure of the same customer took over.
    Superseded,
    /// The mailed link was replaced by something newer: another mail, a sign-in, a changed password or address, or the end of
    /// its procedure.
    LinkReplaced,
    /// The mailed link was replaced by the one in a newer mail.
    LinkNewer,
    /// The address or the account that the procedure was for has changed in the meantime.
    RegistrationChanged,
    /// The person who received the mail said that it was not them.
    Disowned,
    /// Nobody opened the link in time.
    LinkExpired,
    /// The link was used.
    LinkUsed,
    /// No such link, or none opened in this browser.
    LinkUnknown,
    /// Too many wrong codes.
    TooManyTries,
    /// Too many wrong codes since the account's last sign-in: wait until then.
    AccountWait(Millis),
    /// Far too many wrong codes since the account's last sign-in: the password has to be reset.
    ResetRequired,
    /// More than ten minutes between password and code.
    TimedOut,
}
