//! Character widths and look-alikes that every field treats the same way: what counts as a space, a dash, a digit.
//!
//! Not here: kana (see `kana/table.rs`), and anything that knows what a field means.

/// Full-width forms of printable ASCII, and the ideographic space, become ASCII. Everything else stays.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // U+FF01..=U+FF5E lie in the same order as U+0021..=U+007E.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// A space of any width, a tab, a line break: whatever a paste brings along.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Characters nobody sees: zero-width ones and the direction marks that phones put around copied numbers.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Anything a Japanese keyboard or a copied text offers where a hyphen is meant: hyphens, dashes, the minus sign, the
/// long-vowel mark in both widths, and ruled lines.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{207B}'
                | '\u{2212}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{30FC}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

/// A wave, which people take for a dash or a long vowel.
pub(crate) fn is_wave(c: char) -> bool {
    matches!(c, '~' | '\u{301C}' | '\u{FF5E}')
}
