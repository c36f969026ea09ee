//! Passwords that are built from what is known about the person (spec, section 5; ASVS 6.2.11).
//!
//! The rule: remove from the password every piece that comes from the user ID, the name, the phone number or the brand. The
//! rest must have at least [`KEEP`] characters, and one of them must be a letter. A password without such a piece keeps this
//! rule whatever its length, which another rule judges.
//!
//! So a long passphrase may contain the person's name, `Yamada2022!` and `Yamada20220906` are refused, and a random password
//! is almost never refused.

use super::look_alike::reads_as;
use super::romaji::spellings;
use crate::kana::fold;

/// The fewest characters that must remain once the personal pieces are removed.
pub const KEEP: usize = 8;
/// A Latin word, or a part of an address, counts as a piece from this many letters.
const MIN_WORD: usize = 4;
/// A name in Latin letters counts as a piece from this many letters (Abe, Ota).
const MIN_NAME: usize = 3;
/// So many digits in a row of a phone number count as a piece, as do its last four.
const MIN_PHONE: usize = 5;
/// How many kana are tried as surname or given name if the name is written without a space.
const SPLIT: core::ops::RangeInclusive<usize> = 2..=8;

/// What a password must not be built from. Each of these may be empty.
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

/// Returns whether the password is built from the context, by the rule above. Case does not matter, and look-alikes count
/// (`Y@mada`). The pieces are:
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
