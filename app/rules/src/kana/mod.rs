//! The kana name on a contract (spec, section 5).
//!
//! Reading and folding only. Whether it is the right name, the contract data says, by comparing [`KanaName::key`].

mod fold;
mod table;

pub use fold::fold;

use crate::width::narrow;
use table::{is_kana, large};

/// A name in full-width katakana; parts are separated by `　` or `・`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct KanaName(String);

opaque_debug!(KanaName);

/// Why what was typed is not a kana name. The character is named as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KanaFault {
    /// No letter at all.
    Empty,
    /// A kanji, 々 and 〆 included.
    Kanji(char),
    /// A Latin letter of any width.
    Latin(char),
    /// A digit of any width.
    Digit(char),
    /// Anything else, such as a voicing mark after a kana that has no voiced form.
    Character(char),
    /// Over [`KanaName::MAX`] characters after folding.
    TooLong,
}

impl KanaName {
    /// Characters, at most. The spec names no number; company names in kana stay well below this one.
    pub const MAX: usize = 80;

    /// Folds as [`fold()`] does and takes what is then katakana throughout.
    ///
    /// # Errors
    /// [`KanaFault`]: the first character that cannot stay.
    pub fn parse(typed: &str) -> Result<Self, KanaFault> {
        let text = fold(typed);
        if text.is_empty() {
            return Err(KanaFault::Empty);
        }
        let mut previous = ' ';
        for c in text.chars() {
            // A long-vowel mark lengthens something: alone it is a stray dash.
            let fits = match c {
                'ー' => is_kana(previous),
                '　' | '・' => true,
                _ => is_kana(c),
            };
            if !fits {
                return Err(fault(c));
            }
            previous = c;
        }
        if text.chars().count() > Self::MAX {
            return Err(KanaFault::TooLong);
        }
        Ok(Self(text))
    }

    /// For display: full-width katakana.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is compared: without spaces and ・, small kana as large.
    pub fn key(&self) -> String {
        self.0.chars().filter(|c| !matches!(c, '　' | '・')).map(large).collect()
    }
}

fn fault(c: char) -> KanaFault {
    match c {
        '々'..='〇'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => KanaFault::Kanji(c),
        'À'..='ɏ' if !matches!(c, '×' | '÷') => KanaFault::Latin(c),
        _ if narrow(c).is_ascii_alphabetic() => KanaFault::Latin(c),
        _ if narrow(c).is_ascii_digit() => KanaFault::Digit(c),
        _ => KanaFault::Character(c),
    }
}
