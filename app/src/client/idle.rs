//! The time without action that a flow or a session lives: warned before the end, and shown as over when it is.

use super::{focus, post, timers};
use crate::flow_context::FlowContext;
use crate::parts::IDLE_DIALOG;
use crate::wire::Flow;
use leptos::prelude::*;

/// How long after the end the state is asked for, and how often again while nobody answers, in milliseconds.
const ASK_AFTER: i64 = 1_000;
const ASK_EVERY: i64 = 5_000;

/// Sets `near` while the flow or session is about to end.
pub fn watch_idle(context: FlowContext, near: RwSignal<bool>) {
    let warning = match context.page().flow {
        Flow::Session | Flow::Account => context.timeouts.session_warning,
        _ => context.timeouts.flow_warning,
    };
    let asked_at = StoredValue::new(0);
    timers::every_second(move |now| {
        let ends_at = context.ends_at.get_value();
        let close = ends_at.is_some_and(|ends_at| now >= ends_at - warning && now < ends_at);
        let open = close && context.let_end.get_value() != ends_at;
        if open != near.get_untracked() {
            if open {
                near.set(true);
                focus::open_dialog(IDLE_DIALOG);
            } else {
                focus::close_dialog(IDLE_DIALOG);
                near.set(false);
            }
        }
        // Until somebody answers: what has ended must not stay on the screen.
        let over = ends_at.is_some_and(|ends_at| now > ends_at + ASK_AFTER);
        if over && now >= asked_at.get_value() + ASK_EVERY {
            asked_at.set_value(now);
            post::look(context);
        }
    });
}
