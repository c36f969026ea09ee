//! Points in time as people in Japan read them. Japan Standard Time is UTC+9 all year.

use crate::wire::Millis;

const JST: Millis = 9 * 3_600_000;
const DAY: Millis = 86_400_000;
const MINUTE: Millis = 60_000;

/// 「14:05」
#[must_use]
pub fn clock(at: Millis) -> String {
    let minutes = (at + JST).rem_euclid(DAY) / MINUTE;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// 「2026年11月23日 14:05」
#[must_use]
pub fn date_and_clock(at: Millis) -> String {
    let (year, month, day) = civil(today(at));
    format!("{year}年{month}月{day}日 {}", clock(at))
}

/// 「2026年11月23日」
#[must_use]
pub fn date(at: Millis) -> String {
    let (year, month, day) = civil(today(at));
    format!("{year}年{month}月{day}日")
}

/// Says from when on something is possible: the full minute after `at`, as [`short`] writes it, so that nobody comes back too
/// early.
#[must_use]
pub fn from(at: Millis, now: Millis) -> String {
    short(at + MINUTE - 1, now)
}

/// 「30分間」, 「24時間」: how long something lasts.
#[must_use]
pub fn during(length: Millis) -> String {
    let span = span(length);
    if span.ends_with("時間") { span } else { span + "間" }
}

/// 「14:05」 today, else with the date.
#[must_use]
pub fn short(at: Millis, now: Millis) -> String {
    if today(at) == today(now) { clock(at) } else { date_and_clock(at) }
}

/// 「30分」: a length of time, in the largest unit that expresses it exactly.
#[must_use]
pub fn span(length: Millis) -> String {
    match length {
        hours if hours > 0 && hours % (60 * MINUTE) == 0 => format!("{}時間", hours / (60 * MINUTE)),
        minutes if minutes > 0 && minutes % MINUTE == 0 => format!("{}分", minutes / MINUTE),
        seconds => format!("{}秒", (seconds + 999) / 1_000),
    }
}

/// `2026-11-23T00:00:00Z`, for machines.
#[must_use]
pub fn rfc3339_day(at: Millis) -> String {
    let (year, month, day) = civil(at.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}T00:00:00Z")
}

/// Days since 1970-01-01 to year, month, day in the Gregorian calendar (the era arithmetic of the proleptic calendar).
#[must_use]
pub fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day in Japan, counted from 1970-01-01.
#[must_use]
pub const fn today(now: Millis) -> i64 {
    (now + JST).div_euclid(DAY)
}

/// The hour of the day in Japan, from 0 to 23.
#[must_use]
pub const fn hour(now: Millis) -> i64 {
    (now + JST).rem_euclid(DAY) / (60 * MINUTE)
}

/// When a day begins in Japan. Days are counted from 1970-01-01.
#[must_use]
pub const fn beginning_of(day: i64) -> Millis {
    day * DAY - JST
}

/// `2026-11-23`. Days are counted from 1970-01-01.
#[must_use]
pub fn iso_day(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days from 1970-01-01 to an ISO date of the Gregorian calendar.
#[must_use]
pub fn days_of(date: &str) -> Option<i64> {
    let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    Some(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

/// A time in a mail. Which time it is meant in is said each time, because mails are also read abroad.
#[cfg(feature = "ssr")]
#[must_use]
pub fn moment(at: Millis) -> String {
    format!("{}（日本時間）", date_and_clock(at))
}

/// The end of something in a mail.
#[cfg(feature = "ssr")]
#[must_use]
pub fn until(at: Millis) -> String {
    format!("{}まで", moment(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_shown_in_japan_standard_time() {
        assert_eq!(date_and_clock(1_662_390_000_000), "2022年9月6日 0:00");
        assert_eq!(date_and_clock(951_782_400_000 + 5 * 60_000), "2000年2月29日 9:05");
        assert_eq!(clock(-1), "8:59");
        assert_eq!([-1, 0, 15 * 60 * MINUTE].map(hour), [8, 9, 0]);
        assert_eq!([0, 1].map(|day| date_and_clock(beginning_of(day))), ["1970年1月1日 0:00", "1970年1月2日 0:00"]);
    }

    #[test]
    fn dates_are_counted_in_days_since_1970_and_back() {
        for (date, days) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-23", 20_780)] {
            assert_eq!(days_of(date), Some(days));
            assert_eq!(iso_day(days), date);
        }
        assert_eq!(days_of("soon"), None);
    }

    #[test]
    fn a_span_is_told_in_the_largest_unit_that_fits() {
        assert_eq!([86_400_000, 5_400_000, 90_000, 1, 0].map(span), ["24時間", "90分", "90秒", "1秒", "0秒"]);
        assert_eq!([86_400_000, 5_400_000, 90_000].map(during), ["24時間", "90分間", "90秒間"]);
    }

    #[test]
    fn what_is_possible_from_a_time_on_is_never_told_too_early() {
        let (six, now) = (1_662_390_360_000, 1_662_390_000_000);
        assert_eq!([six - 59_999, six - 1, six, six + 1].map(|at| from(at, now)), ["0:06", "0:06", "0:06", "0:07"]);
    }

    #[test]
    fn another_day_is_shown_with_its_date() {
        assert_eq!(short(1_662_390_000_000, 1_662_390_060_000), "0:00");
        assert_eq!(short(1_662_390_000_000, 1_662_389_999_000), "2022年9月6日 0:00");
    }
}
