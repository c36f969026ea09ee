//! The second step of sign-in.

use crate::parts::{
    ActionButton, DeliveryLine, Fact, Facts, LateContactCentre, LiveText, Resend, StepForm, Submit, TextField,
};
use crate::text::flows;
use crate::wire::{Action, CodeWait, Field, Flow};
use leptos::prelude::*;

/// The second step of sign-in: six digits by mail.
#[component]
pub fn Code(wait: CodeWait) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    crate::client::every_second(move |now| {
        // Screen readers announce it once, politely, for those who do not watch the clock.
        let last_minute = (1..=60_000).contains(&(wait.valid_until - now));
        if last_minute && said.with_untracked(String::is_empty) {
            said.set(flows::CODE_MINUTE.to_owned());
        }
    });
    view! {
        <p class="lead">{flows::CODE_LEAD}</p>
        <StepForm>
            <TextField field=Field::Code hint=flows::CODE_HINT inputmode="numeric" autocomplete="one-time-code"/>
            <Submit label=flows::NEXT/>
        </StepForm>
        <p class="visually-hidden" role="status"><LiveText text=Box::new(move || said.get())/></p>
        <p class="hint">{flows::CODE_SAFE}</p>
        <Facts>
            <Fact name=flows::CODE_UNTIL value=flows::code_until(wait.valid_until)/>
            <Fact name=flows::MAIL_ADDRESS value=wait.masked_address/>
            <Fact name=flows::CODE_NTH value=flows::code_nth(wait.nth, wait.sent_at)/>
            <DeliveryLine/>
        </Facts>
        <section class="aside">
            <h2>{flows::CODE_HELP}</h2>
            <p class="without-script"><a href=Flow::SignIn.address()>{flows::CODE_RELOAD}</a></p>
            <p>{flows::what_to_look_for(&crate::flow_context::flow_context().brand())}</p>
            <p><a href="/help/code" target="_blank">{flows::CODE_HELP_LINK}</a></p>
            <Resend label=flows::CODE_RESEND resend_at=wait.resend_at/>
            {wait.resend_at.is_none().then(|| view! { <ActionButton action=Action::Abandon label=flows::SIGN_IN_AGAIN/> })}
            <LateContactCentre since=wait.sent_at/>
        </section>
    }
}
