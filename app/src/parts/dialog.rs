use crate::text::flows;
use crate::wire::Flow;
use crate::wizard::{Desk, desk};
use leptos::prelude::*;

/// Back was pressed inside a flow: continue (default) or end it. Exists only where WASM runs.
#[component]
pub fn BackDialog() -> impl IntoView {
    let desk = desk();
    let stay = move || {
        close("back-dialog");
        desk.leaving.set(false);
    };
    move || {
        desk.leaving.get().then(|| {
            view! {
                <dialog class="dialog" id="back-dialog" aria-labelledby="back-head" on:cancel=move |_: leptos::ev::Event| stay()>
                    <h2 id="back-head">{flows::BACK_HEAD}</h2>
                    <p>{flows::BACK_BODY}</p>
                    <div class="dialog-buttons">
                        <button class="button" type="button" autofocus on:click=move |_| stay()>{flows::CONTINUE}</button>
                        <button class="button quiet" type="button" on:click=move |_| { stay(); desk.post(&[("act", "abandon")]); }>{flows::ABANDON}</button>
                    </div>
                </dialog>
            }
        })
    }
}

/// Before a flow or a session ends for lack of action: one press extends it. An end that comes all the same is only told.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let desk = desk();
    let near = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::client::watch_idle(desk, near);
    let press = move || {
        close("idle-dialog");
        near.set(false);
        // Not asked about again: the answer brings another end, or there is none.
        desk.let_end.set_value(desk.ends_at.get_value());
        if !desk.ends_for_good.get_value() {
            desk.post(&[("act", "extend")]);
        }
    };
    move || {
        near.get().then(|| {
            let (head, body, label) = words(desk);
            view! {
                <dialog class="dialog" id="idle-dialog" aria-labelledby="idle-head" on:cancel=move |_: leptos::ev::Event| press()>
                    <h2 id="idle-head">{head}</h2>
                    <p>{body}</p>
                    <div class="dialog-buttons">
                        <button class="button" type="button" autofocus on:click=move |_| press()>{label}</button>
                    </div>
                </dialog>
            }
        })
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
