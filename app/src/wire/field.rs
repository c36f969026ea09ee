//! The fields of forms and what can be wrong with them, as codes: the sentences are in `text::problem`.

use super::Millis;
use rules::password::PasswordRule;
use serde::{Deserialize, Serialize};

rules::words! {
    /// The fields of all forms. The word names the form field, and is the id of its control.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    Field {
        Number = "number",
        Kana = "kana",
        Phone = "phone",
        UserId = "user_id",
        Password = "password",
        NewPassword = "new_password",
        Code = "code",
    }
}

/// What is wrong, and with which field. Without a field it concerns the whole form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    pub field: Option<Field>,
    pub problem: Problem,
}

/// The reason why a post did not move the flow on. The sentences are in `text::problem`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// The field was left empty.
    Empty,
    /// There is a character that the field does not accept.
    Character(char),
    TooShort,
    TooLong,
    /// There are kanji in the kana name.
    Kanji(char),
    /// There is a Latin letter in the kana name.
    Latin(char),
    /// There is a digit in the kana name.
    Digit(char),
    /// The phone number does not begin with 0.
    NoLeadingZero,
    /// The phone number does not have 10 or 11 digits.
    PhoneLength,
    NoAt,
    Space,
    /// The text is not built like a mail address.
    Shape,
    /// The new password breaks these rules.
    Rules {
        unmet: Vec<PasswordRule>,
        full_width: bool,
        length: u32,
    },
    /// The new password is the same as the present one.
    SamePassword,
    /// The code does not have six digits.
    NotSixDigits,
    /// Number, name and phone do not identify a customer. It stays unsaid which of them was wrong.
    NoMatch,
    /// The identity check failed in this browser too often. No further try before this time.
    WaitUntil(Millis),
    /// The same, where many other checks from this client address have failed too. Right entries are taken all the same.
    BusyAddress,
    /// The user ID of this customer was shown as often as it may be. It is not shown again before this time.
    ToldUntil(Millis),
    /// Too many identity checks of this number. Only the contact centre can help.
    CallCentre,
    /// The user ID or the password is wrong. It stays unsaid which of them.
    WrongPassword,
    /// Too many wrong passwords. No further try before this time.
    LockedUntil(Millis),
    /// Too many wrong phone numbers on this link. Only the contact centre can help.
    LinkLocked,
    /// Too many wrong passwords in a row. The password has to be reset.
    ResetRequired,
    /// The current password, asked for inside the portal, is wrong.
    WrongCurrentPassword,
    /// The code is wrong. So many tries are left.
    WrongCode {
        left: u32,
    },
    /// The code expired at `expired_at`. A new one was sent at `sent_at`, unless no more may be sent.
    ExpiredCode {
        expired_at: Millis,
        sent_at: Option<Millis>,
    },
    /// The code has been used before.
    UsedCode,
    /// Another mail cannot be sent before this time.
    ResendAt(Millis),
    /// No further mail can be sent in this flow.
    ResendOver,
    /// The account has had as many mails as it may. The next one can be sent at this time.
    MailsUntil(Millis),
    /// The phone number, which the reset link asks for as a second proof, is not one of the customer's.
    WrongPhone,
}
