use super::Centre;
use crate::wire::{Millis, Problem};
use crate::wizard::desk;
use leptos::prelude::*;

/// The contact centre, for a mail that does not come: shown once the mail is late, or at once where it was refused or no
/// further one can go. Without
/// script nothing can appear later, so there it stands from the start.
#[component]
pub fn LateCentre(since: Millis) -> impl IntoView {
    let desk = desk();
    let due = since + desk.spans.mail_help;
    let page = desk.page();
    let spent = page.problems.iter().any(|found| matches!(found.problem, Problem::MailsUntil(_)));
    let late = RwSignal::new(spent || page.now >= due);
    #[cfg(feature = "hydrate")]
    crate::client::every_second(move |now| {
        if now >= due && !late.get_untracked() {
            late.set(true);
        }
    });
    view! {
        <div class="late" class:due=move || late.get() || desk.refused.get()>
            <Centre/>
        </div>
    }
}
