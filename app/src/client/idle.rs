//! The flow's 30 minutes: warned two minutes before the end, and shown as over when they are.

use super::{focus, post, timers};
use crate::wizard::Desk;
use leptos::prelude::*;

/// How long before the end the person is asked, in milliseconds (spec section 3).
const WARN_BEFORE: i64 = 2 * 60_000;

/// Sets `near` while the flow is about to end.
pub fn watch_idle(desk: Desk, near: RwSignal<bool>) {
    timers::every_second(move |now| {
        let Some(ends_at) = desk.ends_at.get_value() else {
            near.set(false);
            return;
        };
        let close = now >= ends_at - WARN_BEFORE && now < ends_at;
        if close != near.get_untracked() {
            near.set(close);
            if close {
                focus::open_dialog("idle-dialog");
            }
        }
        if now > ends_at + 1_000 {
            desk.ends_at.set_value(None);
            post::look(desk);
        }
    });
}
