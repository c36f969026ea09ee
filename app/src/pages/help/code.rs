//! The code is refused.

use crate::parts::Points;
use crate::text::help::code;
use leptos::prelude::*;
use rules::limits::Limits;

pub(super) fn body(limits: &Limits) -> AnyView {
    view! {
        <p class="lead">{code::LEAD}</p>
        <section>
            <h2>{code::NEWEST_HEAD}</h2>
            <Points items=&code::NEWEST/>
            <p><a href="/help/mail">{code::NOT_ARRIVED}</a></p>
        </section>
        <section>
            <h2>{code::time_head(limits)}</h2>
            <Points items=code::time(limits)/>
        </section>
        <section>
            <h2>{code::TYPED_HEAD}</h2>
            <Points items=&code::TYPED/>
        </section>
        <section>
            <h2>{code::tries_head(limits)}</h2>
            <Points items=code::tries(limits)/>
            <p><a href="/sign-in">{code::AGAIN}</a></p>
        </section>
        <section>
            <h2>{code::USED_HEAD}</h2>
            <p>{code::USED}</p>
        </section>
        <section>
            <h2>{code::RESEND_HEAD}</h2>
            <Points items=code::resend(limits)/>
        </section>
        <section class="warning">
            <h2>{code::SAFE_HEAD}</h2>
            <Points items=&code::SAFE/>
            <p><a href="/password-reset">{code::RESET}</a></p>
        </section>
    }
    .into_any()
}
