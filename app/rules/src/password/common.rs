//! The built-in list of passwords that are too well known (spec, section 5; ASVS 6.2.4).
//!
//! It is not a list of strings but a description of what such lists consist of, so that a few kilobytes cover hundreds of
//! thousands of entries. A password is common, whatever its case, when it is
//!
//! 1. a *core* between two *decorations*, either of which may be empty. A core is a word of [`WORDS`], also with
//!    look-alikes (`p@ssw0rd`), such a word twice, or is made of pieces of three or more neighbours on the keyboard or
//!    in the alphabet (`qwer`, `asdfzxcv`) or of one repeated character (`aaa`). A decoration is at most
//!    [`MAX_SYMBOLS`] symbols around *usual digits*: one or two digits, one digit repeated, a run (`123`, `321`), a pair
//!    twice (`1212`), a year (1900–2099), a day of the year (`0906`), a date (`20220906`), or one of [`NUMBERS`];
//! 2. a decoration alone (`12345678`);
//! 3. one to four characters over and over (`abcabcabc`, `Ab1!Ab1!`).
//!
//! `WORDS` was written by hand, from what people in Japan like. Nothing in it comes from a leak.

use super::look_alike::is_word;
use super::word_list::WORDS;

/// Numbers that are jokes or dates every Japanese reader knows.
const NUMBERS: &[&str] = &["007", "110", "119", "1192", "3776", "4649", "5963", "0721", "39393", "634", "801", "893"];
const MAX_SYMBOLS: usize = 3;
/// Longest decoration: a date and its symbols.
const MAX_DECORATION: usize = 8 + MAX_SYMBOLS;
/// Longest thing that, repeated, makes a common password.
const MAX_UNIT: usize = 4;
/// Neighbours: alphabet, digits, rows and columns of the keyboard, and the symbols over the digits (US, then JIS).
const WALKS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop@[",
    "asdfghjkl;:]",
    "zxcvbnm,./",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "qawsedrftgyhujikolp",
    "!@#$%^&*()_+",
    "!\"#$%&'()=~|",
];

/// Returns whether the password is common, by the rule above.
pub(super) fn is_common(password: &str) -> bool {
    let typed: Vec<char> = password.chars().map(|c| c.to_ascii_lowercase()).collect();
    is_repetition(&typed) || (0..=typed.len().min(MAX_DECORATION)).any(|start| is_common_from(&typed, start))
}

/// Whether `typed` is a decoration of `start` characters, a core, and a decoration.
fn is_common_from(typed: &[char], start: usize) -> bool {
    let (before, rest) = typed.split_at(start);
    if !is_decoration(before) {
        return false;
    }
    let shortest = rest.len().saturating_sub(MAX_DECORATION);
    (shortest..=rest.len()).any(|length| {
        let (core, after) = rest.split_at(length);
        is_decoration(after) && (core.is_empty() || is_core(core))
    })
}

fn is_core(core: &[char]) -> bool {
    let (first, second) = core.split_at(core.len() / 2);
    is_neighbours(core) || words().any(|word| is_word(core, word) || (is_word(first, word) && is_word(second, word)))
}

fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().flat_map(|list| list.split_ascii_whitespace())
}

fn is_decoration(part: &[char]) -> bool {
    let symbol = |c: &char| *c == ' ' || c.is_ascii_punctuation();
    let first = part.iter().position(|c| !symbol(c)).unwrap_or(part.len());
    let last = part.iter().rposition(|c| !symbol(c)).map_or(first, |at| at + 1);
    let digits: String = part.get(first..last).unwrap_or_default().iter().collect();
    part.len() - digits.chars().count() <= MAX_SYMBOLS && is_usual_number(&digits)
}

