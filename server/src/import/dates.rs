//! Days and months of the contracts file. They stay texts: that they exist is all that is checked.

use rules::calendar::{days_of, iso_day};

const FIRST: &str = "1900-01-01";

/// A day that exists, as `2026-04-01`.
pub(super) fn date(value: &str) -> Result<String, String> {
    if is_date(value) { Ok(value.to_owned()) } else { Err("is not a date like 2026-04-01".into()) }
}

/// A month, as `2026-04`.
pub(super) fn month(value: &str) -> Result<String, String> {
    if is_date(&format!("{value}-01")) { Ok(value.to_owned()) } else { Err("is not a month like 2026-04".into()) }
}

/// Returns whether there is such a day: then its number leads back to the same text.
fn is_date(value: &str) -> bool {
    value.len() == FIRST.len() && value >= FIRST && days_of(value).is_some_and(|day| iso_day(day) == value)
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
