//! The contact centre beside a mail that does not arrive.

use super::ContactCentre;
use crate::flow_context::flow_context;
use crate::wire::{Millis, Problem};
use leptos::prelude::*;

/// The contact centre, for a mail that does not arrive. It appears once the mail is late, or at once if the mail was refused or
/// no further one can be sent. Without script nothing can appear later, so it is shown from the start there.
#[component]
pub fn LateContactCentre(since: Millis) -> impl IntoView {
    let context = flow_context();
    let due = since + context.timeouts.mail_help;
    let page = context.page();
    let spent = page.problems.iter().any(|found| matches!(found.problem, Problem::MailsUntil(_)));
    let late = RwSignal::new(spent || page.now >= due);
    #[cfg(feature = "hydrate")]
    crate::client::every_second(move |now| {
        if now >= due && !late.get_untracked() {
            late.set(true);
        }
    });
    view! {
        <div class="late" class:due=move || late.get() || context.refused.get()>
            <ContactCentre/>
        </div>
    }
}
