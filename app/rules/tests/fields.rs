//! What holds for every field whatever is typed.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use rules::{AuthCode, ContractNumber, KanaName, PhoneNumber, UserId, kana};

/// Text as people and attackers send it: anything at all, kana with marks and dashes in every width, digits with
/// separators, addresses, and very long ones.
fn typed() -> impl Strategy<Value = String> {
    let firms = "(㈱|ｶ\\)|（カ）|\\[ﾕ\\]|カブシキガイシャ|がっこうほうじん|シヤ）)?[ア-ンぁ-んA-Za-z0-9＆&.\\-ー（）() ]{0,12}(㈲|\\(カ|（フク|ゆうげんかいしゃ|シャダンホウジン)?";
    let kana = "[ァ-ヿｦ-ﾟぁ-ゟ゛゜\u{3099}\u{309A} 　・･ーｰ~〜\\-−\u{200B}]{0,24}";
    prop_oneof![
        any::<String>(),
        kana,
        firms,
        "[0-9０-９a-zＡ-Ｚ +＋()（）\\-ー−　]{0,24}",
        "(\\+|００|010)?(81)?[0-9０-９()\\- ]{8,14}",
        "[a-zA-Z.\"＠@。．0-9_\\-ー ]{0,12}@[a-zA-Z.@。\\-]{0,12}\\.jp",
        (any::<String>(), 0..200_usize).prop_map(|(s, n)| s.repeat(n)),
    ]
}

/// The ten digits in order, as keyboards, input methods and mail programs write them; each in as many characters as one.
const FORMS_OF_ZERO_TO_NINE: [&str; 14] = [
    "0123456789",
    "０１２３４５６７８９",
    "⁰¹²³⁴⁵⁶⁷⁸⁹",
    "₀₁₂₃₄₅₆₇₈₉",
    "⓪①②③④⑤⑥⑦⑧⑨",
    "⓿❶❷❸❹❺❻❼❽❾",
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",
    "𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫",
    "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",
    "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "0⑴⑵⑶⑷⑸⑹⑺⑻⑼",
    "0ⅠⅡⅢⅣⅤⅥⅦⅧⅨ",
    "0ⅰⅱⅲⅳⅴⅵⅶⅷⅸ",
];

/// Kinds of firms as banks abbreviate them and spelled out.
const KINDS_OF_FIRMS: [(&str, &str); 8] = [
    ("カ", "カブシキガイシャ"),
    ("ｶ", "かぶしきかいしゃ"),
    ("ユ", "ユウゲンガイシャ"),
    ("ド", "ｺﾞｳﾄﾞｳｶﾞｲｼｬ"),
    ("シャ", "イッパンシャダンホウジン"),
    ("ｻﾞｲ", "コウエキザイダンホウジン"),
    ("フク", "シャカイフクシホウジン"),
    ("トクヒ", "トクテイヒエイリカツドウホウジン"),
];

/// A digit in one of these forms; the first one as a keycap.
fn formed(n: u32, form: usize) -> String {
    let digit = FORMS_OF_ZERO_TO_NINE[form].chars().skip(n as usize).take(1);
    if form == 0 { digit.chain(['\u{FE0F}', '\u{20E3}']).collect() } else { digit.collect() }
}

