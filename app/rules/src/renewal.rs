//! When a contract can be renewed in the portal, and what its next term is (spec, section 14). Days are counted from 1970-01-01 in
//! Japan.

use crate::{ContractStatus, words};
use std::ops::{Range, RangeInclusive};

/// A renewal is offered from this many days before the last day on.
pub const OFFERED_DAYS: i64 = 60;

/// The days before the last day on which people are reminded, the earliest first.
pub const REMINDER_DAYS: [i64; 3] = [60, 30, 7];

/// The hours of the day, in Japan, in which reminders are written: nobody's phone rings for one at night.
pub const REMINDER_HOURS: Range<i64> = 9..20;

words! {
    /// How the next term is paid for.
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    PaymentChoice {
        /// In the same way as before.
        AsBefore = "as-before",
        /// The contact centre calls to arrange another one.
        ByPhone = "by-phone",
    }
}

words! {
    /// Whether a person wants to be reminded.
    ReminderChoice {
        On = "on",
        Off = "off",
    }
}

/// Whether a renewal is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Not for a contract of this kind: a quote, or one that has ended.
    None,
    /// From this day on.
    From(i64),
    /// Now; so many days are left until the last one, on which it still is.
    Open { days_left: i64 },
    /// The last day has passed.
    Over,
}

impl Offer {
    /// Judges by how the contract stands, by the last day of its term and by today. Where the insurer has begun the renewal itself,
    /// it is offered however early that is.
    #[must_use]
    pub const fn of(status: ContractStatus, last_day: i64, today: i64) -> Self {
        let days_left = last_day - today;
        if !status.is_in_force() {
            Self::None
        } else if days_left < 0 {
            Self::Over
        } else if days_left <= OFFERED_DAYS || matches!(status, ContractStatus::Renewal) {
            Self::Open { days_left }
        } else {
            Self::From(last_day - OFFERED_DAYS)
        }
    }

    /// Returns whether a renewal can be requested now.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// Returns the reminder that is due `days_left` days before the last day: the latest whose day has come. Nothing before the first
/// one, and nothing after the last day.
#[must_use]
pub fn reminder_due(days_left: i64) -> Option<i64> {
    REMINDER_DAYS.into_iter().find(|reminder| reminder_days(*reminder).contains(&days_left))
}

/// Returns at how many days left this reminder is the one that is due.
#[must_use]
pub fn reminder_days(reminder: i64) -> RangeInclusive<i64> {
    let next = REMINDER_DAYS.into_iter().find(|later| *later < reminder);
    next.map_or(0, |next| next + 1)..=reminder
}

/// Returns year, month and day one year later. A term that began on a leap day ends on the last day of February.
#[must_use]
pub const fn one_year_later((year, month, day): (i64, i64, i64)) -> (i64, i64, i64) {
    if month == 2 && day == 29 { (year + 1, 2, 28) } else { (year + 1, month, day) }
}
