//! What holds for every field whatever is typed.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use rules::{AuthCode, ContractNumber, KanaName, PhoneNumber, UserId, kana};

/// Text as people and attackers send it: anything at all, kana with marks and dashes in every width, digits with
/// separators, addresses, and very long ones.
fn typed() -> impl Strategy<Value = String> {
    let kana = "[ァ-ヿｦ-ﾟぁ-ゟ゛゜\u{3099}\u{309A} 　・･ーｰ~〜\\-−\u{200B}]{0,24}";
    prop_oneof![
        any::<String>(),
        kana,
        "[0-9０-９a-zＡ-Ｚ +＋()（）\\-ー−　]{0,24}",
        "(\\+|００|010)?(81)?[0-9０-９()\\- ]{8,14}",
        "[a-zA-Z.\"＠@。．0-9_\\-ー ]{0,12}@[a-zA-Z.@。\\-]{0,12}\\.jp",
        (any::<String>(), 0..200_usize).prop_map(|(s, n)| s.repeat(n)),
    ]
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
            prop_assert!(v.as_str().chars().all(|c| matches!(c, 'ァ'..='ヺ' | 'ー' | '・' | '　' | 'ㇰ'..='ㇿ')));
            prop_assert_eq!(KanaName::parse(v.as_str()), Ok(v.clone()));
            prop_assert_eq!(KanaName::parse(&v.key()).map(|k| k.key()), Ok(v.key()));
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
