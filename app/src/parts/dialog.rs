use super::LiveText;
use crate::text::flows;
use crate::wire::Flow;
use crate::wizard::{Desk, desk};
use leptos::prelude::*;

/// The dialog after "back" was pressed inside a flow: continue (the default) or end it. Script alone opens it.
#[component]
pub fn BackDialog() -> impl IntoView {
    let desk = desk();
    view! {
        <dialog class="dialog" id="back-dialog" aria-labelledby="back-head">
            <h2 id="back-head">{flows::BACK_HEAD}</h2>
            <p>{flows::BACK_BODY}</p>
            <div class="dialog-buttons">
                <button class="button" type="button" autofocus on:click=move |_| close("back-dialog")>{flows::CONTINUE}</button>
                <button class="button quiet" type="button" on:click=move |_| { close("back-dialog"); desk.post(&[("act", "abandon")]); }>{flows::ABANDON}</button>
            </div>
        </dialog>
    }
}

/// The dialog before a flow or a session ends because nobody acts. One press extends it. If the end cannot be put off, the dialog
/// only announces it. Script alone opens it.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let desk = desk();
    let near = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::client::watch_idle(desk, near);
    let press = move || {
        close("idle-dialog");
        near.set(false);
        // This end is not announced again: the answer brings a later one, or none.
        desk.let_end.set_value(desk.ends_at.get_value());
        if !desk.ends_for_good.get_value() {
            desk.post(&[("act", "extend")]);
        }
    };
    // What it says depends on which end is near.
    let told = move || {
        near.track();
        words(desk)
    };
    view! {
        <dialog class="dialog" id="idle-dialog" aria-labelledby="idle-head" on:cancel=move |_: leptos::ev::Event| press()>
            <h2 id="idle-head"><LiveText text=Box::new(move || told().0.to_owned())/></h2>
            <p><LiveText text=Box::new(move || told().1)/></p>
            <div class="dialog-buttons">
                <button class="button" type="button" autofocus on:click=move |_| press()><LiveText text=Box::new(move || told().2.to_owned())/></button>
            </div>
        </dialog>
    }
}

fn words(desk: Desk) -> (&'static str, String, &'static str) {
    match desk.page().flow {
        Flow::Session | Flow::Account if desk.ends_for_good.get_value() => {
            (flows::SESSION_HEAD, flows::session_over_body(&desk.spans), flows::CLOSE)
        }
        Flow::Session | Flow::Account => (flows::SESSION_HEAD, flows::SESSION_BODY.to_owned(), flows::SESSION_EXTEND),
        _ => (flows::IDLE_HEAD, flows::idle_body(&desk.spans), flows::IDLE_EXTEND),
    }
}

#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser has dialogs"))]
fn close(id: &str) {
    #[cfg(feature = "hydrate")]
    crate::client::close_dialog(id);
}
