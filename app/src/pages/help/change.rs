//! Changing the user ID or the password.

use crate::parts::{Ordered, Points};
use crate::text::help::change;
use leptos::prelude::*;
use rules::limits::Limits;

pub(super) fn body(limits: &Limits) -> AnyView {
    view! {
        <p class="lead">{change::LEAD}</p>
        <section>
            <h2>{change::USER_ID_HEAD}</h2>
            <Points items=&change::USER_ID/>
            <p>{change::USER_ID_EARLY}</p>
        </section>
        <section>
            <h2>{change::KNOWN_HEAD}</h2>
            <Ordered items=&change::KNOWN/>
            <p><a href="/portal/account">{change::TO_ACCOUNT}</a></p>
        </section>
        <section>
            <h2>{change::UNKNOWN_HEAD}</h2>
            <Ordered items=change::unknown(limits)/>
            <p><a href="/password-reset">{change::TO_RESET}</a></p>
        </section>
        <p>{change::NOTICE}</p>
        <section>
            <h2>{change::GOOD_HEAD}</h2>
            <Points items=&change::GOOD/>
        </section>
    }
    .into_any()
}
