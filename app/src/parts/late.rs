use super::Centre;
use crate::wire::Millis;
use crate::wizard::desk;
use leptos::prelude::*;

/// The contact centre, for a mail that does not come: shown once the mail is late, or at once where it was refused. Without
/// script nothing can appear later, so there it stands from the start.
#[component]
pub fn LateCentre(sent_at: Millis) -> impl IntoView {
    let desk = desk();
    let due = sent_at + desk.spans.mail_help;
    let late = RwSignal::new(desk.page().now >= due);
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