fn is_usual_number(digits: &str) -> bool {
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    let chars: Vec<char> = digits.chars().collect();
    let is_day = |at| {
        let two = |from: usize| digits.get(from..from + 2).and_then(|d| d.parse::<u8>().ok()).unwrap_or(0);
        (1..=12).contains(&two(at)) && (1..=31).contains(&two(at + 2))
    };
    let has_year = digits.starts_with("19") || digits.starts_with("20");
    match digits.len() {
        0..=2 => true,
        4 if has_year || is_day(0) || digits.get(..2) == digits.get(2..) => true,
        8 if has_year && is_day(4) => true,
        _ => is_neighbours(&chars) || NUMBERS.contains(&digits),
    }
}

/// Made throughout of pieces of three or more: a stretch of a walk, forwards or backwards, or one character repeated.
fn is_neighbours(part: &[char]) -> bool {
    let mut rest = part;
    while !rest.is_empty() {
        let longest = WALKS.iter().map(|walk| stretch(rest, walk)).chain([same(rest)]).max().unwrap_or(0);
        match rest.get(longest..) {
            Some(after) if longest >= 3 => rest = after,
            _ => return false,
        }
    }
    !part.is_empty()
}

/// How far `rest` follows `walk` in either direction.
fn stretch(rest: &[char], walk: &str) -> usize {
    let keys: Vec<char> = walk.chars().collect();
    let along = |step: fn((&char, &char)) -> bool, pairs: &mut dyn Iterator<Item = (&char, &char)>| {
        pairs.take_while(|p| step(*p)).count()
    };
    let same = |(a, b): (&char, &char)| a == b;
    (0..keys.len())
        .map(|at| {
            let ahead = along(same, &mut rest.iter().zip(keys.iter().skip(at)));
            let back = along(same, &mut rest.iter().zip(keys.iter().take(at + 1).rev()));
            ahead.max(back)
        })
        .max()
        .unwrap_or(0)
}

fn same(rest: &[char]) -> usize {
    rest.iter().take_while(|c| rest.first() == Some(c)).count()
}

fn is_repetition(typed: &[char]) -> bool {
    (1..=MAX_UNIT).any(|unit| typed.len() >= 2 * unit && typed.iter().zip(typed.iter().skip(unit)).all(|(a, b)| a == b))
}

/// Endings seen most often, for [`samples`].
const ENDINGS: &[&str] = &[
    "1", "12", "123", "1234", "12345", "01", "07", "11", "22", "77", "99", "111", "777", "2000", "2022", "2023",
    "1985", "0906", "!", "1!", "12!", "123!", "1234!", "!!", "!1", "@1", "@123", "#1", "_1", "-01", "2022!", "1!!",
];

/// Returns some entries of the list, for tests and for a look at it: each word capitalised, with each of the most usual
/// endings. All of them are refused, and so are many more.
pub fn samples() -> impl Iterator<Item = String> {
    words().flat_map(|word| {
        let (head, tail) = word.split_at(1);
        ENDINGS.iter().map(move |ending| format!("{}{tail}{ending}", head.to_ascii_uppercase()))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_common, words};
    use std::collections::HashSet;

    #[test]
    fn each_word_is_listed_once_in_lower_case_ascii() {
        let mut seen = HashSet::new();
        for word in words() {
            assert!(seen.insert(word), "twice: {word}");
            assert!(word.bytes().all(|b| b.is_ascii_graphic() && !b.is_ascii_uppercase()), "{word}");
        }
    }

    #[test]
    fn a_known_word_with_an_unusual_rest_is_not_common() {
        for password in ["Kyoto7391x", "Kyoto-7391", "kKyoto1", "Kyoto!!!!1", "Kyoto1356", "Kyoto12345679"] {
            assert!(!is_common(password), "{password}");
        }
    }

    #[test]
    fn every_usual_number_is_known_as_a_decoration() {
        for number in
            ["1", "77", "000", "123", "4321", "2525", "1985", "0906", "1231", "20220906", "4649", "9876543210"]
        {
            assert!(
                is_common(&format!("Sakura{number}")) && is_common(&format!("{number}!Sakura_{number}")),
                "{number}"
            );
        }
    }
}
