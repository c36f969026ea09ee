//! Time in the browser follows the server's clock: the page says what time it was made.
//!
//! Timers are never taken back: one beat serves the whole page, and what is outdated does nothing when its time comes.

use super::elements::element;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlInputElement;

type Tick = Rc<dyn Fn(i64)>;

thread_local! {
    static AHEAD: Cell<i64> = const { Cell::new(0) };
    static PAUSES: Cell<u32> = const { Cell::new(0) };
    static NUMBER: Cell<u32> = const { Cell::new(0) };
    static TICKS: RefCell<Vec<(u32, Tick)>> = const { RefCell::new(Vec::new()) };
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

/// Calls `work` every `ms` milliseconds for as long as the page is open. The framework's own timers belong to the part that
/// asked for them and are taken back with it.
pub(super) fn every(ms: i32, work: impl Fn() + 'static) {
    let work = Closure::<dyn Fn()>::new(work).into_js_value();
    let _ = window().set_interval_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), ms);
}

/// Calls `work` before the next picture is drawn.
pub(super) fn next_frame(work: impl FnOnce() + 'static) {
    let _ = window().request_animation_frame(Closure::once_into_js(work).unchecked_ref());
}

/// Calls `tick` with the server's time every second for as long as the part is shown.
pub fn every_second(tick: impl Fn(i64) + 'static) {
    let number = NUMBER.get() + 1;
    NUMBER.set(number);
    TICKS.with_borrow_mut(|ticks| ticks.push((number, Rc::new(tick))));
    on_cleanup(move || TICKS.with_borrow_mut(|ticks| ticks.retain(|(other, _)| *other != number)));
}

/// Begins the beat that all parts follow.
pub(super) fn start() {
    every(1_000, beat);
}

fn beat() {
    let now = now();
    let due: Vec<u32> = TICKS.with_borrow(|ticks| ticks.iter().map(|(number, _)| *number).collect());
    for number in due {
        // One tick may end the part that another belongs to.
        let tick =
            TICKS.with_borrow(|ticks| ticks.iter().find(|(other, _)| *other == number).map(|(_, tick)| tick.clone()));
        if let Some(tick) = tick {
            tick(now);
        }
    }
}

/// Says `words` about a second after the last call: what is said politely must not interrupt typing.
pub fn say_after_pause(words: String, said: RwSignal<String>) {
    let pause = PAUSES.get().wrapping_add(1);
    PAUSES.set(pause);
    let say = Closure::once_into_js(move || {
        if PAUSES.get() == pause {
            let _ = said.try_set(words);
        }
    });
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(say.unchecked_ref(), 1_000);
}

/// What a password manager or a quick typist put into a field before the script came counts as typed.
pub fn typed_before(id: &'static str, typed: impl Fn(String) + 'static) {
    next_frame(move || {
        if let Some(value) =
            element::<HtmlInputElement>(id).map(|input| input.value()).filter(|value| !value.is_empty())
        {
            typed(value);
        }
    });
}
