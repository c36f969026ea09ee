//! The rule of each kind of value: from what stands in the file to what is stored, or why not, worded as a continuation
//! of the column's name.
//!
//! What customers type by themselves is read by the `rules` crate, as when they type it.

use rules::{
    ContractNumber, ContractNumberFault, ContractStatus, KanaFault, KanaName, PhoneFault, PhoneNumber, UserId,
    UserIdFault,
};

const PHONES_MAX: usize = 3;
/// Bytes.
const ID_MAX: usize = 64;
/// Characters.
const TEXT_MAX: usize = 100;

const EMPTY: &str = "is empty";
const NO_VALUE: &str = "is what a spreadsheet or database writes where it has no value";

/// The name as shown, and the key it is compared by.
pub(super) fn kana(value: &str) -> Result<(String, String), String> {
    let name = KanaName::parse(value).map_err(|fault| match fault {
        KanaFault::Empty => EMPTY.into(),
        KanaFault::Kanji(c) => format!("contains “{c}”, a kanji"),
        KanaFault::Latin(c) => format!("contains “{c}”, a Latin letter"),
        KanaFault::Digit(c) => format!("contains “{c}”, a digit"),
        KanaFault::Character(c) => format!("contains {c:?}, which is not a kana"),
        KanaFault::TooLong => format!("is longer than {} characters", KanaName::MAX),
    })?;
    Ok((name.as_str().to_owned(), name.key()))
}

/// Different ones, sorted, digits only.
pub(super) fn phones(value: &str) -> Result<Vec<String>, String> {
    let typed: Vec<&str> = value.split([';', '；']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match typed.len() {
        0 => return Err(EMPTY.into()),
        1..=PHONES_MAX => {}
        n => return Err(format!("has {n} numbers, more than {PHONES_MAX}")),
    }
    let mut phones = Vec::with_capacity(typed.len());
    for (nth, part) in (1..).zip(typed) {
        let phone = PhoneNumber::parse(part).map_err(|fault| match fault {
            PhoneFault::Empty => format!("has no digit in number {nth}"),
            PhoneFault::Character(c) => format!("contains {c:?} in number {nth}"),
            PhoneFault::NoLeadingZero => format!("has no leading 0 in number {nth}: a spreadsheet may have dropped it"),
            PhoneFault::Length => format!("has neither 10 nor 11 digits in number {nth}"),
        })?;
        phones.push(phone.as_str().to_owned());
    }
    phones.sort_unstable();
    phones.dedup();
    Ok(phones)
}

/// The registered address; a customer may have none.
pub(super) fn email(value: &str) -> Result<Option<UserId>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    UserId::parse(value).map(Some).map_err(|fault| user_id_fault(&fault))
}

/// Returns why a text cannot be a user ID, as a continuation of what the text is called. Staff who type one read the same.
pub(crate) fn user_id_fault(fault: &UserIdFault) -> String {
    match fault {
        UserIdFault::Empty => EMPTY.into(),
        UserIdFault::NoAt => "has no @".into(),
        UserIdFault::Space => "contains a space".into(),
        UserIdFault::Control => "contains a control character".into(),
        UserIdFault::Character(c) => format!("contains {c:?}"),
        UserIdFault::TooLong => "is too long".into(),
        UserIdFault::Shape => "is not an address: something is missing or doubled around the @".into(),
    }
}

/// One of a contract's numbers; which of them it has, differs.
pub(super) fn number(value: &str) -> Result<Option<String>, String> {
    if value.is_empty() {
        return Ok(None);
    }
    if is_no_value(value) {
        return Err(NO_VALUE.into());
    }
    match ContractNumber::parse(value) {
        Ok(number) => Ok(Some(number.as_str().to_owned())),
        Err(ContractNumberFault::Empty) => Err("has neither letters nor digits".into()),
        Err(ContractNumberFault::Character(c)) => Err(format!("contains {c:?}")),
        Err(ContractNumberFault::TooShort) => Err(format!("has fewer than {} characters", ContractNumber::MIN)),
        Err(ContractNumberFault::TooLong) => Err(format!("has more than {} characters", ContractNumber::MAX)),
    }
}

/// Ids stand in addresses of pages, so they are made of letters that need no escaping there.
pub(super) fn identifier(value: &str) -> Result<String, String> {
    match value.len() {
        0 => Err(EMPTY.into()),
        _ if is_no_value(value) => Err(NO_VALUE.into()),
        1..=ID_MAX => match value.chars().find(|c| !(c.is_ascii_alphanumeric() || "-_".contains(*c))) {
            None => Ok(value.to_owned()),
            Some(c) => Err(format!("contains {c:?}; letters, digits, - and _ are taken")),
        },
        _ => Err(format!("is longer than {ID_MAX} characters")),
    }
}

/// Any words, shown as they are.
pub(super) fn text(value: &str) -> Result<String, String> {
    if value.is_empty() {
        Err(EMPTY.into())
    } else if value.chars().any(char::is_control) {
        Err("contains a control character".into())
    } else if let Some(hidden) = value.chars().find(|c| is_hidden(*c)) {
        Err(format!("contains U+{:04X}, a character that is not seen or turns the text around", u32::from(hidden)))
    } else if value.contains(char::REPLACEMENT_CHARACTER) {
        Err("contains U+FFFD, which stands where another program could not convert a character".into())
    } else if is_no_value(value) {
        Err(NO_VALUE.into())
    } else if value.chars().count() > TEXT_MAX {
        Err(format!("is longer than {TEXT_MAX} characters"))
    } else {
        Ok(value.to_owned())
    }
}

