//! What a post to a procedure of the portal comes to.

use super::Outcome;
use crate::storyboards::{change_entry, renewal_entry};
use app::form_checks;
use app::port::{ItemEntry, Procedure, ProcedureNotice, ProcedureScreen, Renewal};
use app::wire::Form;
use rules::flow::{FlowEvent as _, ProcedureEvent};
use rules::{PaymentChoice, ProcedureAction, ProcedureStep, RequestKind};

/// The contract, to which whoever gives a procedure up comes back.
pub(super) const GIVEN_UP: &str = "pages/contract/renewal-due";
/// The confirmation of a renewal that is paid for in another way than before.
const PAID_OTHERWISE: &str = "procedures/confirm/renewal-paid-otherwise";

/// Takes a post at the step that a procedure shows.
pub(super) fn outcome(shown: Procedure, form: &Form) -> Outcome<Procedure> {
    let action = ProcedureAction::parse(form.get(Form::ACTION));
    let step = ProcedureStep::parse(form.get(Form::STEP)).filter(|step| Some(*step) == shown.screen.step());
    if step.is_none() {
        return Outcome::Stays(Procedure { notice: Some(ProcedureNotice::Stale), ..shown });
    }
    if action == Some(ProcedureAction::Abandon) {
        return Outcome::LeadsTo(GIVEN_UP);
    }
    let kind = shown.kind;
    let (screen, problems) = match shown.screen {
        ProcedureScreen::RenewalEntry { renewal, .. } => match form_checks::renewal(|name| form.get(name)) {
            Ok(PaymentChoice::ByPhone) => return Outcome::LeadsTo(PAID_OTHERWISE),
            Ok(PaymentChoice::AsBefore) => return on(kind, ProcedureStep::Entry, ProcedureEvent::Entered),
            Err(problems) => {
                let choice = PaymentChoice::parse(form.get(Renewal::CHOICE));
                let consent = !form.get(Renewal::CONSENT).is_empty();
                (ProcedureScreen::RenewalEntry { choice, consent, renewal }, problems)
            }
        },
        ProcedureScreen::ChangeEntry(entries) => {
            let is_present = |item, after: &str| {
                let of_item = entries.iter().filter(|entry| entry.item == item);
                of_item.into_iter().any(|entry| item.is_same(&entry.present, after))
            };
            match form_checks::changes(|item| form.get(item.as_str()), is_present) {
                Ok(_) => return on(kind, ProcedureStep::Entry, ProcedureEvent::Entered),
                Err(problems) => {
                    let typed = |entry: ItemEntry| ItemEntry { typed: form.get(entry.item.as_str()).into(), ..entry };
                    (ProcedureScreen::ChangeEntry(entries.into_iter().map(typed).collect()), problems)
                }
            }
        }
        ProcedureScreen::Confirm(_) => {
            let goes_back = action == Some(ProcedureAction::Back);
            let event = if goes_back { ProcedureEvent::WentBack } else { ProcedureEvent::Sent };
            return on(kind, ProcedureStep::Confirm, event);
        }
        screen => (screen, Vec::new()),
    };
    Outcome::Stays(Procedure { screen, problems, notice: None, ..shown })
}

fn on(kind: RequestKind, step: ProcedureStep, event: ProcedureEvent) -> Outcome<Procedure> {
    let next = event.after(step).unwrap_or(step);
    Outcome::LeadsTo(match kind {
        RequestKind::Renewal => renewal_entry(next),
        RequestKind::Change => change_entry(next),
    })
}
