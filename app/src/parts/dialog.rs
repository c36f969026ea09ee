use crate::text::flows;
use crate::wire::Flow;
use crate::wizard::desk;
use leptos::prelude::*;

/// Back was pressed inside a flow: continue (default) or end it. Exists only where WASM runs.
#[component]
pub fn BackDialog() -> impl IntoView {
    let desk = desk();
    move || {
        desk.leaving.get().then(|| {
            view! {
                <dialog class="dialog" id="back-dialog" aria-labelledby="back-head" on:cancel=move |_: leptos::ev::Event| desk.leaving.set(false)>
                    <h2 id="back-head">{flows::BACK_HEAD}</h2>
                    <p>{flows::BACK_BODY}</p>
                    <div class="dialog-buttons">
                        <button class="button" type="button" autofocus on:click=move |_| desk.leaving.set(false)>{flows::CONTINUE}</button>
                        <button class="button quiet" type="button" on:click=move |_| { desk.leaving.set(false); desk.post(&[("act", "abandon")]); }>{flows::ABANDON}</button>
                    </div>
                </dialog>
            }
        })
    }
}

/// Two minutes before a flow ends for lack of action: one press extends it.
#[component]
pub fn IdleDialog() -> impl IntoView {
    let desk = desk();
    let near = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    crate::client::watch_idle(desk, near);
    let (head, body, extend) = match desk.page().flow {
        Flow::Session | Flow::Account => (flows::SESSION_HEAD, flows::SESSION_BODY, flows::SESSION_EXTEND),
        _ => (flows::IDLE_HEAD, flows::IDLE_BODY, flows::IDLE_EXTEND),
    };
    move || {
        near.get().then(|| {
            view! {
                <dialog class="dialog" id="idle-dialog" aria-labelledby="idle-head" on:cancel=move |_: leptos::ev::Event| { near.set(false); desk.post(&[("act", "extend")]); }>
                    <h2 id="idle-head">{head}</h2>
                    <p>{body}</p>
                    <div class="dialog-buttons">
                        <button class="button" type="button" autofocus on:click=move |_| { near.set(false); desk.post(&[("act", "extend")]); }>{extend}</button>
                    </div>
                </dialog>
            }
        })
    }
}
