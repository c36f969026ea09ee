//! Time in the browser follows the server's clock: the page says what time it was made.

use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

thread_local! {
    static AHEAD: Cell<i64> = const { Cell::new(0) };
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
fn browser_now() -> i64 {
    js_sys::Date::now() as i64
}

/// Sets how far the server's clock is ahead of the browser's.
pub(super) fn set_clock(server_now: i64) {
    AHEAD.set(server_now - browser_now());
}

/// The server's time now, in milliseconds since 1970, as far as the browser can tell.
fn now() -> i64 {
    browser_now() + AHEAD.get()
}

/// Calls `tick` with the server's time every second for as long as the part is shown.
pub fn every_second(tick: impl Fn(i64) + 'static) {
    if let Ok(handle) = set_interval(move || tick(now()), Duration::from_secs(1)) {
        on_cleanup(move || handle.clear());
    }
}

/// Says `words` about a second after what they follow from stopped changing.
pub fn after_pause(words: impl Fn() -> Option<String> + Clone + 'static, said: RwSignal<String>) {
    Effect::new(move |before: Option<Option<TimeoutHandle>>| {
        if let Some(Some(pending)) = before {
            pending.clear();
        }
        let next = words();
        set_timeout(
            move || {
                if let (Some(next), Some(before)) = (next, said.try_get_untracked())
                    && next != before
                {
                    said.set(next);
                }
            },
            Duration::from_millis(1_000),
        )
        .ok()
    });
}
