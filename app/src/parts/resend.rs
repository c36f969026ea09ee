//! The button that asks for another mail, with the wait before it.

use super::LiveText;
use super::form::StepFields;
use super::post::submit;
use crate::flow_context::flow_context;
use crate::text::flows;
use crate::wire::{Action, Form, Millis};
use leptos::prelude::*;

/// The resend button with its wait. Without script, the answer names the wait if the button is pressed too early.
#[component]
pub fn Resend(label: &'static str, resend_at: Option<Millis>) -> impl IntoView {
    let context = flow_context();
    let page = context.page();
    let wait = RwSignal::new(resend_at.map_or(String::new(), |at| wait_until(at, page.now)));
    #[cfg(feature = "hydrate")]
    if let Some(at) = resend_at {
        crate::client::every_second(move |now| wait.set(wait_until(at, now)));
    }
    resend_at.map(|_| {
        view! {
            <form class="resend" method="post" action=page.flow.address() on:submit=move |sent| submit(context, &sent)>
                <StepFields/>
                <input type="hidden" name=Form::ACTION value=Action::Resend.as_str()/>
                <button class="button quiet" type="submit">{label}</button>
                <span class="resend-wait">
                    <LiveText text=Box::new(move || wait.get())/>
                </span>
            </form>
        }
    })
}

/// Returns the wait in words, in full seconds. It is empty once the wait is over.
fn wait_until(at: Millis, now: Millis) -> String {
    let seconds = (at - now + 999).div_euclid(1_000);
    if seconds > 0 { flows::resend_in(seconds) } else { String::new() }
}
