//! The page of a mailed link, in each state that the link can be in.

use super::password::UserIdForManagers;
use crate::parts::{ActionButton, CopyValue, Fact, Facts, NewPassword, StepForm, Submit, TextField};
use crate::text::{flows, link, time};
use crate::wire::{Action, Brand, Field, LinkKind, LinkSubject, PasswordAbout};
use leptos::prelude::*;

/// What was requested, when, and from what kind of device.
#[component]
fn RequestContext(request: LinkSubject, #[prop(optional)] phone: bool) -> impl IntoView {
    view! {
        <p class="lead">{link::lead(request.kind, phone)}</p>
        <Facts>
            <Fact name=flows::USER_ID value=request.user_id/>
            <Fact name=link::ASKED_AT value=time::date_and_clock(request.asked_at)/>
            <Fact name=link::DEVICE value=request.device/>
            <Fact name=link::UNTIL value=time::date_and_clock(request.expires_at)/>
        </Facts>
    }
}

/// The button 「心当たりがない」, which revokes the link.
#[component]
fn NotMe() -> impl IntoView {
    view! {
        <section class="aside">
            <p>{link::NOT_ME_WHY}</p>
            <ActionButton action=Action::Disown label=link::NOT_ME/>
        </section>
    }
}

/// The page of an enrolment link, before anything happens. It has one button that posts.
#[component]
pub fn Confirm(request: LinkSubject) -> impl IntoView {
    view! {
        <RequestContext request/>
        <StepForm><Submit label=link::CONFIRM/></StepForm>
        <NotMe/>
    }
}

/// The page of a reset link: the new password with its rules, and the phone number as a second proof where that is configured.
#[component]
pub fn NewResetPassword(request: LinkSubject, about: PasswordAbout, phone: bool) -> impl IntoView {
    let user_id = about.user_id.clone();
    view! {
        <RequestContext request phone/>
        <StepForm>
            <UserIdForManagers user_id/>
            {phone.then(|| view! { <TextField field=Field::Phone hint=flows::PHONE_HINT inputmode="tel" autocomplete="tel-national" fold=super::identity::fold_phone/> })}
            <NewPassword label=flows::NEW_PASSWORD about/>
            <p class="hint">{flows::RULES_WHY}</p>
            <Submit label=flows::CHANGE_PASSWORD/>
        </StepForm>
        <NotMe/>
    }
}

/// The page after the link did its work in this browser. The screen that waited for it has moved on by itself. If it is in this
/// browser, the procedure continues here.
#[component]
pub fn Done(kind: LinkKind, user_id: String, here: bool) -> impl IntoView {
    let brand = use_context::<Brand>().unwrap_or_default();
    let address = format!("{}/sign-in", brand.public_url);
    let (lead, or_here) = match kind {
        LinkKind::Enrolment if here => (flows::CREATED_LEAD, None),
        LinkKind::Enrolment => (link::ORIGINAL_MOVED, Some(link::OR_HERE)),
        LinkKind::Reset => (link::RESET_DONE, Some(link::ELSEWHERE)),
    };
    view! {
        <p class="lead">{lead}</p>
        <CopyValue name=flows::USER_ID value=user_id/>
        {or_here.map(|text| view! { <p>{text}</p><CopyValue name=link::SIGN_IN_ADDRESS value=address/> })}
        <StepForm><Submit label=flows::TO_SIGN_IN/></StepForm>
    }
}

/// The page after the person who received the mail revoked the link.
#[component]
pub fn Disowned() -> impl IntoView {
    view! {
        <p class="lead">{link::DISOWNED}</p>
        <p>{link::DISOWNED_CARE}</p>
        <crate::parts::ContactCentre/>
        <p><a href="/">{flows::GUIDE}</a></p>
    }
}