/// The name without ー after a letter or digit.
fn lengthened(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c != 'ー' || !out.ends_with(['２', 'Ｂ']) {
            out.push(c);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn folding_a_name_twice_is_folding_it_once(typed in typed()) {
        let once = kana::fold(&typed);
        prop_assert_eq!(kana::fold(&once), once);
    }

    #[test]
    fn what_a_field_folds_to_is_taken_as_it_is(typed in typed()) {
        if let Ok(v) = AuthCode::parse(&typed) {
            prop_assert!(v.as_str().len() == 6 && v.as_str().bytes().all(|b| b.is_ascii_digit()));
            prop_assert_eq!(AuthCode::parse(v.as_str()), Ok(v));
        }
        if let Ok(v) = ContractNumber::parse(&typed) {
            prop_assert!((6..=20).contains(&v.as_str().len()));
            prop_assert!(v.as_str().bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
            prop_assert_eq!(ContractNumber::parse(v.as_str()), Ok(v));
        }
        if let Ok(v) = KanaName::parse(&typed) {
            let kana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '　' | '（' | '）' | 'ㇰ'..='ㇿ');
            let firms = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '．' | '＆');
            prop_assert!(v.as_str().chars().all(|c| kana(c) || firms(c)));
            prop_assert_eq!(KanaName::parse(v.as_str()), Ok(v.clone()));
            prop_assert!(!v.key().is_empty());
            // A key by itself does not say that it is a firm's: with letters or digits in it, it is not a name.
            if !v.key().chars().any(firms) {
                prop_assert_eq!(KanaName::parse(&v.key()).map(|k| k.key()), Ok(v.key()));
            }
        }
        if let Ok(v) = PhoneNumber::parse(&typed) {
            prop_assert!(v.as_str().starts_with('0') && matches!(v.as_str().len(), 10 | 11));
            prop_assert_eq!(PhoneNumber::parse(v.as_str()), Ok(v));
        }
        if let Ok(v) = UserId::parse(&typed) {
            prop_assert_eq!(UserId::parse(v.as_str()).map(|u| u.as_str().to_owned()), Ok(v.as_str().to_owned()));
            prop_assert_eq!(UserId::parse(&v.key()).map(|u| u.key()), Ok(v.key()));
            prop_assert_eq!(UserId::parse(&v.smtp_path()).map(|u| u.as_str().to_owned()), Ok(v.as_str().to_owned()));
        }
    }

    #[test]
    fn a_user_id_can_break_no_mail_header(typed in typed()) {
        if let Ok(id) = UserId::parse(&typed) {
            let path = id.smtp_path();
            prop_assert!(path.len() <= UserId::MAX);
            prop_assert!(path.bytes().all(|b| b.is_ascii_graphic() && !b"<>,;:\\()[]".contains(&b)));
            prop_assert!(matches!(path.matches('"').count(), 0 | 2));
            prop_assert_eq!(path.matches('@').count(), 1);
            prop_assert!(!id.masked().contains(id.as_str()));
        }
    }

    #[test]
    fn a_phone_number_survives_every_way_of_writing_it(rest in "[1-9][0-9]{8,9}", style in 0..6_usize) {
        let (head, tail) = rest.split_at(2);
        let written = match style {
            0 => format!("0{rest}"),
            1 => format!("0{head}-{tail}"),
            2 => format!("+81{rest}"),
            3 => format!("+81 (0){head} {tail}"),
            4 => format!("＋８１ー{head}−{tail}"),
            _ => format!("(0{head}){tail}"),
        };
        prop_assert_eq!(PhoneNumber::parse(&written).map(|p| p.as_str().to_owned()), Ok(format!("0{rest}")));
    }

    #[test]
    fn digits_in_any_form_that_looks_like_them_are_those_digits(
        digits in proptest::collection::vec((0..10_u32, 0..FORMS_OF_ZERO_TO_NINE.len()), 9),
        gap in proptest::sample::select(vec!["", "-", "ー", " ", "一", "ㅡ", "➖", "⁻", "\u{2500}", "＿", "="]),
    ) {
        let plain: String = digits.iter().map(|(n, _)| char::from_digit(*n, 10).unwrap()).collect();
        let written: Vec<String> = digits.iter().map(|(n, form)| formed(*n, *form)).collect();
        let written = written.join(gap);
        let number = ContractNumber::parse(&written).map(|number| number.as_str().to_owned());
        prop_assert_eq!(number, Ok(plain.clone()), "{}", written);
        let phone = PhoneNumber::parse(&format!("⓪{gap}{written}")).map(|phone| phone.as_str().to_owned());
        prop_assert_eq!(phone, Ok(format!("0{plain}")), "{}", written);
        let code: String = digits[..AuthCode::LENGTH].iter().map(|(n, form)| formed(*n, *form)).collect();
        prop_assert_eq!(AuthCode::parse(&code).map(|code| code.as_str().to_owned()), Ok(plain[..AuthCode::LENGTH].to_owned()));
    }

    #[test]
    fn a_code_counts_with_any_words_around_it_and_not_with_words_within(
        code in "[0-9]{6}", before in "[a-zA-Zぁ-ん認証番号：、。【】 ]{0,12}", after in "[a-zA-Zぁ-ん認証番号：、。【】 ]{0,12}",
        cut in 1..6_usize, within in "[a-zA-Zぁ-ん認証番号：、。【】]{1,4}",
    ) {
        let read = |typed: &str| AuthCode::parse(typed).map(|code| code.as_str().to_owned());
        prop_assert_eq!(read(&format!("{before}{code}{after}")), Ok(code.clone()));
        let torn = format!("{before}{}{within}{}{after}", &code[..cut], &code[cut..]);
        prop_assert_eq!(read(&torn), Err(rules::AuthCodeFault::NotSixDigits));
    }

    #[test]
    fn a_firm_has_one_key_however_it_is_written_and_another_firm_another(
        name in "[アイウエオサタナハマヤラワ][アイウエオサタナハマヤラワンー２Ｂ]{0,10}",
        other in "[アイウエオサタナハマヤラワ][アイウエオサタナハマヤラワンー２Ｂ]{0,10}",
        kind in 0..KINDS_OF_FIRMS.len(), place in 0..3_usize, brackets in 0..4_usize, spelled: bool, narrow: bool,
    ) {
        // What a long vowel follows must be a kana.
        let (name, other) = (lengthened(&name), lengthened(&other));
        let (short, long) = KINDS_OF_FIRMS[kind];
        let (open, close) = [("(", ")"), ("（", "）"), ("[", "]"), ("【", "】")][brackets];
        let at = name.chars().next().map_or(0, char::len_utf8);
        let (head, tail) = name.split_at(if name[at..].starts_with('ー') { 0 } else { at });
        let written = match (spelled, place) {
            (true, 0) => format!("{long}{name}"),
            (true, 1) => format!("{long}　{name}"),
            (true, _) => format!("{name} {long}"),
            (false, 0) => format!("{short}{close}{name}"),
            (false, 1) => format!("{head}{open}{short}{close}{tail}"),
            (false, _) => format!("{name}{open}{short}"),
        };
        let written = if narrow { written.replace('２', "2").replace('Ｂ', "b").replace('ア', "ｱ").replace('ー', "ｰ") } else { written };
        let key = |typed: &str| KanaName::parse(typed).map(|name| name.key());
        let usual = key(&format!("カ）{name}"));
        prop_assert_eq!(key(&written), usual.clone(), "{}", written);
        if name != other {
            prop_assert_ne!(key(&format!("カ）{other}")), usual);
        }
    }

    #[test]
    fn half_width_hiragana_and_katakana_are_one_name(name in "[アカガサタダナハバパマヤャラワンー]{1,10}") {
        let hiragana: String = name.chars().map(|c| if c == 'ー' { c } else { char::from_u32(c as u32 - 0x60).unwrap() }).collect();
        if let Ok(folded) = KanaName::parse(&name) {
            prop_assert_eq!(KanaName::parse(&hiragana), Ok(folded));
        }
    }
}

