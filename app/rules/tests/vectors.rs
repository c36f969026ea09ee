//! The table of inputs and answers, run natively and in WASM: both sides read every field alike.
//!
//! In WASM: `cargo test -p rules --target wasm32-unknown-unknown --test vectors` with `wasm-bindgen-test-runner`.

#[path = "vectors/table.rs"]
mod table;

use core::fmt::Debug;
use rules::*;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test;

fn check<T, F: Debug>(rows: &[table::Row], parse: fn(&str) -> Result<T, F>, text: fn(&T) -> &str) {
    for (typed, expected) in rows {
        let found = parse(typed);
        let found = found.as_ref().map(|t| text(t).to_owned()).map_err(|fault| format!("{fault:?}"));
        assert_eq!(found.as_deref().map_err(String::as_str), *expected, "typed: {typed:?}");
        if let Ok(folded) = expected {
            let again = parse(folded).ok();
            assert_eq!(again.as_ref().map(text), Some(*folded), "what {typed:?} folds to is not taken itself");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn auth_codes_are_read_in_any_width_and_grouping() {
    check(table::AUTH_CODES, AuthCode::parse, AuthCode::as_str);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn contract_numbers_are_read_in_any_width_and_grouping() {
    check(table::CONTRACT_NUMBERS, ContractNumber::parse, ContractNumber::as_str);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn kana_names_are_folded_to_full_width_katakana() {
    check(table::KANA_NAMES, KanaName::parse, KanaName::as_str);
    for (typed, expected) in table::KANA_NAMES {
        if let Ok(folded) = expected {
            // Letters and digits of firms are widened later.
            let widened = folded.contains(|c| matches!(c, '．' | '－' | '＆' | '０'..='９' | 'Ａ'..='ｚ'));
            assert!(kana::fold(typed) == *folded || widened, "{typed}");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn kana_names_match_whatever_their_spaces_and_small_letters() {
    for (typed, key) in table::KANA_KEYS {
        assert_eq!(KanaName::parse(typed).map(|name| name.key()).as_deref(), Ok(*key), "typed: {typed:?}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn phone_numbers_are_brought_to_their_form_in_japan() {
    check(table::PHONES, PhoneNumber::parse, PhoneNumber::as_str);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn user_ids_are_addresses_old_carrier_forms_included() {
    check(table::USER_IDS, UserId::parse, UserId::as_str);
    for (typed, key, masked, smtp) in table::USER_ID_FORMS {
        let id = UserId::parse(typed).unwrap();
        assert_eq!((id.key().as_str(), id.masked().as_str(), id.smtp_path().as_str()), (*key, *masked, *smtp));
        assert_eq!(format!("{}@{}", id.local(), id.domain()), id.as_str());
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_standard_profile_names_every_broken_rule_at_once() {
    let ctx = PasswordContext {
        user_id: "hanako.y85@sumire.example.jp",
        kana: "ハナガタ リンドウ",
        phones: &["090-1234-5678".to_owned()],
        brand: &["nirin".to_owned(), "yamada".to_owned()],
    };
    for (password, expected) in table::STANDARD_PASSWORDS {
        let report = password::assess(password, PasswordProfile::Standard, &ctx);
        let unmet: Vec<&str> = report.unmet().map(PasswordRule::as_str).collect();
        assert_eq!(unmet, *expected, "password: {password:?}");
        assert_eq!(report.is_ok(), expected.is_empty() && !password.is_empty());
    }
}
