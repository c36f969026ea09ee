//! What an identity check or an enrolment comes to.

use crate::flow_context::flow_context;
use crate::parts::{ContactCentre, CopyValue, Fact, Facts, StepForm, Submit};
use crate::text::flows;
use leptos::prelude::*;

/// The customer was identified and already has an account.
#[component]
pub fn AlreadyRegistered(user_id: String, masked: bool) -> impl IntoView {
    view! {
        <p class="lead">{if masked { flows::ALREADY_MASKED } else { flows::ALREADY_LEAD }}</p>
        <UserId name=flows::USER_ID user_id masked/>
        <p><a class="button" href="/sign-in">{flows::SIGN_IN}</a></p>
        {masked.then(|| view! { <p><a href="/user-id">{flows::FORGOT_USER_ID}</a></p> })}
        <p><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></p>
    }
}

/// The customer was identified but has no address that mail can go to.
#[component]
pub fn NoEmail() -> impl IntoView {
    view! {
        <p class="lead">{flows::NO_EMAIL_LEAD}</p>
        <p>{flows::NO_EMAIL_DO}</p>
        <ContactCentre/>
        <p><a href="/">{flows::GUIDE}</a></p>
    }
}

/// The account exists. Signing in is next.
#[component]
pub fn Created(user_id: String) -> impl IntoView {
    view! {
        <p class="lead">{flows::CREATED_LEAD}</p>
        <CopyValue name=flows::USER_ID value=user_id/>
        <StepForm><Submit label=flows::TO_SIGN_IN/></StepForm>
    }
}

/// The answer to a user ID inquiry.
#[component]
pub fn UserIdShown(user_id: String, masked: bool) -> impl IntoView {
    view! {
        <p class="lead">{if masked { flows::SHOWN_MASKED } else { flows::SHOWN_LEAD }}</p>
        <UserId name=flows::USER_ID user_id masked/>
        <StepForm><Submit label=flows::SIGN_IN/></StepForm>
        <p><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></p>
    }
}

/// An inquiry identified the customer, who has no account yet. The enrolment continues with the password.
#[component]
pub fn NotEnrolled(user_id: String, masked: bool) -> impl IntoView {
    view! {
        <p class="lead">{flows::not_enrolled(&flow_context().brand())}</p>
        <UserId name=flows::ENROLS_WITH user_id masked/>
        <StepForm><Submit label=flows::TO_PASSWORD/></StepForm>
    }
}

/// A user ID that can be copied, unless it is masked and so useless elsewhere.
#[component]
fn UserId(name: &'static str, user_id: String, masked: bool) -> impl IntoView {
    if masked {
        view! { <Facts><Fact name value=user_id/></Facts> }.into_any()
    } else {
        view! { <CopyValue name value=user_id/> }.into_any()
    }
}
