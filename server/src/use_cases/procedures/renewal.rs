//! The renewal of a contract: its next term, how it is paid for, and the consent.

use super::Draft;
use crate::store::ContractRow;
use app::form_checks;
use app::port::{EntryProblem, ProcedureScreen, Renewal, RequestDetails};
use rules::PaymentChoice;
use rules::calendar::{days_of, year_month_day};
use rules::renewal::one_year_later;

/// The fields of the first step.
pub(super) const FIELDS: [&str; 2] = [Renewal::CHOICE, Renewal::CONSENT];

/// Judges what was chosen.
pub(super) fn read(contract: &ContractRow, draft: &Draft) -> Result<RequestDetails, Vec<EntryProblem>> {
    let choice = form_checks::renewal(|name| draft.typed(name))?;
    Ok(RequestDetails::Renewal(terms(contract, choice)))
}

pub(super) fn entry(contract: &ContractRow, draft: &Draft) -> ProcedureScreen {
    let choice = PaymentChoice::parse(draft.typed(Renewal::CHOICE));
    ProcedureScreen::RenewalEntry {
        choice,
        consent: !draft.typed(Renewal::CONSENT).is_empty(),
        renewal: terms(contract, choice.unwrap_or(PaymentChoice::AsBefore)),
    }
}

/// Returns whether the contract is in the term that was asked for, or in a later one.
pub(super) fn is_carried_out(renewal: &Renewal, contract: &ContractRow) -> bool {
    // A contract system moves the term on as a whole, or only its end. Days of this form are ordered like their text.
    let is_extended = !renewal.next_ends_on.is_empty() && contract.ends_on >= renewal.next_ends_on;
    contract.starts_on >= renewal.ends_on || is_extended
}

/// The next term begins on the day that the insurer has told, or else on the day on which the present one ends. It is a year long.
fn terms(contract: &ContractRow, choice: PaymentChoice) -> Renewal {
    let next_starts_on = contract.next_starts_on.as_ref().unwrap_or(&contract.ends_on);
    let next_ends_on = days_of(next_starts_on).map(year_month_day).map(one_year_later);
    Renewal {
        choice,
        payment: contract.payment.clone(),
        starts_on: contract.starts_on.clone(),
        ends_on: contract.ends_on.clone(),
        next_starts_on: next_starts_on.clone(),
        next_ends_on: next_ends_on.map(|(y, m, d)| format!("{y:04}-{m:02}-{d:02}")).unwrap_or_default(),
        premium_yen: contract.premium_yen,
        next_premium_yen: contract.next_premium_yen,
    }
}
