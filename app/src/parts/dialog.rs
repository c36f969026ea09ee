//! The dialogs that script opens over a step: before a flow is left, and before it ends.

use super::LiveText;
use super::post::post;
use crate::flow_context::{FlowContext, flow_context};
use crate::text::flows;
use crate::wire::{Action, Flow};
use leptos::prelude::*;

/// The id of the dialog that "back" opens.
pub const BACK_DIALOG: &str = "back-dialog";
/// The id of the dialog before an end for want of action.
pub const IDLE_DIALOG: &str = "idle-dialog";

/// The dialog after "back" was pressed inside a flow: continue (the default) or end it. Script alone opens it.
#[component]
pub fn BackDialog() -> impl IntoView {
    let context = flow_context();
    view! {
        <dialog class="dialog" id=BACK_DIALOG aria-labelledby="back-head">
            <h2 id="back-head">{flows::BACK_HEAD}</h2>
            <p>{flows::BACK_BODY}</p>
            <div class="dialog-buttons">
                <button class="button" type="button" autofocus on:click=move |_| close(BACK_DIALOG)>{flows::CONTINUE}</button>
                <button class="button quiet" type="button" on:click=move |_| { close(BACK_DIALOG); post(context, Action::Abandon); }>{flows::ABANDON}</button>
            </div>
        </dialog>
    }
}

/// The dialog before a flow or a session ends because nobody acts. One press extends it. If the end cannot be put off, the dialog
/// only announces it. Script alone opens it.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let context = flow_context();
    let near = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::client::watch_idle(context, near);
    let press = move || {
        close(IDLE_DIALOG);
        near.set(false);
        // This end is not announced again: the answer brings a later one, or none.
        context.let_end.set_value(context.ends_at.get_value());
        if !context.ends_for_good.get_value() {
            post(context, Action::Extend);
        }
    };
    // What it says depends on which end is near.
    let told = move || {
        near.track();
        words(context)
    };
    view! {
        <dialog class="dialog" id=IDLE_DIALOG aria-labelledby="idle-head" on:cancel=move |_: leptos::ev::Event| press()>
            <h2 id="idle-head"><LiveText text=Box::new(move || told().0.to_owned())/></h2>
            <p><LiveText text=Box::new(move || told().1)/></p>
            <div class="dialog-buttons">
                <button class="button" type="button" autofocus on:click=move |_| press()><LiveText text=Box::new(move || told().2.to_owned())/></button>
            </div>
        </dialog>
    }
}

fn words(context: FlowContext) -> (&'static str, String, &'static str) {
    match context.page().flow {
        Flow::Session | Flow::Account if context.ends_for_good.get_value() => {
            (flows::SESSION_HEAD, flows::session_over_body(&context.timeouts), flows::CLOSE)
        }
        Flow::Session | Flow::Account => (flows::SESSION_HEAD, flows::SESSION_BODY.to_owned(), flows::SESSION_EXTEND),
        _ => (flows::IDLE_HEAD, flows::idle_body(&context.timeouts), flows::IDLE_EXTEND),
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has dialogs"))]
fn close(id: &str) {
    #[cfg(feature = "hydrate")]
    crate::client::close_dialog(id);
}
