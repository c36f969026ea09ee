//! The code is refused.

use crate::parts::Points;
use crate::text::help::code;
use leptos::prelude::*;

pub(super) fn body() -> AnyView {
    view! {
        <p class="lead">{code::LEAD}</p>
        <section>
            <h2>{code::NEWEST_HEAD}</h2>
            <Points items=&code::NEWEST/>
            <p><a href="/help/mail">{code::NOT_ARRIVED}</a></p>
        </section>
        <section>
            <h2>{code::TIME_HEAD}</h2>
            <Points items=&code::TIME/>
        </section>
        <section>
            <h2>{code::TYPED_HEAD}</h2>
            <Points items=&code::TYPED/>
        </section>
        <section>
            <h2>{code::TRIES_HEAD}</h2>
            <Points items=&code::TRIES/>
            <p><a href="/sign-in">{code::AGAIN}</a></p>
        </section>
        <section>
            <h2>{code::USED_HEAD}</h2>
            <p>{code::USED}</p>
        </section>
        <section>
            <h2>{code::RESEND_HEAD}</h2>
            <Points items=&code::RESEND/>
        </section>
        <section class="warning">
            <h2>{code::SAFE_HEAD}</h2>
            <Points items=&code::SAFE/>
            <p><a href="/password-reset">{code::RESET}</a></p>
        </section>
    }
    .into_any()
}
