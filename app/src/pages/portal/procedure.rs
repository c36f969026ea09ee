//! The pages of a procedure: its frame, the last look before it is sent, and the receipt. What is entered has a file for each
//! procedure. Rendered by the server alone: the forms are posted plainly, and the browser side gets nothing of them.

use super::addresses::contract_address;
use super::menu::{Menu, Place};
use super::procedure_form::{Abandon, ProcedureForm, ProcedureRef};
use super::request::{Changes, Receipt};
use super::{change, renewal};
use crate::pages::shell::{DocumentProps, document};
use crate::parts::ContactCentre;
use crate::port::{EntryProblem, Procedure, ProcedureScreen, RequestDetails};
use crate::text::help::Topic;
use crate::text::{flows, procedures, requests};
use crate::wire::Brand;
use leptos::prelude::*;
use rules::{ProcedureAction, ProcedureStep, RequestKind};

/// The page of a procedure, or of a request that came of one.
#[must_use]
pub fn render(brand: &Brand, data: Procedure, mut props: DocumentProps) -> String {
    let heading = heading(&data);
    props.title = procedures::title(!data.problems.is_empty(), heading, brand);
    props.signed_in = true;
    props.follows_requests = matches!(data.screen, ProcedureScreen::Receipt(ref request) if request.state.is_open());
    document(brand, props, move || content(data, heading))
}

fn heading(data: &Procedure) -> &'static str {
    match &data.screen {
        ProcedureScreen::Confirm(_) => procedures::confirm_heading(data.kind),
        ProcedureScreen::Receipt(request) => requests::receipt_heading(data.kind, request.state),
        _ => requests::kind(data.kind),
    }
}

fn content(data: Procedure, heading: &'static str) -> AnyView {
    let Procedure { kind, contract, screen, reference, notice, problems } = data;
    let back = contract_address(&contract.id);
    let form =
        ProcedureRef { kind, contract_id: contract.id.clone(), reference: reference.clone().unwrap_or_default() };
    let under_way = screen.step().is_some_and(|step| !step.is_over());
    let first = screen.step() == Some(ProcedureStep::Entry);
    let vehicle = requests::which(&contract);
    let help = match kind {
        RequestKind::Renewal => Topic::Renewal,
        RequestKind::Change => Topic::ContractChange,
    };
    let summary = (!problems.is_empty()).then(|| view! { <Summary problems=problems.clone()/> });
    let step = match screen {
        ProcedureScreen::RenewalEntry { choice, consent, renewal } => {
            view! { <renewal::Entry form contract renewal choice consent problems/> }.into_any()
        }
        ProcedureScreen::ChangeEntry(items) => view! { <change::Entry form items problems/> }.into_any(),
        ProcedureScreen::Confirm(details) => view! { <Confirm form details/> }.into_any(),
        ProcedureScreen::Receipt(request) => view! { <Receipt request/> }.into_any(),
        ProcedureScreen::NotOffered(offer) => {
            view! { <p class="lead">{procedures::not_offered(offer)}</p><ContactCentre/> }.into_any()
        }
        ProcedureScreen::NotChangeable => {
            view! { <p class="lead">{procedures::NOT_CHANGEABLE}</p><ContactCentre/> }.into_any()
        }
    };
    view! {
        <Menu here=Place::Below/>
        <p class="way-back"><a href=back>{requests::BACK_TO_CONTRACT}</a></p>
        {summary}
        {notice.map(|notice| view! { <p class="notice" role="status" id="notice">{procedures::notice(notice)}</p> })}
        <h1 id="heading">{heading}</h1>
        <p class="hint">{vehicle}</p>
        {step}
        <ul class="ways"><li><a href=help.address() target="_blank">{help.title()}</a></li></ul>
        {under_way.then(|| {
            let kept = if first { procedures::CANNOT_SAVE } else { procedures::STILL_CANNOT_SAVE };
            view! { <p class="cannot-save">{kept}</p> }
        })}
        {reference.filter(|_| under_way).map(|reference| view! {
            <p class="reference">{flows::REFERENCE}<span>{reference}</span></p>
        })}
    }
    .into_any()
}

/// What has to be corrected, with links to the fields.
#[component]
fn Summary(problems: Vec<EntryProblem>) -> impl IntoView {
    let lines = problems
        .iter()
        .map(|found| {
            let field = format!("#{}", found.field_id());
            view! { <li><a href=field>{procedures::problem(found)}</a></li> }
        })
        .collect_view();
    view! {
        <div class="summary" role="alert" tabindex="-1" id="summary" autofocus>
            <h2>{procedures::SUMMARY_HEAD}</h2>
            <ul>{lines}</ul>
        </div>
    }
}

/// Everything once more, with the button that sends it.
#[component]
fn Confirm(form: ProcedureRef, details: RequestDetails) -> impl IntoView {
    let (correct, abandon) = (form.clone(), form.clone());
    view! {
        <p class="lead">{procedures::CONFIRM_LEAD}</p>
        <Changes details/>
        <ProcedureForm form step=ProcedureStep::Confirm>
            <button class="button" type="submit">{procedures::SEND}</button>
        </ProcedureForm>
        <div class="other-ways">
            <ProcedureForm form=correct step=ProcedureStep::Confirm action=ProcedureAction::Back>
                <button class="button quiet" type="submit">{procedures::CORRECT}</button>
            </ProcedureForm>
            <Abandon form=abandon step=ProcedureStep::Confirm/>
        </div>
    }
}
