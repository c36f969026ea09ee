//! Settings at and beyond their bounds: what passes the check overflows nowhere.

use super::{Limit, Limits, Lock, Window, code_lock, password_lock, resend_wait_ms};
use proptest::prelude::*;
use serde::Deserialize;
use serde::de::value::{Error, MapDeserializer};

fn read(entries: &[(&str, i64)]) -> Result<Limits, Error> {
    Limits::deserialize(MapDeserializer::new(entries.iter().copied()))
}

/// Values at which sums and comparisons break.
fn extreme() -> impl Strategy<Value = i64> {
    let edges = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::from(u32::MAX), i64::MAX - 1, i64::MAX];
    prop_oneof![prop::sample::select(edges.to_vec()), any::<i64>()]
}

#[test]
fn what_the_configuration_leaves_out_is_as_specified() {
    assert_eq!(read(&[]), Ok(Limits::default()));
    assert_eq!(read(&[("code_tries", 3)]), Ok(Limits { code_tries: 3, ..Limits::default() }));
}

#[test]
fn an_unknown_setting_is_named() {
    let fault = read(&[("code_trys", 3)]).unwrap_err();
    assert!(fault.to_string().contains("code_trys"), "{fault}");
}

/// Not met by chance when one setting alone is moved to an end of its bounds.
fn contradicts(found: &super::SettingFault) -> bool {
    !found.why.starts_with("must be between")
}

#[test]
fn every_setting_is_refused_just_outside_its_bounds_and_taken_at_them() {
    for setting in Limits::default().settings() {
        let name = setting.name.strip_prefix("limits.").unwrap();
        let (least, most) = (*setting.bounds.start(), *setting.bounds.end());
        for within in [least, most] {
            let found = read(&[(name, within)]).unwrap().fault();
            assert!(found.as_ref().is_none_or(contradicts), "{name} = {within}: {found:?}");
        }
        for outside in [least - 1, most + 1, i64::MIN, i64::MAX] {
            match read(&[(name, outside)]) {
                Ok(limits) => {
                    let found = limits.fault().unwrap_or_else(|| panic!("{name} = {outside}"));
                    assert_eq!(found.setting, setting.name, "{outside}");
                }
                // A count that does not even fit.
                Err(refused) => assert!(outside < 0 || outside > i64::from(u32::MAX), "{name} = {outside}: {refused}"),
            }
        }
    }
}

#[test]
fn no_limit_lasts_longer_than_ten_years_or_allows_more_than_a_million() {
    for setting in Limits::default().settings() {
        let most = if setting.name.ends_with("_ms") { 3_653 * 86_400_000 } else { 16 * 1_024 * 1_024 };
        assert!(*setting.bounds.end() <= most, "{}", setting.name);
    }
}

proptest! {
    #[test]
    fn whatever_passes_the_check_locks_when_it_should_at_any_time(
        moved in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..6),
        wrong: u32,
        last in extreme(),
        now in extreme(),
    ) {
        let settings = Limits::default().settings();
        let entries: std::collections::BTreeMap<_, _> = moved
            .iter()
            .map(|(at, highest)| {
                let setting = at.get(&settings);
                let value = if *highest { *setting.bounds.end() } else { *setting.bounds.start() };
                (setting.name.strip_prefix("limits.").unwrap(), value)
            })
            .collect();
        let limits = read(&entries.into_iter().collect::<Vec<_>>()).unwrap();
        prop_assume!(limits.fault().is_none());
        for lock in [password_lock(wrong, last, now, &limits), code_lock(wrong, last, now, &limits)] {
            if let Lock::Until(until) = lock {
                prop_assert!(until > now && until >= last);
            }
        }
        prop_assert!(resend_wait_ms(last, now, &limits) <= limits.resend_gap_ms);
        let (before_wait, before_reset) = (limits.password_wrong_before_wait, limits.password_wrong_before_reset);
        prop_assert_eq!(password_lock(wrong.max(before_reset), last, now, &limits), Lock::ResetRequired);
        if before_wait < before_reset {
            // A wait that has just begun is there, unless there is no later time.
            let lock = password_lock(before_wait, now, now, &limits);
            prop_assert!(now == i64::MAX || lock != Lock::Open, "{:?}", lock);
        }
        if limits.code_wrong_before_lock < limits.code_wrong_before_reset {
            let lock = code_lock(limits.code_wrong_before_lock, now, now, &limits);
            prop_assert!(now == i64::MAX || lock != Lock::Open, "{:?}", lock);
        }
        for limit in Limit::ALL {
            prop_assert!(limit.most(&limits) > 0 && limit.needed_ms(&limits) > 0, "{}", limit.as_str());
            if let Window::Fixed(ms) = limit.window(&limits) {
                prop_assert!(limit.needed_ms(&limits) >= ms, "{}", limit.as_str());
            }
        }
    }
}
