//! Renewing a contract.

use crate::parts::{Ordered, Points};
use crate::text::help::renewal;
use leptos::prelude::*;

pub(super) fn body() -> AnyView {
    view! {
        <p class="lead">{renewal::lead()}</p>
        <section>
            <h2>{renewal::HOW_HEAD}</h2>
            <Ordered items=&renewal::HOW/>
            <p><a href="/portal">{renewal::TO_PORTAL}</a></p>
        </section>
        <section>
            <h2>{renewal::AFTER_HEAD}</h2>
            <Points items=&renewal::AFTER/>
        </section>
        <section>
            <h2>{renewal::NOT_HEAD}</h2>
            <Points items=renewal::reasons()/>
        </section>
        <section>
            <h2>{renewal::REMINDER_HEAD}</h2>
            <p>{renewal::reminders()}</p>
        </section>
    }
    .into_any()
}
