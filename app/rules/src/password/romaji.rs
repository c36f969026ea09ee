//! Katakana in Latin letters, in the spellings people use for their own names.
//!
//! It is good enough to find a name in a password, but not for display.

/// U+30A1..=U+30F6 in order, in Kunrei spelling. Small vowels and ya-yu-yo begin with `x`, the small tsu is `q`.
const KUNREI: &str = "xa a xi i xu u xe e xo o ka ga ki gi ku gu ke ge ko go sa za si zi su zu se ze so zo ta da ti zi q tu zu \
    te de to do na ni nu ne no ha ba pa hi bi pi hu bu pu he be pe ho bo po ma mi mu me mo xya ya xyu yu xyo yo \
    ra ri ru re ro xwa wa i e o n vu ka ke";
/// From Kunrei to Hepburn, in this order.
const HEPBURN: &[(&str, &str)] =
    &[("sy", "sh"), ("ty", "ch"), ("zy", "j"), ("si", "shi"), ("ti", "chi"), ("tu", "tsu"), ("hu", "fu"), ("zi", "ji")];
/// An n before these may be written m.
const LIPS: &[(&str, &str)] = &[("nb", "mb"), ("nm", "mm"), ("np", "mp")];
/// Long vowels: as written, shortened, and with an h. A `-` is the long-vowel mark.
const LONG: &[&[(&str, &str)]] = &[
    &[("a-", "aa"), ("i-", "ii"), ("u-", "uu"), ("e-", "ee"), ("o-", "oo")],
    &[("-", ""), ("ou", "o"), ("oo", "o"), ("uu", "u")],
    &[("o-", "oh"), ("-", ""), ("ou", "oh"), ("oo", "oh")],
];

/// The spellings of a word in katakana, each once: Kunrei and Hepburn, with long vowels written, shortened or with h,
/// and n or m before b, m, p. サトウ: satou, sato, satoh.
pub(super) fn spellings(katakana: &str) -> Vec<String> {
    let base = kunrei(katakana);
    let mut all = Vec::new();
    for long in LONG {
        let kunrei = rewrite(&base, long);
        let hepburn = rewrite(&kunrei, HEPBURN);
        let lips = rewrite(&hepburn, LIPS);
        for spelling in [kunrei, hepburn, lips] {
            if !all.contains(&spelling) {
                all.push(spelling);
            }
        }
    }
    all
}

fn rewrite(text: &str, table: &[(&str, &str)]) -> String {
    table.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn kunrei(katakana: &str) -> String {
    let mut out = String::new();
    let mut doubled = false;
    for c in katakana.chars() {
        let syllable = match c {
            'ー' => "-",
            'ァ'..='ヶ' => KUNREI.split_ascii_whitespace().nth(c as usize - 'ァ' as usize).unwrap_or_default(),
            _ => "",
        };
        match syllable.strip_prefix('x') {
            Some(small) => contract(&mut out, small),
            None if syllable == "q" => doubled = true,
            None => {
                if core::mem::take(&mut doubled) {
                    out.extend(syllable.chars().next().filter(|first| !"aiueo-n".contains(*first)));
                }
                out.push_str(syllable);
            }
        }
    }
    out
}

/// A small kana takes the place of the vowel before it: ki + ya → kya, si + e → sye, hu + a → fa, u + i → wi.
fn contract(out: &mut String, small: &str) {
    let bare = out.strip_suffix(['i', 'u', 'e', 'o']).unwrap_or(out);
    let consonant = bare.ends_with(|c| !"aiueo-".contains(c));
    let (stem, glide) = if small.starts_with(['y', 'w']) {
        (bare, "")
    } else if let Some(stem) = out.strip_suffix("hu") {
        (stem, "f")
    } else if out.ends_with("si") || out.ends_with("ti") || out.ends_with("zi") {
        (bare, "y")
    } else if out.ends_with('u') && !consonant {
        (bare, "w")
    } else {
        (bare, "")
    };
    *out = format!("{stem}{glide}{small}");
}

#[cfg(test)]
mod tests {
    use super::spellings;

    #[test]
    fn a_name_is_found_in_the_spellings_its_owner_uses() {
        for (katakana, expected) in [
            ("サトウ", "satou sato satoh"),
            ("オオタ", "oota ota ohta"),
            ("ジュンイチ", "zyuniti junichi"),
            ("シンペイ", "sinpei shinpei shimpei"),
            ("ショウ", "syou shou syo sho shoh"),
            ("ハットリ", "hattori"),
            ("ハッチ", "hatti hatchi"),
            ("フジツカ", "huzituka fujitsuka"),
            ("ローラ", "roora rora rohra"),
            ("ウィリアム", "wiriamu"),
            ("ファン", "fan"),
            ("ジェーン", "zyeen jeen zyen jen"),
            ("ティナ", "tina"),
            ("ヴァン", "van"),
            ("ヂヅ", "zizu"),
        ] {
            let found = spellings(katakana);
            for spelling in expected.split(' ') {
                assert!(found.iter().any(|f| f == spelling), "{katakana}: {spelling} not in {found:?}");
            }
        }
    }

    #[test]
    fn no_text_in_katakana_or_otherwise_upsets_it() {
        for odd in ["", "ー", "ッ", "ャ", "ッー", "ン", "ァァ", "漢字", "ヷヸ・ヽヾ", "abc"] {
            let _ = spellings(odd);
        }
    }
}
