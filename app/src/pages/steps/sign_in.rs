//! The first step of sign-in.

use crate::parts::{CurrentPassword, StepForm, Submit, TextField};
use crate::text::flows;
use crate::wire::Field;
use leptos::prelude::*;

/// The first step of sign-in.
#[component]
pub fn SignIn(user_id: String, enrolling: bool) -> impl IntoView {
    view! {
        <p class="lead">{if enrolling { flows::SIGN_IN_ENROLLING } else { flows::SIGN_IN_LEAD }}</p>
        <StepForm>
            <TextField field=Field::UserId inputmode="email" autocomplete="username" fold=fold_user_id value=user_id/>
            <CurrentPassword label=flows::PASSWORD/>
            <Submit label=flows::NEXT_SIGN_IN/>
        </StepForm>
        <ul class="ways">
            <li><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></li>
            <li><a href="/user-id">{flows::FORGOT_USER_ID}</a></li>
            <li><a href="/enrol">{flows::FIRST_TIME}</a></li>
        </ul>
    }
}

pub(super) fn fold_user_id(typed: &str) -> String {
    rules::user_id::UserId::parse(typed).map_or_else(|_| typed.to_owned(), |id| id.as_str().to_owned())
}
