//! What is entered for a renewal: what stays and what changes, how it is paid for, and the consent.

use super::procedure_form::{Abandon, ProcedureForm, ProcedureRef};
use super::request::Compare;
use crate::parts::{Fact, Facts};
use crate::port::{Contract, EntryProblem, Renewal};
use crate::text::{portal, procedures, requests};
use leptos::prelude::*;
use rules::{PaymentChoice, ProcedureStep};

/// The first step of a renewal.
#[component]
pub(super) fn Entry(
    form: ProcedureRef,
    contract: Contract,
    renewal: Renewal,
    choice: Option<PaymentChoice>,
    consent: bool,
    problems: Vec<EntryProblem>,
) -> impl IntoView {
    let abandon = form.clone();
    let error = |wanted: EntryProblem| problems.contains(&wanted).then(|| procedures::problem(&wanted));
    let (no_choice, no_consent) = (error(EntryProblem::NoChoice), error(EntryProblem::NoConsent));
    let (lacks_choice, lacks_consent) = (no_choice.is_some(), no_consent.is_some());
    let described = lacks_choice.then_some("choice-error");
    let choices = PaymentChoice::ALL
        .iter()
        .map(|each| {
            let id = Renewal::choice_id(*each);
            view! {
                <label class="option" for=id>
                    <input type="radio" id=id.clone() name=Renewal::CHOICE value=each.as_str() checked=choice == Some(*each) required/>
                    <span>{requests::payment(*each, &renewal.payment)}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <p class="lead">{procedures::renewal_lead(&contract.ends_on)}</p>
        <h2>{procedures::CHANGES}</h2>
        <Compare after=requests::NEXT_TERM lines=requests::renewal_changes(&renewal)/>
        <h2>{procedures::STAYS}</h2>
        <div class="fact-columns"><Facts>
            <Fact name=portal::PRODUCT value=contract.product/>
            <Fact name=portal::VEHICLE_NAME value=contract.vehicle/>
            <Fact name=portal::USAGE value=contract.usage/>
            <Fact name=portal::RIDER_SCOPE value=contract.rider_scope/>
            <Fact name=portal::BODILY_INJURY value=contract.bodily_injury/>
            <Fact name=portal::PROPERTY_DAMAGE value=contract.property_damage/>
            <Fact name=portal::PERSONAL_INJURY value=contract.personal_injury/>
            <Fact name=portal::VEHICLE_COVER value=contract.vehicle_cover/>
            <Fact name=portal::ROADSIDE value=contract.roadside/>
        </Facts></div>
        <ProcedureForm form step=ProcedureStep::Entry>
            <fieldset class="field options" class:has-error=lacks_choice aria-describedby=described>
                <legend class="label">{procedures::PAYMENT}" "<span class="required">{procedures::REQUIRED}</span></legend>
                {choices}
                {no_choice.map(|text| view! { <p class="error" id="choice-error">{text}</p> })}
            </fieldset>
            <div class="field" class:has-error=lacks_consent>
                <label class="option" for=Renewal::CONSENT>
                    <input
                        type="checkbox" id=Renewal::CONSENT name=Renewal::CONSENT value="yes" checked=consent required
                        aria-invalid=lacks_consent.then_some("true")
                        aria-describedby=lacks_consent.then_some("consent-error")
                    />
                    <span>{procedures::CONSENT}" "<span class="required">{procedures::REQUIRED}</span></span>
                </label>
                {no_consent.map(|text| view! { <p class="error" id="consent-error">{text}</p> })}
            </div>
            <button class="button" type="submit">{procedures::TO_CONFIRM}</button>
        </ProcedureForm>
        <div class="other-ways"><Abandon form=abandon step=ProcedureStep::Entry/></div>
    }
}
