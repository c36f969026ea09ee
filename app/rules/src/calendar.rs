//! The calendar in Japan. A day is a number, counted from 1970-01-01, and a moment is milliseconds since 1970 (UTC). Japan Standard
//! Time is UTC+9 all year, so no table of time zones is needed.

/// How far Japan Standard Time is ahead of UTC, in milliseconds.
pub const JST_MS: i64 = 9 * HOUR_MS;
/// The length of a day, in milliseconds.
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// The length of an hour, in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// The length of a minute, in milliseconds.
pub const MINUTE_MS: i64 = 60_000;

/// Returns the day on which a moment lies in Japan.
#[must_use]
pub const fn day_in_japan(at_ms: i64) -> i64 {
    (at_ms + JST_MS).div_euclid(DAY_MS)
}

/// Returns how much of its day in Japan has passed at a moment, in milliseconds.
#[must_use]
pub const fn time_of_day_in_japan(at_ms: i64) -> i64 {
    (at_ms + JST_MS).rem_euclid(DAY_MS)
}

/// Returns the hour of the day in Japan, from 0 to 23.
#[must_use]
pub const fn hour_in_japan(at_ms: i64) -> i64 {
    time_of_day_in_japan(at_ms) / HOUR_MS
}

/// Returns the moment at which a day begins in Japan.
#[must_use]
pub const fn beginning_of(day: i64) -> i64 {
    day * DAY_MS - JST_MS
}

/// Returns year, month and day in the Gregorian calendar (the era arithmetic of the proleptic calendar).
#[must_use]
pub const fn year_month_day(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

/// Returns a day as its ISO date, such as `2026-11-23`.
#[must_use]
pub fn iso_day(day: i64) -> String {
    let (year, month, day) = year_month_day(day);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns the day of an ISO date, or `None` if the text is not three numbers with dashes between them. A date that does not exist
/// leads to another day: [`iso_day`] then returns another text.
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

/// Returns the beginning of the day in UTC on which a moment lies, as RFC 3339 writes it: `2026-11-23T00:00:00Z`.
#[must_use]
pub fn rfc3339_day(at_ms: i64) -> String {
    format!("{}T00:00:00Z", iso_day(at_ms.div_euclid(DAY_MS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_hours_are_those_of_japan() {
        assert_eq!([-1, 0, 15 * HOUR_MS].map(hour_in_japan), [8, 9, 0]);
        assert_eq!([15 * HOUR_MS - 1, 15 * HOUR_MS].map(day_in_japan), [0, 1]);
        assert_eq!([0, 1].map(beginning_of).map(day_in_japan), [0, 1]);
        assert_eq!([0, 1].map(beginning_of).map(time_of_day_in_japan), [0, 0]);
    }

    #[test]
    fn dates_are_counted_in_days_since_1970_and_back() {
        for (date, day) in [("1970-01-01", 0), ("2000-02-29", 11_016), ("2026-11-23", 20_780)] {
            assert_eq!(days_of(date), Some(day));
            assert_eq!(iso_day(day), date);
        }
        assert_eq!(days_of("soon"), None);
    }

    #[test]
    fn machines_read_the_day_in_utc() {
        assert_eq!(rfc3339_day(20_780 * DAY_MS + 5), "2026-11-23T00:00:00Z");
    }
}
