//! The rules of the mailed code at their edges (spec, sections 4 and 7).
#![cfg(not(target_arch = "wasm32"))]

use rules::code_rules::{ends_at, judge, resend};
use rules::{AuthCode, CodeVerdict, Limits, Resend, SentCode};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

fn sent(sent_at: i64) -> SentCode {
    SentCode { sent_at, expires_at: sent_at + 5 * MINUTE, used: false }
}

fn spaced(count: usize) -> Vec<SentCode> {
    (0..).step_by(30).take(count).map(|seconds| sent(seconds * SECOND)).collect()
}

#[test]
fn the_right_code_is_accepted_until_the_last_millisecond_of_five_minutes() {
    let (codes, limits) = ([sent(0)], Limits::default());
    assert_eq!(judge(&codes, 1, Some(0), 5 * MINUTE - 1, &limits), CodeVerdict::Accepted(0));
    assert_eq!(judge(&codes, 1, Some(0), 5 * MINUTE, &limits), CodeVerdict::Expired { at: 5 * MINUTE });
}

#[test]
fn codes_sent_earlier_stay_valid_for_their_own_five_minutes() {
    let (codes, limits) = (spaced(3), Limits::default());
    for i in 0..3 {
        assert_eq!(judge(&codes, 1, Some(i), 2 * MINUTE, &limits), CodeVerdict::Accepted(i));
    }
    assert_eq!(judge(&codes, 1, Some(0), 5 * MINUTE, &limits), CodeVerdict::Expired { at: 5 * MINUTE });
    assert_eq!(judge(&codes, 1, Some(1), 5 * MINUTE, &limits), CodeVerdict::Accepted(1));
}

#[test]
fn at_most_three_codes_are_live_and_a_fourth_ends_the_first() {
    let (codes, limits) = (spaced(4), Limits::default());
    let now = 2 * MINUTE;
    for live in 1..4 {
        assert_eq!(judge(&codes, 1, Some(live), now, &limits), CodeVerdict::Accepted(live));
    }
    assert_eq!(ends_at(&codes, 0, &limits), Some(90 * SECOND));
    assert_eq!(judge(&codes, 1, Some(0), now, &limits), CodeVerdict::Expired { at: 90 * SECOND });
}

#[test]
fn the_fifth_try_may_still_be_right_and_the_sixth_may_not() {
    let (codes, limits) = ([sent(0)], Limits::default());
    assert_eq!(judge(&codes, 5, Some(0), 1, &limits), CodeVerdict::Accepted(0));
    assert_eq!(judge(&codes, 6, Some(0), 1, &limits), CodeVerdict::TooManyTries);
}

#[test]
fn wrong_tries_count_down_to_none_left() {
    let (codes, limits) = ([sent(0)], Limits::default());
    for (number, left) in [(1, 4), (2, 3), (3, 2), (4, 1)] {
        assert_eq!(judge(&codes, number, None, 1, &limits), CodeVerdict::Wrong { left });
    }
    assert_eq!(judge(&codes, 5, None, 1, &limits), CodeVerdict::TooManyTries);
}

#[test]
fn a_resend_gives_back_no_try() {
    let limits = Limits::default();
    for count in 1..=6 {
        assert_eq!(judge(&spaced(count), 4, None, MINUTE, &limits), CodeVerdict::Wrong { left: 1 });
        assert_eq!(judge(&spaced(count), 6, Some(count - 1), MINUTE, &limits), CodeVerdict::TooManyTries);
    }
}

#[test]
fn a_used_code_says_so_even_after_its_time() {
    let limits = Limits::default();
    let codes = [SentCode { used: true, ..sent(0) }, sent(30 * SECOND)];
    assert_eq!(judge(&codes, 2, Some(0), MINUTE, &limits), CodeVerdict::AlreadyUsed);
    assert_eq!(judge(&codes, 2, Some(0), 60 * MINUTE, &limits), CodeVerdict::AlreadyUsed);
}

#[test]
fn an_index_that_does_not_exist_is_a_wrong_code() {
    assert_eq!(judge(&[], 1, Some(7), 0, &Limits::default()), CodeVerdict::Wrong { left: 4 });
}

#[test]
fn five_resends_thirty_seconds_apart_and_no_sixth() {
    let limits = Limits::default();
    assert_eq!(resend(&[], 0, &limits), Resend::Now);
    for count in 1..=5 {
        let codes = spaced(count);
        let last = codes.last().unwrap().sent_at;
        assert_eq!(resend(&codes, last, &limits), Resend::Wait(30 * SECOND));
        assert_eq!(resend(&codes, last + 30 * SECOND - 1, &limits), Resend::Wait(1));
        assert_eq!(resend(&codes, last + 30 * SECOND, &limits), Resend::Now);
    }
    assert_eq!(resend(&spaced(6), 60 * MINUTE, &limits), Resend::NoMore);
}

#[test]
fn a_drawn_number_becomes_six_digits() {
    assert_eq!(AuthCode::from_number(0).as_str(), "000000");
    assert_eq!(AuthCode::from_number(42).as_str(), "000042");
    assert_eq!(AuthCode::from_number(999_999).as_str(), "999999");
    assert_eq!(AuthCode::from_number(1_000_000).as_str(), "000000");
    assert_eq!(AuthCode::from_number(u32::MAX).as_str(), "967295");
}

#[test]
fn a_code_never_shows_in_a_log() {
    assert!(!format!("{:?}", AuthCode::from_number(123_456)).contains("123"));
}
