//! The six-digit code that is mailed at sign-in (spec, sections 4 and 5).
//!
//! Only its form. Whether it is the right one, still valid, and how many tries are left: `code_rules`.

use crate::width::{is_dash, is_invisible, is_space, narrow};

/// Six ASCII digits. A secret: `Debug` hides it, and it is compared by its HMAC on the server, never here.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthCode(String);

opaque_debug!(AuthCode);

/// Why what was typed is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthCodeFault {
    /// Nothing but spaces and dashes.
    Empty,
    /// Something else than exactly six digits.
    NotSixDigits,
}

impl AuthCode {
    /// Digits, always.
    pub const LENGTH: usize = 6;

    /// Reads digits of any width; spaces and dashes are ignored (spec, section 5).
    ///
    /// # Errors
    /// [`AuthCodeFault`], never with what was typed in it.
    pub fn parse(typed: &str) -> Result<Self, AuthCodeFault> {
        let ignored = |c: &char| !(is_space(*c) || is_dash(*c) || is_invisible(*c));
        let mut digits = String::with_capacity(Self::LENGTH);
        for c in typed.chars().filter(ignored).map(narrow) {
            if !c.is_ascii_digit() || digits.len() == Self::LENGTH {
                return Err(AuthCodeFault::NotSixDigits);
            }
            digits.push(c);
        }
        match digits.len() {
            0 => Err(AuthCodeFault::Empty),
            Self::LENGTH => Ok(Self(digits)),
            _ => Err(AuthCodeFault::NotSixDigits),
        }
    }

    /// The code of a drawn number: its last six decimal digits, zero padded. Draw below 1,000,000, or the code is biased.
    pub fn from_number(n: u32) -> Self {
        Self(format!("{:06}", n % 1_000_000))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
