//! The identity check, with which enrolment and user ID inquiry begin.

use crate::parts::{StepForm, Submit, TextField};
use crate::text::flows;
use crate::wire::Field;
use leptos::prelude::*;

/// The identity check: one number of the contract, the policyholder's kana name and a phone number.
#[component]
pub fn Identity() -> impl IntoView {
    view! {
        <p class="lead">{flows::IDENTITY_LEAD}</p>
        <StepForm>
            <TextField field=Field::Number hint=flows::NUMBER_HINT fold=fold_number/>
            <p class="below-field"><a href="/help/contract-number" target="_blank">{flows::NUMBER_HELP}</a></p>
            <TextField field=Field::Kana hint=flows::KANA_HINT fold=rules::kana::fold/>
            <TextField field=Field::Phone hint=flows::PHONE_HINT inputmode="tel" autocomplete="tel-national" fold=fold_phone/>
            <Submit label=flows::NEXT/>
        </StepForm>
    }
}

fn fold_number(typed: &str) -> String {
    rules::contract_number::ContractNumber::parse(typed)
        .map_or_else(|_| typed.to_owned(), |number| number.as_str().to_owned())
}

pub(super) fn fold_phone(typed: &str) -> String {
    rules::phone::PhoneNumber::parse(typed).map_or_else(|_| typed.to_owned(), |phone| phone.as_str().to_owned())
}
