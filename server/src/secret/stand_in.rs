//! The work that stands in for a user ID without an account. Hashes of several parameter sets stand beside each other once
//! the numbers were raised, and each takes its own time. So an unknown user ID appears to have one of the sets that the
//! accounts have, as often as they have it, and the same one each time it is asked for.

use super::Argon2Params;

/// How long a count of the accounts' parameter sets is used, in milliseconds: ten minutes.
const COUNTED_FOR_MS: i64 = 600_000;

/// The parameter sets of the accounts' hashes, and how many accounts have each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Argon2ParamsInUse {
    /// In a fixed order; each with its number of accounts.
    sets: Vec<(Argon2Params, u64)>,
    counted_at: Option<i64>,
}

impl Argon2ParamsInUse {
    /// What was counted at `now`.
    #[must_use]
    pub fn counted(mut sets: Vec<(Argon2Params, u64)>, now: i64) -> Self {
        sets.retain(|(_, accounts)| *accounts > 0);
        sets.sort_by_key(|(hashing, _)| (hashing.memory_kib, hashing.passes, hashing.lanes));
        Self { sets, counted_at: Some(now) }
    }

    /// Returns whether the accounts were counted at all.
    #[must_use]
    pub const fn is_counted(&self) -> bool {
        self.counted_at.is_some()
    }

    /// Whether the accounts have to be counted again. A count that bears a time still to come was made by a clock that was
    /// ahead, and is an old one.
    #[must_use]
    pub fn is_old(&self, now: i64) -> bool {
        self.counted_at.is_none_or(|at| at > now || at.saturating_add(COUNTED_FOR_MS) <= now)
    }

    /// The set at `point` of all accounts, set after set, where `u64::MAX` is the last account. Nothing without accounts.
    #[must_use]
    pub fn at(&self, point: u64) -> Option<Argon2Params> {
        let all: u128 = self.sets.iter().map(|(_, accounts)| u128::from(*accounts)).sum();
        let mut left = (u128::from(point) * all) >> 64;
        self.sets
            .iter()
            .find(|(_, accounts)| {
                let here = left < u128::from(*accounts);
                left = left.saturating_sub(u128::from(*accounts));
                here
            })
            .map(|(hashing, _)| *hashing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Argon2Params = Argon2Params { memory_kib: 64, passes: 1, lanes: 1 };
    const DEAR: Argon2Params = Argon2Params { memory_kib: 128, passes: 3, lanes: 1 };

    #[test]
    fn points_fall_on_the_sets_as_often_as_accounts_have_them() {
        for (cheap, dear) in [(1, 1), (3, 1), (1, 999), (1_000_000, 1), (0, 5), (5, 0)] {
            let in_use = Argon2ParamsInUse::counted(vec![(DEAR, dear), (CHEAP, cheap)], 0);
            let step = u64::MAX / 10_000;
            let hits = (0..10_000).filter(|n| in_use.at(n * step) == Some(CHEAP)).count() as f64;
            let wanted = 10_000.0 * cheap as f64 / (cheap + dear) as f64;
            assert!((hits - wanted).abs() <= 2.0, "{cheap}:{dear} {hits} {wanted}");
            let last = if dear > 0 { DEAR } else { CHEAP };
            assert_eq!(in_use.at(u64::MAX), Some(last));
        }
        assert_eq!(Argon2ParamsInUse::counted(Vec::new(), 0).at(7), None);
    }

    #[test]
    fn as_accounts_move_to_the_raised_set_so_does_a_point_and_never_back() {
        for point in (0..64).map(|n| n * (u64::MAX / 64)) {
            let seen: Vec<_> = (0..=100)
                .map(|moved| {
                    Argon2ParamsInUse::counted(vec![(CHEAP, 100 - moved), (DEAR, moved)], 0).at(point).unwrap()
                })
                .collect();
            let turns = seen.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert!(turns <= 1 && seen[0] == CHEAP && seen[100] == DEAR, "{point}");
        }
    }

    #[test]
    fn a_count_is_made_again_after_ten_minutes_and_when_the_clock_was_ahead() {
        assert!(Argon2ParamsInUse::default().is_old(0));
        let in_use = Argon2ParamsInUse::counted(Vec::new(), 1_000_000);
        assert!(!in_use.is_old(1_000_000) && !in_use.is_old(1_599_999));
        assert!(in_use.is_old(1_600_000) && in_use.is_old(999_999));
    }
}
