//! The kana name on a contract (spec, section 5).
//!
//! Reading and folding only. Whether it is the right name, the contract data says, by comparing [`KanaName::key`].

mod firm;
mod fold;
mod table;

pub use fold::fold;

use crate::width::narrow;
use table::is_kana;

/// A name in full-width katakana; parts are separated by `　` or `・`, and brackets are `（` and `）`. A firm's may have full-width
/// letters and digits.
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

    /// Which rule [`KanaName::key`] follows. Raise it with every change of the rule: stored keys are then made anew.
    pub const KEY_VERSION: i64 = 1;

    /// Folds as [`fold()`] does and takes what is then katakana throughout, in the name of a firm also letters and digits, in full
    /// width. That is not in [`fold()`] because browsers would have to load the list of kinds of firms for it.
    ///
    /// # Errors
    /// [`KanaFault`]: the first character that cannot stay.
    pub fn parse(typed: &str) -> Result<Self, KanaFault> {
        let text = fold(typed);
        if text.chars().all(|c| matches!(c, '（' | '）' | '　' | '・')) {
            return Err(KanaFault::Empty);
        }
        let firm = firm::is_firm(&text);
        let text = if firm { firm::widen(&text) } else { text };
        let mut previous = ' ';
        for c in text.chars() {
            // A long-vowel mark lengthens something: alone it is a stray dash.
            let fits = match c {
                'ー' => is_kana(previous),
                '　' | '・' | '（' | '）' => true,
                _ => is_kana(c) || firm && firm::is_of_firm(c),
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

    /// What is compared: without spaces, ・ and brackets, small kana as large, and without what says which kind of firm it is.
    pub fn key(&self) -> String {
        firm::key(&self.0)
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
