//! The rules that browser and server share.
//!
//! What belongs here: how a field is read (for instance [`kana`] and [`phone`]), what a password must be ([`password`]),
//! which step follows which ([`flow`]), the numbers of every limit ([`limits`]) with the arithmetic on them, and that of days
//! ([`calendar`]).
//!
//! What does not belong here: anything that needs a clock, randomness, a database or a screen. Times are parameters, always
//! `i64` milliseconds since 1970 (UTC). No sentence for people is written here either: a fault is a value that the screens
//! put into words.
//!
//! All of this crate is also compiled to WASM, so the size of every table matters. That is why the folding is written by
//! hand instead of using a Unicode library, and why each word list is one string.

/// Implements `Debug` so that it prints only the type's name. Values that identify a person must not reach a log.
#[macro_export]
macro_rules! opaque_debug {
    ($($name:ident),+) => {$(
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )+};
}

pub mod auth_code;
pub mod calendar;
pub mod change;
pub mod code_rules;
pub mod contract_number;
pub mod contract_status;
pub mod flow;
pub mod kana;
pub mod limits;
pub mod password;
pub mod phone;
pub mod plate;
pub mod renewal;
pub mod request;
pub mod user_id;
mod width;
mod words;

pub use auth_code::{AuthCode, AuthCodeFault};
pub use change::{ChangeFault, ChangeItem};
pub use code_rules::{CodeVerdict, Resend, SentCode};
pub use contract_number::{ContractNumber, ContractNumberFault};
pub use contract_status::ContractStatus;
pub use flow::{
    EnrolEvent, EnrolStep, FlowEvent, FlowStep, InquiryEvent, InquiryStep, LinkKind, LinkState, ProcedureAction,
    ProcedureEvent, ProcedureStep, ResetEvent, ResetStep, SignInEvent, SignInStep, Stale,
};
pub use kana::{KanaFault, KanaName};
pub use limits::Limits;
pub use password::{PasswordContext, PasswordProfile, PasswordReport, PasswordRule, RuleState};
pub use phone::{PhoneFault, PhoneNumber};
pub use plate::{Plate, PlateFault};
pub use renewal::{Offer, PaymentChoice};
pub use request::{RequestEvent, RequestKind, RequestState};
pub use user_id::{UserId, UserIdFault};
pub use width::narrow;
pub use words::UnknownWord;
