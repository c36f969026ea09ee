//! The steps of a password reset before its link is opened.

use super::mail::OpenTheLink;
use crate::flow_context::flow_context;
use crate::parts::{ActionButton, Fact, Facts, LateContactCentre, Resend, StepForm, Submit, TextField};
use crate::text::{flows, time};
use crate::wire::{Action, Field, Millis};
use leptos::prelude::*;

/// Which account's password is to be reset?
#[component]
pub fn ResetUserId() -> impl IntoView {
    view! {
        <p class="lead">{flows::RESET_LEAD}</p>
        <StepForm>
            <TextField field=Field::UserId inputmode="email" autocomplete="username" fold=super::sign_in::fold_user_id/>
            <Submit label=flows::SEND/>
        </StepForm>
        <ul class="ways">
            <li><a href="/user-id">{flows::FORGOT_USER_ID}</a></li>
            <li><a href="/enrol">{flows::FIRST_TIME}</a></li>
        </ul>
    }
}

/// The same answer whether or not the user ID exists, and so without a delivery state.
#[component]
pub fn ResetSent(user_id: String, sent_at: Millis, resend_at: Option<Millis>) -> impl IntoView {
    let context = flow_context();
    let now = context.page().now;
    view! {
        <OpenTheLink>{flows::RESET_SENT_LEAD}</OpenTheLink>
        <Facts>
            <Fact name=flows::USER_ID value=user_id/>
            <Fact name=flows::MAIL_SENT_AT value=time::short(sent_at, now)/>
            <Fact name=flows::MAIL_UNTIL value=time::date_and_clock(sent_at + context.timeouts.link_life)/>
        </Facts>
        <p class="hint">{flows::what_to_look_for(&context.brand())}</p>
        <p>{flows::RESET_THEN}<a href="/sign-in">{flows::TO_SIGN_IN}</a></p>
        <section class="aside">
            <h2>{flows::MAIL_HELP}</h2>
            <p>{flows::RESET_CHECK_ID}</p>
            <ActionButton action=Action::Again label=flows::RESET_TYPE_AGAIN/>
            <p><a href="/user-id">{flows::FORGOT_USER_ID}</a></p>
            <p><a href="/help/mail" target="_blank">{flows::MAIL_HELP_LINK}</a></p>
            <Resend label=flows::MAIL_RESEND resend_at/>
            <LateContactCentre since=sent_at/>
        </section>
    }
}
