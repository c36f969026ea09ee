//! Folding of a kana name: what the field shows on leaving it.
//!
//! Never refuses. What it does not know stays as it was typed, for `KanaName::parse` to name.

use super::firm::{bracket, written_out};
use super::table::{full, half_voiced, is_kana, unvoiced, voiced};
use crate::width::{is_dash, is_invisible, is_space, is_wave};

/// Brings a name to full-width katakana as far as that goes:
///
/// - half-width katakana and hiragana become full-width katakana, voicing marks of any kind are joined to their letter;
/// - a dash or wave of any kind after a kana becomes ー;
/// - iteration marks are written out (いすゞ → イスズ, さゝき → ササキ);
/// - the separators between two parts become one ・ if there was a dot among them, else one `　`; none at the ends;
/// - brackets, round or square, become （ and ）; ㈱ and its kin are written out;
/// - characters nobody sees are dropped.
///
/// Folding twice is folding once.
pub fn fold(typed: &str) -> String {
    let mut out = Folding::default();
    for c in typed.chars().filter(|c| !is_invisible(*c)) {
        match c {
            // Two letters in one character.
            'ゟ' => {
                out.letter('ヨ');
                out.letter('リ');
            }
            'ヿ' => {
                out.letter('コ');
                out.letter('ト');
            }
            '・' | '･' | '·' | '•' | '‧' | '⋅' | '゠' => out.gap = Some('・'),
            _ if is_space(c) => out.gap = out.gap.or(Some('　')),
            _ => match written_out(c) {
                Some(abbreviation) => abbreviation.chars().for_each(|c| out.letter(c)),
                None => out.letter(bracket(c).unwrap_or_else(|| full(c))),
            },
        }
    }
    out.text
}

#[derive(Default)]
struct Folding {
    text: String,
    /// A separator that is written once something follows it.
    gap: Option<char>,
}

impl Folding {
    fn letter(&mut self, c: char) {
        // Across a separator nothing is joined, lengthened or repeated.
        let before = if self.gap.is_some() { None } else { self.text.chars().next_back() };
        let kana = before.filter(|b| is_kana(*b));
        let joined = match c {
            '゛' => before.and_then(voiced),
            '゜' => before.and_then(half_voiced),
            _ => None,
        };
        let repeated = kana.filter(|k| *k != 'ー');
        match (joined, c) {
            (Some(joined), _) => {
                self.text.pop();
                self.text.push(joined);
            }
            (None, 'ヽ') => self.push(repeated.map_or(c, unvoiced)),
            (None, 'ヾ') => self.push(repeated.and_then(again_voiced).unwrap_or(c)),
            (None, _) if kana.is_some() && (is_dash(c) || is_wave(c)) => self.push('ー'),
            _ => self.push(c),
        }
    }

    fn push(&mut self, c: char) {
        if let Some(gap) = self.gap.take()
            && !self.text.is_empty()
        {
            self.text.push(gap);
        }
        self.text.push(c);
    }
}

fn again_voiced(c: char) -> Option<char> {
    voiced(unvoiced(c))
}
