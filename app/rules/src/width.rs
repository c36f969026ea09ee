//! Character widths and look-alikes that every field treats in the same way: what counts as a space, a dash or a digit.
//!
//! Kana are in `kana/table.rs`. Nothing here knows what a field means.

/// Turns full-width forms of printable ASCII and the ideographic space into ASCII. Returns any other character unchanged.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // U+FF01..=U+FF5E lie in the same order as U+0021..=U+007E.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Blocks that hold forms of numbers in order: first and last code point, the number of the first, after how many it starts again.
const NUMBERS: [(u32, u32, u32, u32); 16] = [
    (0xB2, 0xB3, 2, 10),
    (0xB9, 0xB9, 1, 10),
    (0x2070, 0x2070, 0, 10),
    (0x2074, 0x2079, 4, 10),
    (0x2080, 0x2089, 0, 10),
    // Roman, 1 to 12 each.
    (0x2160, 0x216B, 1, 12),
    (0x2170, 0x217B, 1, 12),
    // In a circle, in brackets, with a full stop: 1 to 20 each.
    (0x2460, 0x249B, 1, 20),
    (0x24EA, 0x24EA, 0, 10),
    (0x24EB, 0x24F4, 11, 10),
    (0x24F5, 0x24FE, 1, 10),
    (0x24FF, 0x24FF, 0, 10),
    // Dingbats in a circle, 1 to 10 each.
    (0x2776, 0x2793, 1, 10),
    (0x1D7CE, 0x1D7FF, 0, 10),
    (0x1F101, 0x1F10A, 0, 10),
    (0x1FBF0, 0x1FBF9, 0, 10),
];

/// Blocks that hold forms of the letters from A to Z, once or several times.
const LETTERS: [(u32, u32); 6] = [
    (0x249C, 0x24E9),
    (0x1D400, 0x1D6A3),
    (0x1F110, 0x1F129),
    (0x1F130, 0x1F149),
    (0x1F150, 0x1F169),
    (0x1F170, 0x1F189),
];

/// Letter-like symbols and the Roman numerals of one letter, each followed by its letter.
const SYMBOLS: &str =
    "ℂCℊGℋHℌHℍHℎHℐIℑIℒLℓLℕNℙPℚQℛRℜRℝRℤZℨZ\u{212A}KℬBℭCℯEℰEℱFℳMℴOℹIⅅDⅆDⅇEⅈIⅉJⅠIⅤVⅩXⅬLⅭCⅮDⅯMⅰIⅴVⅹXⅼLⅽCⅾDⅿM";

/// Pairs each character with what it stands for where letters and digits of ASCII are meant: full-width forms, and the forms that
/// input methods offer and Unicode decomposes into them (Ⅰ, ⑨, Ⓡ, ², mathematical alphabets). Letters become upper-case. Leaves a
/// character that stands for nothing else unchanged.
///
/// Input methods offer Roman numerals for digits. So Ⅰ is 1, and only before a letter it is the letter I; Ⅼ, Ⅽ, Ⅾ and Ⅿ, which
/// are not digits, stand for nothing unless a letter follows.
pub(crate) fn plain(typed: &str) -> Vec<(char, char)> {
    // From the end, because what follows decides.
    let mut out: Vec<(char, char)> = Vec::new();
    let mut letter_follows = false;
    for c in typed.chars().rev() {
        let code = u32::from(c);
        let within = |first: u32, last: u32| (first..=last).contains(&code);
        let is_symbol = !c.is_ascii() && (letter_follows || !within(0x2160, 0x217F));
        let symbol = if is_symbol { SYMBOLS.chars().skip_while(|known| *known != c).nth(1) } else { None };
        if let Some(letter) = symbol {
            out.push((c, letter));
        } else if let Some((first, _, least, period)) = NUMBERS.iter().find(|block| within(block.0, block.1)) {
            let n = least + (code - first) % period;
            out.push((c, digit(n % 10)));
            if n >= 10 {
                out.push((c, digit(n / 10)));
            }
        } else if let Some((first, _)) = LETTERS.iter().find(|block| within(block.0, block.1)) {
            out.push((c, char::from_digit(10 + (code - first) % 26, 36).unwrap_or(c).to_ascii_uppercase()));
        } else {
            out.push((c, narrow(c).to_ascii_uppercase()));
        }
        if let Some((_, meant)) = out.last().filter(|(_, meant)| meant.is_ascii_alphanumeric()) {
            letter_follows = meant.is_ascii_uppercase();
        }
    }
    out.reverse();
    out
}

fn digit(n: u32) -> char {
    char::from_digit(n, 10).unwrap_or('0')
}

/// Returns whether `c` is a stroke that only looks like a dash: the kanji 一, vowels of other scripts, box drawing, and what the
/// keys beside the hyphen type (_, =). In a number it is a dash if it stands between two other characters.
pub(crate) fn is_stroke(c: char) -> bool {
    matches!(
        c,
        '_' | '=' | '¯' | '\u{203E}' | '\u{FFE3}' | '一' | 'ㅡ' | 'ᅳ' | 'ㄧ' | '\u{2F00}' | '\u{31D0}' | '\u{FFDA}' | '\u{30A0}' | '\u{3030}'
            | '\u{2504}'..='\u{250B}' | '\u{254C}'..='\u{254F}' | '\u{23AF}' | '\u{25AC}' | '\u{268A}'
    )
}

/// Returns whether `c` is a space of any width, a tab or a line break, as they come along when text is pasted.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Returns whether `c` cannot be seen: a zero-width character, or a direction mark as phones put around copied numbers.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{20E3}')
}

/// Returns whether `c` is something that a Japanese keyboard or a copied text has in the place of a hyphen: a hyphen, a dash,
/// the minus sign, the long-vowel mark in either width, or a ruled line.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{02D7}'
                | '\u{058A}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{2796}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

/// Returns whether `c` is a wave dash, which people use as a dash or a long vowel.
pub(crate) fn is_wave(c: char) -> bool {
    matches!(c, '~' | '\u{301C}' | '\u{FF5E}')
}
