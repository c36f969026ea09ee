//! Time as a parameter. Nothing else in the product asks for the time.

use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time in milliseconds since 1970-01-01 UTC.
pub trait Clock: Send + Sync {
    fn now(&self) -> i64;
}

/// The machine's clock. With an offset it is the rehearsal clock, which can be turned forward.
#[derive(Debug, Default)]
pub struct SystemClock {
    ahead_ms: AtomicI64,
}

impl SystemClock {
    /// A clock that is ahead of the machine's.
    #[must_use]
    pub fn ahead(by_ms: i64) -> Self {
        Self { ahead_ms: AtomicI64::new(by_ms) }
    }

    /// Turns the clock forward. Returns how far it is ahead then.
    pub fn turn(&self, by_ms: i64) -> i64 {
        self.ahead_ms.fetch_add(by_ms, Ordering::SeqCst) + by_ms
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit for ages")]
    fn now(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        since.as_millis() as i64 + self.ahead_ms.load(Ordering::SeqCst)
    }
}
