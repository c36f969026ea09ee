//! The forms of a procedure's steps, which its first step and its last have in common.

use super::addresses::procedure_address;
use crate::port::ContractId;
use crate::text::procedures;
use crate::wire::Form;
use leptos::prelude::*;
use rules::{ProcedureAction, ProcedureStep, RequestKind};

/// Which procedure a form is posted for.
#[derive(Clone)]
pub(super) struct ProcedureRef {
    pub kind: RequestKind,
    pub contract_id: ContractId,
    pub reference: String,
}

/// A form of a procedure's step. `action`: what its button asks for besides going on.
#[component]
pub(super) fn ProcedureForm(
    form: ProcedureRef,
    step: ProcedureStep,
    #[prop(optional)] action: Option<ProcedureAction>,
    children: Children,
) -> impl IntoView {
    view! {
        <form class="form" method="post" action=procedure_address(form.kind, &form.contract_id) novalidate>
            <input type="hidden" name=Form::STEP value=step.as_str()/>
            <input type="hidden" name=Form::REFERENCE value=form.reference/>
            <input type="hidden" name=Form::ACTION value=action.map_or("", ProcedureAction::as_str)/>
            {children()}
        </form>
    }
}

/// The button that gives the procedure up.
#[component]
pub(super) fn Abandon(form: ProcedureRef, step: ProcedureStep) -> impl IntoView {
    view! {
        <ProcedureForm form step action=ProcedureAction::Abandon>
            <button class="button quiet" type="submit">{procedures::ABANDON}</button>
        </ProcedureForm>
    }
}
