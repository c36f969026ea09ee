//! Days and months of the contracts file. They stay texts: that they exist is all that is checked.

/// A day that exists, as `2026-04-01`.
pub(super) fn date(value: &str) -> Result<String, String> {
    let day = value.get(8..).and_then(|day| digits(day, 2));
    let month = value.get(..7).and_then(year_and_month).filter(|_| value.get(7..8) == Some("-"));
    let real = month.zip(day).is_some_and(|((year, month), day)| (1..=days(year, month)).contains(&day));
    if real { Ok(value.to_owned()) } else { Err("is no date like 2026-04-01".into()) }
}

/// A month, as `2026-04`.
pub(super) fn month(value: &str) -> Result<String, String> {
    year_and_month(value).map(|_| value.to_owned()).ok_or_else(|| "is no month like 2026-04".into())
}

fn year_and_month(value: &str) -> Option<(u32, u32)> {
    let (year, month) = value.split_once('-')?;
    let (year, month) = (digits(year, 4)?, digits(month, 2)?);
    (year >= 1900 && (1..=12).contains(&month)).then_some((year, month))
}

fn digits(value: &str, length: usize) -> Option<u32> {
    (value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit())).then(|| value.parse().ok())?
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_and_months_that_exist_are_taken() {
        for good in ["2026-04-01", "2028-02-29", "2000-02-29", "2026-12-31"] {
            assert_eq!(date(good).unwrap(), good);
        }
        for bad in [
            "",
            "2026-4-1",
            "2026/04/01",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-04-00",
            "2026-04-011",
            "２０２６-04-01",
            "2026-04年",
        ] {
            assert!(date(bad).is_err(), "{bad}");
        }
        assert!(month("2026-04").is_ok());
        for bad in ["2026-13", "2026", "2026-04-01", "26-04", ""] {
            assert!(month(bad).is_err(), "{bad}");
        }
    }
}