/// Characters without a width and those that change the direction of the text: words with them look different from what they are.
/// Variation selectors are not among them, since they belong to ideographs in names.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// What spreadsheets and databases write where a value is missing or could not be worked out, in any width and case. The errors of
/// spreadsheets are known by their shape, `#NAME?` or `#BUSY!`: each version has new ones.
fn is_no_value(value: &str) -> bool {
    const WORDS: [&str; 10] = ["NULL", "(NULL)", "<NULL>", "\\N", "NAN", "N/A", "N.A.", "NONE", "NIL", "UNDEFINED"];
    // Most values are told apart by their first character.
    let first = value.chars().next().map(|c| rules::narrow(c).to_ascii_uppercase());
    if !matches!(first, Some('#' | '(' | '<' | '\\' | 'N' | 'U')) {
        return false;
    }
    let value: String = value.chars().map(rules::narrow).map(|c| c.to_ascii_uppercase()).collect();
    let Some(error) = value.strip_prefix('#') else { return WORDS.contains(&&*value) };
    error.starts_with("N/A")
        || error.ends_with(['!', '?'])
        || error == "GETTING_DATA"
        || error.chars().all(|c| c == '#')
}

/// The same rule for a value that may be missing.
pub(super) fn optional<T>(
    rule: impl FnOnce(&str) -> Result<T, String>,
) -> impl FnOnce(&str) -> Result<Option<T>, String> {
    |value| if value.is_empty() { Ok(None) } else { rule(value).map(Some) }
}

/// One of the four codes that the portal has words for.
pub(super) fn status(value: &str) -> Result<ContractStatus, String> {
    let known = || ContractStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
    ContractStatus::parse(value).ok_or_else(|| format!("is not one of {}", known()))
}

/// ASCII digits only, as in `12000`: a comma or a full-width digit would be a guess about money.
pub(super) fn whole(value: &str, least: i64, most: i64) -> Result<i64, String> {
    let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
    let found = value.parse().ok().filter(|n| digits && (least..=most).contains(n));
    found.ok_or_else(|| format!("is not a whole number between {least} and {most}, in digits only"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_phones_and_numbers_are_folded_as_when_a_customer_types_them() {
        assert_eq!(kana("ﾆﾘﾝ ﾀﾛｳ").unwrap(), ("ニリン　タロウ".into(), "ニリンタロウ".into()));
        assert_eq!(phones("+81 90-0000-0001；０３-0000-0001").unwrap(), ["0300000001", "09000000001"]);
        assert_eq!(number("nr-1000 0001").unwrap().as_deref(), Some("NR10000001"));
    }

    #[test]
    fn a_repeated_phone_is_kept_once_and_a_fourth_is_refused() {
        assert_eq!(phones("090-0000-0001;09000000001;").unwrap(), ["09000000001"]);
        assert!(phones("0300000001;0300000002;0300000003;0300000004").unwrap_err().contains("4 numbers"));
    }

    #[test]
    fn a_phone_that_lost_its_zero_in_a_spreadsheet_is_told_so() {
        assert!(phones("9000000001").unwrap_err().contains("leading 0 in number 1"));
    }

    #[test]
    fn an_address_may_be_missing_or_of_an_old_carrier() {
        assert!(email("").unwrap().is_none());
        assert_eq!(email("a..b@docomo.ne.jp").unwrap().unwrap().as_str(), "a..b@docomo.ne.jp");
        assert_eq!(email("Taro@Example.JP").unwrap().unwrap().key(), "taro@example.jp");
        assert_eq!(email("taro").unwrap_err(), "has no @");
    }

    #[test]
    fn amounts_are_digits_within_their_bounds() {
        assert_eq!(whole("012000", 0, 99_999).unwrap(), 12_000);
        for bad in ["", "12,000", "-1", "+1", "1.5", "100000", "１２", "99999999999999999999999"] {
            assert!(whole(bad, 0, 99_999).is_err(), "{bad}");
        }
    }

    #[test]
    fn ids_need_no_escaping_in_an_address_of_a_page() {
        assert!(identifier("k-0001_A").is_ok());
        for bad in ["", "a/b", "a b", "a%2F", "契約", "NULL", "NaN", &"x".repeat(65)] {
            assert!(identifier(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn words_are_neither_empty_nor_endless_nor_invisible() {
        for good in ["対人 無制限", "#2 ミニ", "Nilsson 125", "葛\u{E0100}飾"] {
            assert!(text(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a\0b",
            &"あ".repeat(101),
            "品川\u{202E}あ",
            "あ\u{200B}り",
            "あ\u{3164}り",
            "a\u{E0041}",
            "#N/A",
            "#N/A N/A",
            "＃Ｎ／Ａ",
            "#REF!",
            "#BUSY!",
            "#NAME?",
            "#PYTHON!",
            "null",
            "<NULL>",
            "None",
            "########",
        ] {
            assert!(text(bad).is_err());
        }
        assert!(
            text("#3 赤").is_ok() && text("## 新車").is_ok(),
            "only a word of nothing but # is a column too narrow"
        );
        assert!(number("undefined").is_err());
        assert!(status("cancelled").is_err());
    }
}
