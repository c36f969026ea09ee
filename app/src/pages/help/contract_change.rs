//! Asking for a change of a contract.

use crate::parts::{Ordered, Points};
use crate::text::help::contract_change as change;
use leptos::prelude::*;

pub(super) fn body() -> AnyView {
    view! {
        <p class="lead">{change::LEAD}</p>
        <section>
            <h2>{change::WHAT_HEAD}</h2>
            <p>{change::what()}</p>
            <p>{change::WHAT_NOT}</p>
        </section>
        <section>
            <h2>{change::HOW_HEAD}</h2>
            <Ordered items=&change::HOW/>
            <p><a href="/portal">{change::TO_PORTAL}</a></p>
        </section>
        <section>
            <h2>{change::AFTER_HEAD}</h2>
            <Points items=&change::AFTER/>
        </section>
    }
    .into_any()
}
