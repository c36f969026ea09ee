//! Too many tries: how long to wait, and what helps at once.

use crate::parts::Points;
use crate::text::help::locked;
use leptos::prelude::*;
use rules::limits::{Limits, password_wait_ms};

pub(super) fn body(limits: &Limits) -> AnyView {
    view! {
        <p class="lead">{locked::LEAD}</p>
        <section>
            <h2>{locked::PASSWORD_HEAD}</h2>
            <Points items=locked::password(limits)/>
            <Waits limits=limits.clone()/>
            <p>{locked::KNOWN_BROWSER}</p>
            <h3>{locked::AT_ONCE_HEAD}</h3>
            <p>{locked::AT_ONCE}</p>
            <p><a class="button" href="/password-reset">{locked::RESET}</a></p>
        </section>
        <section>
            <h2>{locked::CODE_HEAD}</h2>
            <Points items=locked::code(limits)/>
        </section>
        <section>
            <h2>{locked::IDENTITY_HEAD}</h2>
            <Points items=locked::identity(limits)/>
            <p><a href="/help/contract-number">{locked::NUMBERS}</a></p>
        </section>
        <section>
            <h2>{locked::MAIL_HEAD}</h2>
            <p>{locked::mail(limits)}</p>
        </section>
        <section class="warning">
            <h2>{locked::NOTICE_HEAD}</h2>
            <p>{locked::NOTICE}</p>
        </section>
    }
    .into_any()
}

/// The waits by the number of wrong passwords, from the rule that makes them.
#[component]
fn Waits(limits: Limits) -> impl IntoView {
    let first = limits.password_wrong_before_wait;
    let longest = (first..limits.password_wrong_before_reset)
        .find(|wrong| password_wait_ms(*wrong, &limits) >= limits.password_wait_max_ms)
        .unwrap_or(first);
    let rows = (first..=longest)
        .map(|wrong| {
            let (times, wait) = locked::row(wrong, password_wait_ms(wrong, &limits), wrong == longest);
            view! { <tr><th scope="row">{times}</th><td>{wait}</td></tr> }
        })
        .collect_view();
    view! {
        <table class="waits">
            <caption>{locked::WAITS}</caption>
            <thead><tr><th scope="col">{locked::TIMES}</th><th scope="col">{locked::WAIT}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
