//! The registration number of a motorcycle, as its plate and the certificate show it (spec, section 14).
//!
//! Form only: whether such a plate was ever issued is nobody's business here.

use crate::width::{is_dash, is_invisible, is_space, is_stroke, is_wave, plain};

/// Office or municipality, the letter, and one to four digits: `1品川 あ 12-34`, `西宮市 う 7`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Plate(String);

opaque_debug!(Plate);

/// Why what was typed is not a registration number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlateFault {
    /// Nothing but spaces and separators.
    Empty,
    /// A character that no plate shows, as it was typed.
    Character(char),
    /// Does not end with one to four digits.
    Digits,
    /// Nothing before the digits says which office or municipality issued it.
    Area,
    /// Longer than any plate.
    TooLong,
}

impl Plate {
    /// The most characters before the digits; the longest municipality with its letter has fewer.
    const MAX_AREA: usize = 14;

    /// Folds any width, katakana to hiragana, and drops spaces, dots and dashes of any kind, also the strokes between digits that
    /// look like one; then puts the parts together in one way.
    ///
    /// # Errors
    /// [`PlateFault`]; a wrong character is named first.
    pub fn parse(typed: &str) -> Result<Self, PlateFault> {
        let all: Vec<_> = plain(typed).into_iter().filter(|(_, meant)| !is_separator(*meant)).collect();
        let mut kept: Vec<char> = Vec::new();
        for (at, (c, meant)) in all.iter().enumerate() {
            let is_digit = |neighbour: Option<&(char, char)>| neighbour.is_some_and(|(_, near)| near.is_ascii_digit());
            let between_digits =
                is_digit(at.checked_sub(1).and_then(|before| all.get(before))) && is_digit(all.get(at + 1));
            match hiragana(*meant) {
                s if is_stroke(s) && between_digits => {}
                m if m.is_alphanumeric() || matches!(m, 'ヶ' | '々') => kept.push(m),
                _ => return Err(PlateFault::Character(*c)),
            }
        }
        if kept.is_empty() {
            return Err(PlateFault::Empty);
        }
        let digits = kept.iter().rev().take_while(|c| c.is_ascii_digit()).count();
        if !(1..=4).contains(&digits) {
            return Err(PlateFault::Digits);
        }
        let (area, number) = kept.split_at(kept.len() - digits);
        if area.is_empty() {
            return Err(PlateFault::Area);
        }
        if area.len() > Self::MAX_AREA {
            return Err(PlateFault::TooLong);
        }
        Ok(Self(shown(area, number)))
    }

    /// The number as it is shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_separator(c: char) -> bool {
    is_dash(c) || is_wave(c) || is_space(c) || is_invisible(c) || matches!(c, '・' | '･' | '.' | ',')
}

/// Plates show their letter in hiragana, whatever it is typed in. The small ke of place names is not one of them.
fn hiragana(c: char) -> char {
    let full =
        if ('\u{FF66}'..='\u{FF9D}').contains(&c) { crate::kana::fold(&c.to_string()).chars().next() } else { None };
    match full.unwrap_or(c) {
        katakana @ 'ァ'..='ヴ' => char::from_u32(katakana as u32 - 0x60).unwrap_or(katakana),
        other => other,
    }
}

/// `area letter 12-34`. Fewer than four digits stand alone, and where there is no letter its place falls away.
fn shown(area: &[char], number: &[char]) -> String {
    let is_letter = |c: &char| matches!(c, 'ぁ'..='ん') || c.is_ascii_uppercase();
    let mut text = String::new();
    match area {
        [office @ .., letter] if is_letter(letter) && !office.is_empty() => {
            text.extend(office);
            text.push(' ');
            text.push(*letter);
        }
        whole => text.extend(whole),
    }
    text.push(' ');
    for (at, digit) in number.iter().enumerate() {
        if at == 2 && number.len() == 4 {
            text.push('-');
        }
        text.push(*digit);
    }
    text
}
