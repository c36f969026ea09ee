//! The steps at which a password is chosen: in an enrolment and in the portal.

use crate::parts::{CopyValue, CurrentPassword, NewPassword, StepForm, Submit};
use crate::text::flows;
use crate::wire::PasswordAbout;
use leptos::prelude::*;

/// The person sees the user ID and chooses a password under live rules.
#[component]
pub fn ChoosePassword(about: PasswordAbout) -> impl IntoView {
    let user_id = about.user_id.clone();
    view! {
        <CopyValue name=flows::YOUR_USER_ID value=user_id.clone()/>
        <p class="hint">{flows::USER_ID_CHANGE}</p>
        <StepForm>
            <UserIdForManagers user_id/>
            <NewPassword label=flows::PASSWORD_LABEL about/>
            <p class="hint">{flows::RULES_WHY}</p>
            <Submit label=flows::SEND/>
        </StepForm>
    }
}

/// The password change inside the portal: the present password as proof, and the new one.
#[component]
pub fn ChangePassword(about: PasswordAbout) -> impl IntoView {
    let user_id = about.user_id.clone();
    view! {
        <StepForm>
            <UserIdForManagers user_id/>
            <CurrentPassword label=flows::PRESENT_PASSWORD/>
            <NewPassword label=flows::NEW_PASSWORD about/>
            <Submit label=flows::CHANGE_PASSWORD/>
        </StepForm>
    }
}

/// The user ID for password managers, which store a password under the user ID in the same form. People do not see it twice.
#[component]
pub fn UserIdForManagers(user_id: String) -> impl IntoView {
    view! {
        <input class="for-managers" type="text" name="username" value=user_id autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
    }
}
