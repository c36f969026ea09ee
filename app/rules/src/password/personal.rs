//! Passwords built from what is known about their person (spec, section 5; ASVS 6.2.11).
//!
//! The rule, as the screen explains it: take out of the password every piece that comes from the user ID, the name, the
//! phone number or the brand. What is left must have at least [`KEEP`] characters, one of them a letter. A password
//! without such a piece is fine whatever its length, which is for another rule to judge.
//!
//! So a long passphrase may contain one's name, `Yamada2022!` and `Yamada20220906` are refused, and a password drawn at
//! random is refused next to never.

use super::look_alike::reads_as;
use super::romaji::spellings;
use crate::kana::fold;

/// Characters that must be left of a password once the personal pieces are taken out.
pub const KEEP: usize = 8;
/// Letters of a Latin word, or of a part of an address, below which it is no piece.
const MIN_WORD: usize = 4;
/// Letters of a name in Latin letters below which it is no piece: Abe, Ota.
const MIN_NAME: usize = 3;
/// Digits in a row of a phone number that are a piece; besides them, its last four.
const MIN_PHONE: usize = 5;
/// Kana tried as surname or given name where a name is written without a space.
const SPLIT: core::ops::RangeInclusive<usize> = 2..=8;

/// What a password must not be built from. Any of it may be empty.
#[derive(Clone, Copy, Default)]
pub struct PasswordContext<'a> {
    /// The user ID, an address.
    pub user_id: &'a str,
    /// The name in kana of any form.
    pub kana: &'a str,
    /// Phone numbers, in any form.
    pub phones: &'a [String],
    /// Words of the brand: service, insurer, product.
    pub brand: &'a [String],
}

/// Whether the password is built from the context, by the rule above. Pieces are found whatever their case, and with
/// look-alikes (`Y@mada`). They are:
///
/// - user ID: the whole, the part before the `@`, and within it and the domain every word of [`MIN_WORD`] or more;
/// - name: each part in Hepburn and Kunrei spelling of [`MIN_NAME`] or more, and in kana; of a name without a space also
///   its possible parts of [`MIN_WORD`] or more;
/// - phone: [`MIN_PHONE`] or more of its digits in a row, and its last four;
/// - brand: every word of [`MIN_WORD`] or more, or of two if it is not Latin.
pub(super) fn is_personal(password: &str, ctx: &PasswordContext<'_>) -> bool {
    let typed: Vec<char> = password.chars().collect();
    let mut taken = vec![false; typed.len()];
    for piece in pieces(ctx) {
        take_out(&typed, &piece, &mut taken);
    }
    let left = || typed.iter().zip(&taken).filter(|(_, taken)| !**taken).map(|(c, _)| *c);
    taken.contains(&true) && (left().count() < KEEP || !left().any(is_letter))
}

fn is_letter(c: char) -> bool {
    !(c.is_ascii_digit() || c.is_ascii_punctuation() || c == ' ')
}

fn take_out(typed: &[char], piece: &str, taken: &mut [bool]) {
    let letters: Vec<char> = piece.chars().collect();
    if letters.is_empty() {
        return;
    }
    for (at, window) in typed.windows(letters.len()).enumerate() {
        if window.iter().zip(&letters).all(|(t, letter)| reads_as(*t, *letter)) {
            taken.iter_mut().skip(at).take(letters.len()).for_each(|t| *t = true);
        }
    }
}

fn pieces(ctx: &PasswordContext<'_>) -> Vec<String> {
    let mut all = Vec::new();
    address(&ctx.user_id.trim().to_ascii_lowercase(), &mut all);
    name(&fold(ctx.kana), &mut all);
    for phone in ctx.phones {
        digits(phone, &mut all);
    }
    for word in ctx.brand.iter().flat_map(|brand| brand.split_whitespace()) {
        let least = if word.is_ascii() { MIN_WORD } else { 2 };
        if word.chars().count() >= least {
            all.push(word.to_ascii_lowercase());
        }
    }
    all
}

fn address(id: &str, all: &mut Vec<String>) {
    let local = id.rsplit_once('@').map_or(id, |(local, _)| local);
    let together: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let of_letters = local.split(|c: char| !c.is_ascii_alphabetic());
    let words = id.split(|c: char| !c.is_ascii_alphanumeric());
    let found = [id, local, &together].into_iter().chain(of_letters).chain(words);
    all.extend(found.filter(|word| word.chars().count() >= MIN_WORD).map(str::to_owned));
}

fn name(kana: &str, all: &mut Vec<String>) {
    let parts: Vec<&str> = kana.split(['　', '・']).filter(|part| !part.is_empty()).collect();
    let mut spelt = |part: &str, least: usize| {
        all.extend(spellings(part).into_iter().filter(|s| s.len() >= least));
        if part.chars().count() >= MIN_NAME {
            all.push(part.to_owned());
        }
    };
    parts.iter().for_each(|part| spelt(part, MIN_NAME));
    if let [whole] = parts[..] {
        let cuts: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
        for kana in SPLIT {
            let head = cuts.get(kana).and_then(|cut| whole.get(..*cut));
            let tail = cuts.len().checked_sub(kana).and_then(|from| whole.get(*cuts.get(from)?..));
            head.into_iter().chain(tail).for_each(|part| spelt(part, MIN_WORD));
        }
    }
}

fn digits(phone: &str, all: &mut Vec<String>) {
    let number = crate::phone::PhoneNumber::parse(phone)
        .map_or_else(|_| phone.chars().filter(char::is_ascii_digit).collect(), |number| number.as_str().to_owned());
    let last_four = number.len().checked_sub(4).and_then(|from| number.get(from..));
    let runs = (0..number.len()).filter_map(|at| number.get(at..at + MIN_PHONE));
    all.extend(runs.chain(last_four).map(str::to_owned));
}
