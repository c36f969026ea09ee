//! The rules that browser and server share.
//!
//! What belongs here: how a field is read ([`kana`], [`phone`], …), what a password must be ([`password`]), which step
//! follows which ([`flow`]), and the numbers of every limit ([`limits`]) with the arithmetic on them.
//!
//! What does not: anything that needs a clock, randomness, a database or a screen. Time comes in as milliseconds since
//! 1970 (UTC), always `i64`. No sentence for people is written here either: a fault is a value, the screens put it into
//! words.
//!
//! Everything in this crate is compiled to WASM too, so every table is weighed: hand-made folding instead of a Unicode
//! library, word lists as one string.

/// Values that identify a person must not reach a log through `{:?}`: only the type's name is printed.
macro_rules! opaque_debug {
    ($name:ident) => {
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

pub mod auth_code;
pub mod code_rules;
pub mod contract_number;
pub mod flow;
pub mod kana;
pub mod limits;
pub mod password;
pub mod phone;
pub mod user_id;
mod width;

pub use auth_code::{AuthCode, AuthCodeFault};
pub use code_rules::{CodeVerdict, Resend, SentCode};
pub use contract_number::{ContractNumber, ContractNumberFault};
pub use flow::{
    EnrolEvent, EnrolStep, FlowEvent, InquiryEvent, InquiryStep, LinkState, ResetEvent, ResetStep, SignInEvent,
    SignInStep, Stale,
};
pub use kana::{KanaFault, KanaName};
pub use limits::Limits;
pub use password::{Classes, PasswordContext, PasswordProfile, PasswordReport, PasswordRule, RuleState};
pub use phone::{PhoneFault, PhoneNumber};
pub use user_id::{UserId, UserIdFault};
