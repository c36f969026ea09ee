//! What a row of the outbox is: one of the mails, or something that the worker sees to in another way.

use super::words::stored_as_words;
use mails::MailKind;

/// What a row of the outbox is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxKind {
    /// A mail to a person.
    Mail(MailKind),
    /// A password reset that was requested. The worker finds out whether the user ID exists, so that the answer to the person
    /// takes the same time whether or not it does.
    ResetRequest,
    /// Stands in for a mail where there is nobody to write to. The worker claims and settles it like a mail, and sends nothing.
    NoMail,
    /// A newer build wrote it. One of its nodes sees to it.
    Unknown,
}

impl OutboxKind {
    const RESET_REQUEST: &'static str = "reset-request";
    const NO_MAIL: &'static str = "no-mail";

    /// Returns the word that is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mail(kind) => kind.as_str(),
            Self::ResetRequest => Self::RESET_REQUEST,
            Self::NoMail => Self::NO_MAIL,
            Self::Unknown => "unknown",
        }
    }

    /// Returns the kind that is stored as `word`. A word of a newer build is not an error: one row that cannot be read would keep
    /// all others from being sent.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            Self::RESET_REQUEST => Self::ResetRequest,
            Self::NO_MAIL => Self::NoMail,
            _ => MailKind::parse(word).map_or(Self::Unknown, Self::Mail),
        })
    }
}

impl From<MailKind> for OutboxKind {
    fn from(kind: MailKind) -> Self {
        Self::Mail(kind)
    }
}

stored_as_words!(OutboxKind);
