use crate::parts::{Centre, Press};
use crate::text::{flows, state};
use crate::wire::{Flow, Over};
use crate::wizard::desk;
use leptos::prelude::*;

/// The flow is over: what happened, and what to do next.
#[component]
pub fn Ended(end: Over) -> impl IntoView {
    let desk = desk();
    let page = desk.page();
    let explanation = state::explanation(end, page.now, &desk.spans);
    let sign_in = matches!(end, Over::Done | Over::LinkUsed | Over::LinkReplaced);
    let restart = match page.flow {
        Flow::Link => view! {
            <p><a class="button quiet" href="/enrol">"はじめてのログインをやり直す"</a></p>
            <p><a class="button quiet" href="/password-reset">"パスワードの再設定をやり直す"</a></p>
        }
        .into_any(),
        Flow::SignIn => view! { <Press act="restart" label="もう一度ログインする" class="button"/> }.into_any(),
        _ => {
            view! { <Press act="restart" label=flows::RESTART class=if sign_in { "button quiet" } else { "button" }/> }
                .into_any()
        }
    };
    view! {
        <p class="lead">{explanation}</p>
        {sign_in.then(|| view! { <p><a class="button" href="/sign-in">{flows::TO_SIGN_IN}</a></p> })}
        {restart}
        {matches!(end, Over::AccountWait(_)).then(|| view! { <p><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></p> })}
        <p><a href="/">{flows::GUIDE}</a></p>
        {matches!(end, Over::AccountWait(_) | Over::Disowned | Over::LinkUnknown).then(|| view! { <Centre/> })}
    }
}
