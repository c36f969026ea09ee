//! The password policy against an oracle written on its own, and the block list (ASVS 6.2.1–6.2.12).
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use rules::password::{assess, common_samples, passwordrules_attribute};
use rules::{PasswordContext, PasswordProfile, PasswordRule, RuleState};
use std::collections::HashSet;

const NOBODY: PasswordContext<'static> = PasswordContext { user_id: "", kana: "", phones: &[], brand: &[] };

fn unmet(password: &str, profile: PasswordProfile, ctx: &PasswordContext<'_>) -> Vec<PasswordRule> {
    assess(password, profile, ctx).unmet().collect()
}

fn is_personal(password: &str, ctx: &PasswordContext<'_>) -> bool {
    PasswordProfile::ALL.iter().all(|p| unmet(password, *p, ctx).contains(&PasswordRule::NotPersonal))
}

/// The form rules once more, by bytes of the printable range instead of by classes of characters.
fn oracle(password: &str) -> (bool, bool, bool) {
    let count = password.chars().fold(0, |n, _| n + 1);
    let within = |low: char, high: char| usize::from(password.chars().any(|c| c >= low && c <= high));
    let symbols = [('\x20', '\x2f'), ('\x3a', '\x40'), ('\x5b', '\x60'), ('\x7b', '\x7e')];
    let symbol = symbols.iter().map(|(low, high)| within(*low, *high)).max().unwrap_or(0);
    let classes = within('\x61', '\x7a') + within('\x41', '\x5a') + within('\x30', '\x39') + symbol;
    (count > 7 && count < 18, classes > 2, password.chars().all(|c| (0x20..0x7f).contains(&(c as u32))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn the_standard_form_is_what_an_independent_oracle_says(
        password in prop_oneof![any::<String>(), "[ -~]{1,20}", "[a-zA-Z0-9]{6,19}", "[ -~ａ-ｚあ-んé]{6,19}"]
    ) {
        prop_assume!(!password.is_empty());
        let report = assess(&password, PasswordProfile::Standard, &NOBODY);
        let state = |rule| report.states().contains(&(rule, RuleState::Met));
        let found = (state(PasswordRule::Length), state(PasswordRule::Classes), state(PasswordRule::Characters));
        prop_assert_eq!(found, oracle(&password));
        prop_assert_eq!(report.is_ok(), report.unmet().next().is_none());
        prop_assert!(!report.full_width() || !found.2, "a full-width message without a broken rule");
    }

    #[test]
    fn the_long_form_is_a_length_and_nothing_else(password in any::<String>()) {
        prop_assume!(!password.is_empty());
        let rules = unmet(&password, PasswordProfile::Long, &NOBODY);
        let count = password.chars().count();
        prop_assert_eq!(rules.contains(&PasswordRule::Length), !(8..=128).contains(&count));
        prop_assert!(!rules.contains(&PasswordRule::Classes) && !rules.contains(&PasswordRule::Characters));
        prop_assert!(!rules.contains(&PasswordRule::NotPersonal));
    }

    #[test]
    fn a_password_drawn_at_random_is_not_called_common_or_personal(password in "[!-~]{15,17}") {
        let phones = ["09012345678".to_owned()];
        let brand = ["nirin".to_owned()];
        let ctx = PasswordContext { user_id: "hanako.yamada@example.jp", kana: "ヤマダ ハナコ", phones: &phones, brand: &brand };
        let rules = unmet(&password, PasswordProfile::Standard, &ctx);
        prop_assert!(!rules.contains(&PasswordRule::NotCommon) && !rules.contains(&PasswordRule::NotPersonal));
    }
}

proptest! {
    // Long ones take their time: fewer of them.
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn nothing_typed_and_nothing_known_upsets_it(
        password in any::<String>(), n in 0..50_usize, user_id in any::<String>(), kana in "[ァ-ヿ　]{0,30}|.{0,30}",
        phone in any::<String>(), brand in any::<String>(),
    ) {
        let ctx = PasswordContext { user_id: &user_id, kana: &kana, phones: &[phone], brand: &[brand] };
        for profile in PasswordProfile::ALL {
            let _ = assess(&password.repeat(n), *profile, &ctx);
        }
    }
}

#[test]
fn asvs_6_2_4_at_least_3000_listed_passwords_satisfy_the_rule_and_each_is_refused() {
    let mut entries = HashSet::new();
    for password in common_samples() {
        let standard = unmet(&password, PasswordProfile::Standard, &NOBODY);
        assert!(standard.contains(&PasswordRule::NotCommon), "{password} is taken");
        assert!(unmet(&password, PasswordProfile::Long, &NOBODY).contains(&PasswordRule::NotCommon));
        if oracle(&password) == (true, true, true) {
            assert_eq!(standard, [PasswordRule::NotCommon], "{password}");
            entries.insert(password.to_lowercase());
        }
    }
    assert!(entries.len() >= 3_000, "only {}", entries.len());
}

#[test]
fn case_and_look_alikes_hide_no_common_password() {
    for password in [
        "PASSWORD1a!".trim_end_matches("a!"),
        "pAssWord1",
        "P4$$w0rd!",
        "5akura2022!",
        "H0nda1234!",
        "K4w@saki77",
        "Il0veyou!1",
        "!Ninja250",
        "Letmein123",
        "2022Tokyo!",
        "Suzuki#0906",
        "Tarou19850203",
        "Qwerty!1",
        "Zaq12wsx!",
        "Abcd1234",
        "Aa1!Aa1!Aa1!",
        "Aaaa1111",
        "NinjaNinja1",
    ] {
        assert!(unmet(password, PasswordProfile::Standard, &NOBODY).contains(&PasswordRule::NotCommon), "{password}");
    }
}

#[test]
fn the_long_profile_refuses_plain_common_ones() {
    for password in [
        "password1234",
        "12345678",
        "1234567890",
        "aaaaaaaa",
        "qwertyuiop",
        "iloveyou",
        "00000000",
        "19850203",
        "motorcycle",
        "abcdefghijklmnop",
    ] {
        assert_eq!(unmet(password, PasswordProfile::Long, &NOBODY), [PasswordRule::NotCommon], "{password}");
    }
}

#[test]
fn the_long_profile_takes_passphrases_in_any_script() {
    for password in [
        "midori no yane to neko",
        "みどりの屋根と猫が二匹",
        "ひるねねこ、もどる",
        "zwei Räder, ein Hügel",
        &"k7 ".repeat(3).replace("k7 k7 k7", "k7 v q8 m"),
    ] {
        assert!(assess(password, PasswordProfile::Long, &NOBODY).is_ok(), "{password}");
    }
}

#[test]
fn lengths_hold_to_the_character() {
    for (profile, length, ok) in [
        (PasswordProfile::Standard, 7, false),
        (PasswordProfile::Standard, 8, true),
        (PasswordProfile::Standard, 17, true),
        (PasswordProfile::Standard, 18, false),
        (PasswordProfile::Long, 7, false),
        (PasswordProfile::Long, 8, true),
        (PasswordProfile::Long, 128, true),
        (PasswordProfile::Long, 129, false),
    ] {
        let password: String = "kV7mdqLxW3-pZr".chars().cycle().take(length).collect();
        let report = assess(&password, profile, &NOBODY);
        assert_eq!(report.is_ok(), ok, "{profile:?} {length}");
    }
}

#[test]
fn nothing_is_trimmed_or_converted() {
    let report = assess(" kV7mdq ", PasswordProfile::Standard, &NOBODY);
    assert_eq!((report.length(), report.is_ok()), (8, true));
    assert_eq!(
        assess("kV7mdqLxkV7mdqLx9 ", PasswordProfile::Standard, &NOBODY).unmet().collect::<Vec<_>>(),
        [PasswordRule::Length]
    );
}

#[test]
fn full_width_is_told_apart_from_other_characters() {
    let full = |p| assess(p, PasswordProfile::Standard, &NOBODY).full_width();
    assert!(full("ｋV7mdqLx") && full("kV7mdqLx　") && full("kV7mdqあx") && full("kV7mdq漢"));
    assert!(!full("kV7mdqé") && !full("kV7mdqｱ") && !full("kV7mdqLx"));
    assert!(!assess("ひるねねこ、もどる", PasswordProfile::Long, &NOBODY).full_width());
}

#[test]
fn an_empty_field_is_judged_neither_way() {
    for profile in PasswordProfile::ALL {
        let report = assess("", *profile, &NOBODY);
        assert!(report.states().iter().all(|(_, state)| *state == RuleState::Idle));
        assert!(!report.is_ok() && report.unmet().next().is_none());
    }
}

#[test]
fn a_password_built_from_its_person_is_refused_in_both_profiles() {
    let phones = ["090-1234-5678".to_owned(), "+81 3 9876 5432".to_owned()];
    let brand = ["Nirin".to_owned(), "二輪".to_owned(), "Example Insurance".to_owned()];
    let ctx = PasswordContext {
        user_id: "jiro-hanagata77@sumire.example.jp",
        kana: "ハナガタ　ジョウジ",
        phones: &phones,
        brand: &brand,
    };
    for password in [
        "Hanagata99!",
        "hanagata20220906",
        "H4n@g4ta-q",
        "xq-HANAGATA-7",
        "Jouji-x7qk",
        "Joji-x7qkv",
        "Zyouzi-x7q",
        "Johji-x7qk",
        "jiro-hanagata77",
        "Jiro-x7qkvm",
        "Sumire-x7q",
        "09012345678aB",
        "kVm-12345678",
        "kVmLq-5678",
        "kVm-98765432",
        "kVmLx-5432",
        "Nirin-7qkx",
        "N1r1n!kvx",
        "Insurance-kV7",
        "ハナガタ20220906",
    ] {
        assert!(is_personal(password, &ctx), "{password}");
    }
    for password in ["kV7mdqLx", "Hana-kV7mdq", "kVmLq-6789", "kVmLq-0901", "Gata-kV7mdqL", "Hanagata-kV7mdqLx"] {
        assert!(!is_personal(password, &ctx), "{password}");
    }
}

#[test]
fn a_name_written_without_a_space_is_still_found() {
    let ctx = PasswordContext { kana: "ﾊﾅｶﾞﾀｼﾞｮｳｼﾞ", ..NOBODY };
    for password in ["Hanagata99!", "Jouji-x7qk", "HanagataJouji1!"] {
        assert!(is_personal(password, &ctx), "{password}");
    }
}

#[test]
fn the_attribute_for_password_managers_says_what_the_rule_says() {
    for profile in PasswordProfile::ALL {
        let text = passwordrules_attribute(*profile);
        assert!(text.contains(&format!("minlength: {};", profile.min())), "{text}");
        assert!(text.contains(&format!("maxlength: {};", profile.max())), "{text}");
    }
    assert!(
        passwordrules_attribute(PasswordProfile::Standard).matches("required:").count()
            >= rules::password::CLASSES_NEEDED
    );
}
