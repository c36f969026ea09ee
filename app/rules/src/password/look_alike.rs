//! Characters that stand for letters: `P@ssw0rd` reads as `password`.
//!
//! This is for comparing only. The password itself is never rewritten.

/// Returns whether `typed` reads as `letter`, which is lower-case ASCII, a digit, or katakana. Case does not matter, hiragana
/// reads as katakana, and a digit or symbol reads as each letter it resembles.
pub(super) fn reads_as(typed: char, letter: char) -> bool {
    let typed = typed.to_ascii_lowercase();
    typed == letter
        || match typed {
            '0' => letter == 'o',
            '1' | '!' | '|' => letter == 'i' || letter == 'l',
            '2' => letter == 'z',
            '3' => letter == 'e',
            '4' | '@' => letter == 'a',
            '5' | '$' => letter == 's',
            '6' | '9' => letter == 'g',
            '7' | '+' => letter == 't',
            '8' => letter == 'b',
            '\u{3041}'..='\u{3096}' => char::from_u32(typed as u32 + 0x60) == Some(letter),
            _ => false,
        }
}

/// Whether all of `typed` reads as `word`.
pub(super) fn is_word(typed: &[char], word: &str) -> bool {
    let mut letters = word.chars();
    typed.iter().all(|t| letters.next().is_some_and(|letter| reads_as(*t, letter))) && letters.next().is_none()
}
