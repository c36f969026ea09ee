use super::Millis;
use rules::password::PasswordRule;
use serde::{Deserialize, Serialize};

/// The fields of all forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Number,
    Kana,
    Phone,
    UserId,
    Password,
    NewPassword,
    Code,
}

impl Field {
    /// The form field's name and the control's id.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Kana => "kana",
            Self::Phone => "phone",
            Self::UserId => "user_id",
            Self::Password => "password",
            Self::NewPassword => "new_password",
            Self::Code => "code",
        }
    }
}

/// What is wrong, and with which field; no field means the whole form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: Option<Field>,
    pub problem: Problem,
}

/// Why a post did not move the flow on. The sentences are in `text::problem`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// The field was left empty.
    Empty,
    /// A character that cannot be there.
    Character(char),
    TooShort,
    TooLong,
    /// Kanji in the kana name.
    Kanji(char),
    /// A Latin letter in the kana name.
    Latin(char),
    /// A digit in the kana name.
    Digit(char),
    /// The phone number does not begin with 0.
    NoLeadingZero,
    /// Not 10 or 11 digits.
    PhoneLength,
    NoAt,
    Space,
    /// Not the shape of a mail address.
    Shape,
    /// The new password breaks these rules.
    Rules {
        unmet: Vec<PasswordRule>,
        full_width: bool,
        length: u32,
    },
    /// The new password is the present one.
    SamePassword,
    /// Not six digits.
    NotSixDigits,
    /// Number, name and phone do not identify a customer; which one was wrong is not said.
    NoMatch,
    /// What was typed here did not match time and again: no further try before this time.
    WaitUntil(Millis),
    /// Too many people behind this client address tried: nobody of them before this time, whatever they typed.
    BusyAddress(Millis),
    /// The user ID of this customer was told as often as it may be: not again before this time.
    ToldUntil(Millis),
    /// Too many identity checks of this number: only the contact centre can help.
    CallCentre,
    /// Wrong user ID or password: which, is not said.
    WrongPassword,
    /// Too many wrong passwords: no try before this time.
    LockedUntil(Millis),
    /// Too many wrong phone numbers on this link: only the contact centre can help.
    LinkLocked,
    /// Too many wrong passwords in a row: the password has to be reset.
    ResetRequired,
    /// The current password, asked for inside the portal, is wrong.
    WrongCurrentPassword,
    /// Wrong code; tries left.
    WrongCode {
        left: u32,
    },
    /// That code expired, and whether a new one has been sent at once.
    ExpiredCode {
        expired_at: Millis,
        sent_at: Option<Millis>,
    },
    /// That code was used before.
    UsedCode,
    /// No mail can be sent again before this time.
    ResendAt(Millis),
    /// No further mail in this flow.
    ResendOver,
    /// Three mails an hour have gone; the next can go then.
    MailsUntil(Millis),
    /// The phone number given as second proof does not belong to this account.
    WrongPhone,
}
