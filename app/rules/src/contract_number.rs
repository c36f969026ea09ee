//! The number on a policy certificate, a renewal notice or a quote (spec, sections 1 and 5).
//!
//! Which of the three it is, the contract data knows; here it is only brought into one form.

use crate::width::{is_dash, is_invisible, is_space, is_stroke, plain};

/// 6–20 upper-case ASCII letters and digits, without separators.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContractNumber(String);

opaque_debug!(ContractNumber);

/// Why what was typed is not a contract number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContractNumberFault {
    /// Nothing but spaces and dashes.
    Empty,
    /// A character that no number contains, as it was typed.
    Character(char),
    /// Fewer than [`ContractNumber::MIN`] characters remain.
    TooShort,
    /// More than [`ContractNumber::MAX`] characters remain.
    TooLong,
}

impl ContractNumber {
    /// Characters, at least (spec, section 5).
    pub const MIN: usize = 6;
    /// Characters, at most (spec, section 5).
    pub const MAX: usize = 20;

    /// Folds any width, case and compatibility form (Ⅰ, Ⓡ, ①), drops dashes, strokes that look like one, spaces, and №, which is
    /// what the number is called and no part of it.
    ///
    /// # Errors
    /// [`ContractNumberFault`]; a wrong character is named before a wrong length.
    pub fn parse(typed: &str) -> Result<Self, ContractNumberFault> {
        let mut number = String::new();
        // A stroke that nothing has followed yet.
        let mut open = None;
        for (c, meant) in plain(typed) {
            match meant {
                a if a.is_ascii_alphanumeric() => {
                    number.push(a);
                    open = None;
                }
                a if is_dash(a) || is_space(a) || is_invisible(a) || a == '№' => {}
                a if is_stroke(a) && !number.is_empty() => open = Some(c),
                _ => return Err(ContractNumberFault::Character(c)),
            }
        }
        if let Some(stroke) = open {
            return Err(ContractNumberFault::Character(stroke));
        }
        match number.len() {
            0 => Err(ContractNumberFault::Empty),
            n if n < Self::MIN => Err(ContractNumberFault::TooShort),
            n if n > Self::MAX => Err(ContractNumberFault::TooLong),
            _ => Ok(Self(number)),
        }
    }

    /// The folded number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
