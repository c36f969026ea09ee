//! Character widths and look-alikes that every field treats in the same way: what counts as a space, a dash or a digit.
//!
//! Kana are in `kana/table.rs`. Nothing here knows what a field means.

/// Turns full-width forms of printable ASCII and the ideographic space into ASCII. Returns any other character unchanged.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        // U+FF01..=U+FF5E lie in the same order as U+0021..=U+007E.
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Returns whether `c` is a space of any width, a tab or a line break, as they come along when text is pasted.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace()
}

/// Returns whether `c` cannot be seen: a zero-width character, or a direction mark as phones put around copied numbers.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Returns whether `c` is something that a Japanese keyboard or a copied text has in the place of a hyphen: a hyphen, a dash,
/// the minus sign, the long-vowel mark in either width, or a ruled line.
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

/// Returns whether `c` is a wave dash, which people use as a dash or a long vowel.
pub(crate) fn is_wave(c: char) -> bool {
    matches!(c, '~' | '\u{301C}' | '\u{FF5E}')
}
