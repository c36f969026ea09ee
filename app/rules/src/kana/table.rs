//! What Unicode knows about kana, as far as names need it: widths, voicing marks, small and large.
//!
//! Arithmetic on code points where the block is regular, a short table where it is not.

/// U+FF66..=U+FF9D in order: the half-width block without its punctuation and voicing marks.
const HALF: &str =
    "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
/// U+31F0..=U+31FF in order, as the large kana they stand for.
const EXTENSION_LARGE: &str = "クシストヌハヒフヘホムラリルレロ";

/// Half-width katakana and hiragana become full-width katakana, voicing marks of every kind ゛ and ゜.
pub(super) fn full(c: char) -> char {
    match c {
        '\u{FF66}'..='\u{FF9D}' => HALF.chars().nth(c as usize - 0xFF66).unwrap_or(c),
        // Hiragana with its iteration marks: katakana lies 0x60 further on in the same order.
        '\u{3041}'..='\u{3096}' | '\u{309D}' | '\u{309E}' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
        '\u{3099}' | '\u{FF9E}' => '゛',
        '\u{309A}' | '\u{FF9F}' => '゜',
        _ => c,
    }
}

/// A katakana letter (small ones included) or the long-vowel mark; not the iteration marks.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | '\u{31F0}'..='\u{31FF}')
}

/// `c` joined with ゛, if that is a letter.
pub(super) fn voiced(c: char) -> Option<char> {
    match c {
        'ウ' => Some('ヴ'),
        'ワ' => Some('ヷ'),
        'ヰ' => Some('ヸ'),
        'ヱ' => Some('ヹ'),
        'ヲ' => Some('ヺ'),
        'ヽ' => Some('ヾ'),
        'カ' | 'キ' | 'ク' | 'ケ' | 'コ' | 'サ' | 'シ' | 'ス' | 'セ' | 'ソ' | 'タ' | 'チ' | 'ツ' | 'テ' | 'ト'
        | 'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => char::from_u32(c as u32 + 1),
        _ => None,
    }
}

/// `c` joined with ゜, if that is a letter.
pub(super) fn half_voiced(c: char) -> Option<char> {
    match c {
        'ハ' | 'ヒ' | 'フ' | 'ヘ' | 'ホ' => char::from_u32(c as u32 + 2),
        _ => None,
    }
}

/// `c` without its ゛: what the iteration mark ヽ repeats (づゝ is づつ).
pub(super) fn unvoiced(c: char) -> char {
    ('ァ'..='ヲ').find(|base| voiced(*base) == Some(c)).unwrap_or(c)
}

/// Small kana as large: ャ → ヤ, ッ → ツ, ヵ → カ.
pub(super) fn large(c: char) -> char {
    match c {
        'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' => {
            char::from_u32(c as u32 + 1).unwrap_or(c)
        }
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        '\u{31F0}'..='\u{31FF}' => EXTENSION_LARGE.chars().nth(c as usize - 0x31F0).unwrap_or(c),
        _ => c,
    }
}
