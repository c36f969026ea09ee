//! A clock that stands still until a test turns it.

use server::clock::Clock;
use std::sync::atomic::{AtomicI64, Ordering};

/// 2026-11-23 10:00 in Japan.
pub const START: i64 = 1_795_395_600_000;

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

/// Shared by the server under test and the test.
pub struct ManualClock(AtomicI64);

impl Default for ManualClock {
    fn default() -> Self {
        Self(AtomicI64::new(START))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl ManualClock {
    /// Turns it by so many milliseconds.
    pub fn forward(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Turns it to a point in time.
    pub fn at(&self, ms: i64) {
        self.0.store(ms, Ordering::SeqCst);
    }
}
