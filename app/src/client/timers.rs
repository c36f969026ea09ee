//! Time in the browser follows the server's clock: the page says what time it was made.

use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;
use wasm_bindgen::JsCast;

thread_local! {
    static AHEAD: Cell<i64> = const { Cell::new(0) };
    static PAUSE: Cell<Option<TimeoutHandle>> = const { Cell::new(None) };
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

/// Says `words` about a second after the last call: what is said politely must not interrupt typing.
pub fn say_after_pause(words: String, said: RwSignal<String>) {
    let pause = set_timeout(
        move || {
            let _ = said.try_set(words);
        },
        Duration::from_millis(1_000),
    );
    if let Some(before) = PAUSE.replace(pause.ok()) {
        before.clear();
    }
}

/// What a password manager or a quick typist put into a field before the script came counts as typed.
pub fn typed_before(id: &'static str, typed: impl Fn(String) + 'static) {
    let _ = request_animation_frame(move || {
        let input =
            document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(value) = input.map(|input| input.value()).filter(|value| !value.is_empty()) {
            typed(value);
        }
    });
}
