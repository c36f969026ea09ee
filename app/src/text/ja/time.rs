//! Points in time as people in Japan read them.

use crate::wire::Millis;
use rules::calendar::{HOUR_MS, MINUTE_MS, day_in_japan, time_of_day_in_japan, year_month_day};

/// 「14:05」
#[must_use]
pub fn clock(at: Millis) -> String {
    let minutes = time_of_day_in_japan(at) / MINUTE_MS;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

/// 「2026年11月23日 14:05」
#[must_use]
pub fn date_and_clock(at: Millis) -> String {
    let (year, month, day) = year_month_day(day_in_japan(at));
    format!("{year}年{month}月{day}日 {}", clock(at))
}

/// 「2026年11月23日」
#[must_use]
pub fn date(at: Millis) -> String {
    let (year, month, day) = year_month_day(day_in_japan(at));
    format!("{year}年{month}月{day}日")
}

/// Says from when on something is possible: the full minute after `at`, as [`short`] writes it, so that nobody comes back too
/// early.
#[must_use]
pub fn from(at: Millis, now: Millis) -> String {
    short(at + MINUTE_MS - 1, now)
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
    if day_in_japan(at) == day_in_japan(now) { clock(at) } else { date_and_clock(at) }
}

/// 「30分」: a length of time, in the largest unit that expresses it exactly.
#[must_use]
pub fn span(length: Millis) -> String {
    match length {
        hours if hours > 0 && hours % HOUR_MS == 0 => format!("{}時間", hours / HOUR_MS),
        minutes if minutes > 0 && minutes % MINUTE_MS == 0 => format!("{}分", minutes / MINUTE_MS),
        seconds => format!("{}秒", (seconds + 999) / 1_000),
    }
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
    use rules::calendar::beginning_of;

    #[test]
    fn times_are_shown_in_japan_standard_time() {
        assert_eq!(date_and_clock(1_662_390_000_000), "2022年9月6日 0:00");
        assert_eq!(date_and_clock(951_782_400_000 + 5 * 60_000), "2000年2月29日 9:05");
        assert_eq!(clock(-1), "8:59");
        assert_eq!([0, 1].map(|day| date_and_clock(beginning_of(day))), ["1970年1月1日 0:00", "1970年1月2日 0:00"]);
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
