//! The numbers of section 7, and the waits at their edges.
#![cfg(not(target_arch = "wasm32"))]

use rules::limits::{Lock, code_lock, code_lock_ms, password_lock, password_wait_ms, resend_wait_ms};
use rules::{
    Limits, LinkState,
    flow::{LinkTimes, link_state},
};

const MINUTE: i64 = 60_000;

#[test]
fn five_wrong_passwords_wait_a_minute_doubling_to_thirty() {
    let limits = Limits::default();
    let waits: Vec<i64> = (0..=12).map(|n| password_wait_ms(n, &limits) / MINUTE).collect();
    assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30, 30]);
}

#[test]
fn the_wait_stays_at_its_longest_however_many_follow() {
    let limits = Limits::default();
    for n in (10..200).chain([u32::MAX - 1, u32::MAX]) {
        assert_eq!(password_wait_ms(n, &limits), 30 * MINUTE, "{n}");
    }
}

#[test]
fn fifty_wrong_passwords_in_a_row_require_a_reset() {
    let limits = Limits::default();
    assert_ne!(password_lock(49, 0, 0, &limits), Lock::ResetRequired);
    for wrong in [50, u32::MAX] {
        assert_eq!(password_lock(wrong, 0, i64::MAX, &limits), Lock::ResetRequired);
    }
}

#[test]
fn ten_wrong_codes_lock_half_an_hour_doubling_to_eight_and_fifty_require_a_reset() {
    let limits = Limits::default();
    let locks: Vec<i64> = (9..=16).map(|n| code_lock_ms(n, &limits) / MINUTE).collect();
    assert_eq!(locks, [0, 30, 60, 120, 240, 480, 480, 480]);
    assert_eq!(code_lock(10, 7, 7 + 30 * MINUTE - 1, &limits), Lock::Until(7 + 30 * MINUTE));
    assert_eq!(code_lock(10, 7, 7 + 30 * MINUTE, &limits), Lock::Open);
    assert_eq!(code_lock(50, 7, i64::MAX, &limits), Lock::ResetRequired);
}

#[test]
fn a_resend_waits_thirty_seconds_and_never_longer() {
    let limits = Limits::default();
    assert_eq!(resend_wait_ms(1_000, 1_000, &limits), 30_000);
    assert_eq!(resend_wait_ms(1_000, 30_999, &limits), 1);
    assert_eq!(resend_wait_ms(1_000, 31_000, &limits), 0);
    assert_eq!(resend_wait_ms(1_000, 99_000, &limits), 0);
    assert_eq!(resend_wait_ms(1_000, -5_000_000, &limits), 30_000, "the clock was set back");
    assert_eq!(resend_wait_ms(i64::MAX, i64::MIN, &limits), 30_000);
    assert_eq!(resend_wait_ms(i64::MIN, i64::MAX, &limits), 0);
}

#[test]
fn a_link_works_until_the_last_millisecond_of_its_day() {
    assert_eq!(link_state(99, 100, LinkTimes::default()), LinkState::Live);
    assert_eq!(link_state(100, 100, LinkTimes::default()), LinkState::Expired);
}

#[test]
fn a_link_says_what_was_done_with_it_before_what_happened_to_it() {
    let all = LinkTimes { used_at: Some(1), disowned_at: Some(1), superseded_at: Some(1) };
    let unused = LinkTimes { used_at: None, ..all };
    assert_eq!(link_state(200, 100, all), LinkState::Used);
    assert_eq!(link_state(200, 100, unused), LinkState::Disowned);
    assert_eq!(link_state(200, 100, LinkTimes { disowned_at: None, ..unused }), LinkState::Superseded);
}

#[test]
fn the_numbers_are_those_of_the_specification() {
    const HOUR: i64 = 60 * MINUTE;
    let l = Limits::default();
    assert_eq!((l.link_life_ms, l.code_life_ms, l.code_step_ms), (24 * HOUR, 5 * MINUTE, 10 * MINUTE));
    assert_eq!((l.code_tries, l.code_live_max, l.code_resends, l.resend_gap_ms), (5, 3, 5, 30_000));
    assert_eq!((l.code_wrong_before_lock, l.code_wrong_before_reset), (10, 50));
    assert_eq!((l.code_lock_first_ms, l.code_lock_max_ms), (30 * MINUTE, 8 * HOUR));
    assert_eq!((l.identity_misses_per_browser, l.identity_browser_lock_ms), (5, 15 * MINUTE));
    assert_eq!((l.identity_misses_per_contract, l.identity_contract_window_ms), (10, 24 * HOUR));
    assert_eq!((l.identity_per_address, l.identity_address_window_ms), (100, HOUR));
    assert_eq!((l.mails_per_account, l.mails_account_window_ms), (3, HOUR));
    assert_eq!((l.resets_per_address, l.resets_address_window_ms), (600, HOUR));
    assert_eq!((l.reset_pause_min_ms, l.reset_pause_max_ms), (1_000, 5_000));
    assert_eq!((l.flow_idle_ms, l.flow_warning_ms), (30 * MINUTE, 2 * MINUTE));
    assert_eq!((l.session_idle_ms, l.session_warning_ms), (30 * MINUTE, 2 * MINUTE));
    assert_eq!((l.session_life_ms, l.sessions_at_once), (12 * HOUR, 5));
    assert_eq!((l.hash_memory_kib, l.hash_passes, l.hash_lanes, l.body_bytes), (19_456, 2, 1, 16_384));
}

#[test]
fn a_setting_that_makes_no_sense_is_named() {
    assert_eq!(Limits::default().fault(), None);
    let named = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits.fault().map(|fault| fault.setting)
    };
    assert_eq!(named(|l| l.code_tries = 0), Some("limits.code_tries"));
    assert_eq!(named(|l| l.link_life_ms = -1), Some("limits.link_life_ms"));
    assert_eq!(named(|l| l.password_wait_max_ms = 1), Some("limits.password_wait_max_ms"));
    assert_eq!(named(|l| l.reset_pause_min_ms = 5_001), Some("limits.reset_pause_max_ms"));
    assert_eq!(named(|l| l.flow_idle_ms = l.flow_warning_ms), Some("limits.flow_idle_ms"));
}
