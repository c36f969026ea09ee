use crate::parts::{Centre, CopyValue, StepForm, Submit};
use crate::text::flows;
use leptos::prelude::*;

/// Identified, and there is an account.
#[component]
pub fn AlreadyRegistered(user_id: String) -> impl IntoView {
    view! {
        <p class="lead">{flows::ALREADY_LEAD}</p>
        <CopyValue name=flows::USER_ID value=user_id/>
        <p><a class="button" href="/sign-in">{flows::SIGN_IN}</a></p>
        <p><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></p>
    }
}

/// Identified, but there is no address that mail can go to.
#[component]
pub fn NoEmail() -> impl IntoView {
    view! {
        <p class="lead">{flows::NO_EMAIL_LEAD}</p>
        <p>{flows::NO_EMAIL_DO}</p>
        <Centre/>
        <p><a href="/">{flows::GUIDE}</a></p>
    }
}

/// The account exists; signing in is next.
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
        {if masked {
            view! {
                <p class="lead">"ユーザーIDの一部を隠して表示しています。すべての文字は、登録のメールアドレスにお送りしたメールでご確認ください。"</p>
                <p class="copy-value">{user_id}</p>
            }.into_any()
        } else {
            view! {
                <p class="lead">"ご契約者さまのユーザーIDは、次のとおりです。確認のお知らせを、このアドレスにメールでお送りしました。"</p>
                <CopyValue name=flows::USER_ID value=user_id/>
            }.into_any()
        }}
        <StepForm><Submit label=flows::SIGN_IN/></StepForm>
        <p><a href="/password-reset">{flows::FORGOT_PASSWORD}</a></p>
    }
}

/// Identified by an inquiry, but never enrolled: enrolment goes on from the password.
#[component]
pub fn NotEnrolled(user_id: String) -> impl IntoView {
    view! {
        <p class="lead">"変更日以降の登録が、まだ済んでいません。このままパスワードの登録へ進めます。本人確認をやり直す必要はありません。"</p>
        <CopyValue name="登録に使うユーザーID" value=user_id/>
        <StepForm><Submit label="パスワードの登録へ進む"/></StepForm>
    }
}
