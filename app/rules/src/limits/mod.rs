//! Every number of section 7 of the spec, what is counted, and the arithmetic that follows from them alone.
//!
//! Counting itself happens in the database. Milliseconds are `i64` like every time in the project; no sum of them overflows,
//! whatever a setting or a clock says.

mod limit;
mod settings;
mod waits;

pub use limit::{Limit, Window};
pub use settings::{Limits, Setting, SettingFault};
pub use waits::{Lock, code_lock, code_lock_ms, password_lock, password_wait_ms, resend_wait_ms};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[cfg(all(test, feature = "serde"))]
mod tests;
