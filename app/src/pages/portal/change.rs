//! What is entered for a change of a contract: the new values, each beside the present one.

use super::procedure_form::{Abandon, ProcedureForm, ProcedureRef};
use crate::port::{EntryProblem, ItemEntry};
use crate::text::procedures;
use leptos::prelude::*;
use rules::{ChangeItem, ProcedureStep};

/// The first step of a change.
#[component]
pub(super) fn Entry(form: ProcedureRef, items: Vec<ItemEntry>, problems: Vec<EntryProblem>) -> impl IntoView {
    let abandon = form.clone();
    let fields = items
        .into_iter()
        .map(|entry| {
            let error = problems
                .iter()
                .find(|found| matches!(found, EntryProblem::Item(item, _) if *item == entry.item))
                .map(procedures::problem);
            view! { <NewValue entry error/> }
        })
        .collect_view();
    view! {
        <p class="lead">{procedures::CHANGE_LEAD}</p>
        <ProcedureForm form step=ProcedureStep::Entry>
            <div class="new-values">{fields}</div>
            <p class="hint">{procedures::CHANGE_EMAIL}</p>
            <button class="button" type="submit">{procedures::TO_CONFIRM}</button>
        </ProcedureForm>
        <div class="other-ways"><Abandon form=abandon step=ProcedureStep::Entry/></div>
    }
}

/// The field for one new value, with the present one as its support text.
#[component]
fn NewValue(entry: ItemEntry, error: Option<String>) -> impl IntoView {
    let ItemEntry { item, present, typed } = entry;
    let name = item.as_str();
    let hint = match item {
        ChangeItem::Phone => procedures::PHONE_HINT,
        ChangeItem::Plate => procedures::PLATE_HINT,
        _ => "",
    };
    let invalid = error.is_some();
    let described = format!("{name}-present{}", if invalid { format!(" {name}-error") } else { String::new() });
    let options = procedures::options(item);
    let control = if options.is_empty() {
        let (inputmode, autocomplete) =
            if item == ChangeItem::Phone { ("tel", "tel-national") } else { ("text", "off") };
        view! {
            <input
                class="input" type="text" id=name name=name value=typed inputmode=inputmode autocomplete=autocomplete
                autocapitalize="none" spellcheck="false" aria-invalid=invalid.then_some("true") aria-describedby=described
            />
        }
        .into_any()
    } else {
        let choices = options
            .iter()
            .map(|option| view! { <option value=*option selected=*option == typed>{*option}</option> })
            .collect_view();
        view! {
            <select class="input" id=name name=name aria-invalid=invalid.then_some("true") aria-describedby=described>
                <option value="">{procedures::UNCHANGED}</option>
                {choices}
            </select>
        }
        .into_any()
    };
    view! {
        <div class="field" class:has-error=invalid>
            <label class="label" for=name>{procedures::new_value(item)}</label>
            <p class="hint" id=format!("{name}-present")>
                {procedures::present(&present)}
                {(!hint.is_empty()).then(|| view! { <br/>{hint} })}
            </p>
            {control}
            {error.map(|text| view! { <p class="error" id=format!("{name}-error")>{text}</p> })}
        </div>
    }
}