#[test]
fn a_name_of_eighty_characters_is_taken_and_of_eighty_one_is_not() {
    assert!(KanaName::parse(&"ア".repeat(80)).is_ok());
    assert_eq!(KanaName::parse(&"ア".repeat(81)), Err(rules::KanaFault::TooLong));
}

#[test]
fn an_address_of_254_characters_is_taken_and_of_255_is_not() {
    let address = |n: usize| {
        let labels = format!("{0}.{0}.{0}.jp", "d".repeat(62));
        format!("{}@{labels}", "l".repeat(n - labels.len() - 1))
    };
    assert_eq!(address(254).len(), 254);
    let short = format!("{}@example.jp", "l".repeat(64));
    assert!(UserId::parse(&short).is_ok());
    assert_eq!(UserId::parse(&format!("l{short}")), Err(rules::UserIdFault::TooLong));
    assert!(UserId::parse(&address(254)).is_ok() && UserId::parse(&address(255)) == Err(rules::UserIdFault::TooLong));
}

#[test]
fn nothing_that_identifies_a_person_shows_in_a_log() {
    let shown = format!(
        "{:?}{:?}{:?}{:?}",
        UserId::parse("taro@example.jp"),
        PhoneNumber::parse("09012345678"),
        KanaName::parse("ヤマダ"),
        ContractNumber::parse("AB123456"),
    );
    for secret in ["taro", "5678", "ヤ", "AB12"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn of_a_masked_phone_only_the_last_four_digits_are_shown() {
    assert_eq!(["09000000001", "01"].map(PhoneNumber::masked), ["*******0001", "01"]);
}
