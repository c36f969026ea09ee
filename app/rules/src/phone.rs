//! A Japanese phone number (spec, section 5).
//!
//! Form only: whether the number is in use, or which kind of line it is, is nobody's business here.

use crate::width::{is_dash, is_invisible, is_space, is_stroke, is_wave, plain};

/// 10 or 11 ASCII digits, the first a zero.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

opaque_debug!(PhoneNumber);

/// Why what was typed is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneFault {
    /// No digit at all.
    Empty,
    /// A character that no phone number contains, as it was typed.
    Character(char),
    /// Does not begin with 0 (or with Japan's country code).
    NoLeadingZero,
    /// Not 10 or 11 digits.
    Length,
}

impl PhoneNumber {
    /// Folds any width and compatibility form (⓪⑨⓪), drops dashes, strokes between digits that look like one (一, ㅡ), dots,
    /// brackets and spaces, and brings Japan's country code home: `+81 90…`, `+81 (0)90…`, `0081 90…`, `010 81 90…` and a bare
    /// `81 90…` all become `090…`.
    ///
    /// # Errors
    /// [`PhoneFault`]; a wrong character is named first, then the missing zero, then the length.
    pub fn parse(typed: &str) -> Result<Self, PhoneFault> {
        let mut digits = String::new();
        let mut plus = false;
        // A stroke that no digit has followed yet.
        let mut open = None;
        for (c, meant) in plain(typed) {
            match meant {
                d if d.is_ascii_digit() => {
                    digits.push(d);
                    open = None;
                }
                '+' if digits.is_empty() && !plus => plus = true,
                s if is_separator(s) => {}
                s if is_stroke(s) && !digits.is_empty() => open = Some(c),
                _ => return Err(PhoneFault::Character(c)),
            }
        }
        if let Some(stroke) = open {
            return Err(PhoneFault::Character(stroke));
        }
        if digits.is_empty() {
            return Err(PhoneFault::Empty);
        }
        let number = national(&digits, plus).ok_or(PhoneFault::NoLeadingZero)?;
        match number.len() {
            10 | 11 => Ok(Self(number)),
            _ => Err(PhoneFault::Length),
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns a stored number with stars in the place of all but its last four digits.
    #[must_use]
    pub fn masked(digits: &str) -> String {
        let hidden = digits.chars().count().saturating_sub(4);
        digits.chars().enumerate().map(|(at, digit)| if at < hidden { '*' } else { digit }).collect()
    }
}

fn is_separator(c: char) -> bool {
    is_dash(c)
        || is_wave(c)
        || is_space(c)
        || is_invisible(c)
        || matches!(
            c,
            '(' | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '<'
                | '>'
                | '.'
                | '/'
                | '・'
                | '･'
                | '〔'
                | '〕'
                | '【'
                | '】'
                | '「'
                | '」'
        )
}

/// The number as dialled within Japan, or `None` if it does not begin with a zero there.
fn national(digits: &str, plus: bool) -> Option<String> {
    let abroad = if plus {
        Some(digits.strip_prefix("81")?)
    } else {
        // Without a plus only a length that no number in Japan has shows that a country code was typed.
        [("81", 11..=13), ("0081", 13..=15), ("01081", 14..=16)]
            .into_iter()
            .find_map(|(code, lengths)| digits.strip_prefix(code).filter(|_| lengths.contains(&digits.len())))
    };
    match abroad {
        Some(rest) if rest.starts_with('0') => Some(rest.to_owned()),
        Some(rest) => Some(format!("0{rest}")),
        None if digits.starts_with('0') => Some(digits.to_owned()),
        None => None,
    }
}
