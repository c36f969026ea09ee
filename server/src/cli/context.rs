//! What the commands share: what they need, how they write to the audit log, and how they print.

use crate::clock::Clock;
use crate::rng::Rng;
use crate::store::{AccountId, Actor, AuditEntry, AuditEvent, CustomerId, Reference, Store, Stored, Tx};
use rules::calendar::{day_in_japan, time_of_day_in_japan, year_month_day};
use rules::user_id::UserId;
use std::io::{self, Write};

/// What every command that uses the database needs.
pub(crate) struct AdminContext<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub rng: &'a (dyn Rng + 'static),
    /// The person at the terminal.
    pub actor: Actor<'a>,
}

/// The subject of a change, for its audit line.
#[derive(Clone, Copy, Default)]
pub(super) struct About<'a> {
    pub customer_id: Option<&'a CustomerId>,
    pub account_id: Option<&'a AccountId>,
    /// The reference number that it belongs to, or none for a new one.
    pub reference: Option<&'a Reference>,
}

impl AdminContext<'_> {
    /// Writes the audit line of a change, in its transaction. Returns the reference number under
    /// which it is found.
    pub async fn audit(
        &self,
        tx: &mut Tx,
        event: AuditEvent,
        about: About<'_>,
        detail: &str,
        now: i64,
    ) -> Stored<Reference> {
        let reference = about.reference.cloned().unwrap_or_else(|| self.rng.reference());
        let About { customer_id, account_id, .. } = about;
        let entry = AuditEntry { event, actor: self.actor, customer_id, account_id, reference: &reference, detail };
        tx.audit(&self.rng.id(), &entry, now).await?;
        Ok(reference)
    }
}

/// Prints one line.
pub(super) fn line(out: &mut dyn Write, text: &str) -> io::Result<()> {
    writeln!(out, "{text}")
}

/// Prints one line with a name in front.
pub(super) fn fact(out: &mut dyn Write, name: &'static str, value: &str) -> io::Result<()> {
    writeln!(out, "{name:<20} {value}")
}

/// Returns a time as `2026-11-23 14:05:09 JST`.
pub(super) fn jst(at: i64) -> String {
    let (year, month, day) = year_month_day(day_in_japan(at));
    let seconds = time_of_day_in_japan(at) / 1_000;
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02} JST")
}

/// Returns an address as `t***@e***.jp`, or a dash for what is not an address.
pub(super) fn masked(address: &str) -> String {
    UserId::parse(address).map_or_else(|_| "-".to_owned(), |id| id.masked())
}

/// Returns a number with its noun: `1 session`, `2 sessions`.
pub(super) fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_japan_standard_time() {
        assert_eq!(jst(1_662_390_000_000), "2022-09-06 00:00:00 JST");
        assert_eq!(jst(951_782_400_000 + 5 * 60_000 + 9_999), "2000-02-29 09:05:09 JST");
    }

    #[test]
    fn addresses_are_masked_and_what_is_none_is_a_dash() {
        assert_eq!(masked("taro@example.jp"), "t***@e***.jp");
        assert_eq!(masked(""), "-");
    }
}
