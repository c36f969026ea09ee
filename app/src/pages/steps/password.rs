use crate::parts::{CopyValue, CurrentPassword, NewPassword, StepForm, Submit};
use crate::text::flows;
use crate::wire::PasswordAbout;
use leptos::prelude::*;

/// The user ID is shown, a password is chosen under live rules.
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

/// Inside the portal: the present password as proof, and the new one.
#[component]
pub fn ChangePassword(about: PasswordAbout) -> impl IntoView {
    let user_id = about.user_id.clone();
    view! {
        <StepForm>
            <UserIdForManagers user_id/>
            <CurrentPassword label="今のパスワード"/>
            <NewPassword label="新しいパスワード" about/>
            <Submit label=flows::CHANGE_PASSWORD/>
        </StepForm>
    }
}

/// Password managers file a password under the user ID in the same form. Not shown twice to people.
#[component]
pub fn UserIdForManagers(user_id: String) -> impl IntoView {
    view! {
        <input class="for-managers" type="text" name="username" value=user_id autocomplete="username" readonly tabindex="-1" aria-hidden="true"/>
    }
}
