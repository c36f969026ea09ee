//! The six-digit code that is mailed at sign-in (spec, sections 4 and 5).
//!
//! Only its form. Whether it is the right one, still valid, and how many tries are left: `code_rules`.

use crate::width::{is_dash, is_invisible, is_space, plain};

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

    /// Reads the six digits, of any width and form, out of what was typed or pasted. A label before them or a sentence around them does
    /// no harm; between them only spaces and dashes may stand, and no other digit anywhere.
    ///
    /// # Errors
    /// [`AuthCodeFault`], never with what was typed in it.
    pub fn parse(typed: &str) -> Result<Self, AuthCodeFault> {
        let mut digits = String::with_capacity(Self::LENGTH);
        let (mut words, mut over) = (false, false);
        for (_, c) in plain(typed) {
            if c.is_ascii_digit() {
                if over {
                    return Err(AuthCodeFault::NotSixDigits);
                }
                digits.push(c);
            } else if !(is_space(c) || is_dash(c) || is_invisible(c)) {
                words = true;
                over = !digits.is_empty();
            }
        }
        match digits.len() {
            0 if !words => Err(AuthCodeFault::Empty),
            Self::LENGTH => Ok(Self(digits)),
            _ => Err(AuthCodeFault::NotSixDigits),
        }
    }

    /// How many codes there are.
    pub const COUNT: u32 = 10_u32.pow(Self::LENGTH as u32);

    /// The code of a drawn number: its last [`AuthCode::LENGTH`] decimal digits, zero padded. Draw below [`AuthCode::COUNT`], or the
    /// code is biased.
    pub fn from_number(n: u32) -> Self {
        Self(format!("{:0width$}", n % Self::COUNT, width = Self::LENGTH))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
