//! A change of a contract: the new values, each judged by its own rule and against the present one.

use super::Draft;
use crate::store::ContractRow;
use app::form_checks;
use app::port::{EntryProblem, ItemChange, ItemEntry, ProcedureScreen, RequestDetails};
use rules::{ChangeItem, PhoneNumber};

/// The fields of the first step.
pub(super) fn fields() -> Vec<&'static str> {
    ChangeItem::ALL.iter().map(|item| item.as_str()).collect()
}

/// Judges what was typed. What is as it is already is left out.
pub(super) fn read(
    contract: &ContractRow,
    phones: &[String],
    draft: &Draft,
) -> Result<RequestDetails, Vec<EntryProblem>> {
    let is_present = |item, after: &str| is_present(item, contract, phones, after);
    let changes = form_checks::changes(|item| draft.typed(item.as_str()), is_present)?;
    let change = |(item, after)| ItemChange { item, before: present(item, contract, phones), after };
    Ok(RequestDetails::Change(changes.into_iter().map(change).collect()))
}

pub(super) fn entry(contract: &ContractRow, phones: &[String], draft: &Draft) -> ProcedureScreen {
    let entries = ChangeItem::ALL.iter().copied().map(|item| ItemEntry {
        item,
        present: present(item, contract, phones),
        typed: draft.typed(item.as_str()).to_owned(),
    });
    ProcedureScreen::ChangeEntry(entries.collect())
}

/// Returns whether the contract has every value that was asked for.
pub(super) fn is_carried_out(changes: &[ItemChange], contract: &ContractRow, phones: &[String]) -> bool {
    changes.iter().all(|change| is_present(change.item, contract, phones, &change.after))
}

/// The present value as it is shown: of phone numbers only the last four digits.
fn present(item: ChangeItem, contract: &ContractRow, phones: &[String]) -> String {
    if item == ChangeItem::Phone {
        return phones.iter().map(|phone| PhoneNumber::masked(phone)).collect::<Vec<_>>().join(" / ");
    }
    value(item, contract).to_owned()
}

fn is_present(item: ChangeItem, contract: &ContractRow, phones: &[String], after: &str) -> bool {
    match item {
        ChangeItem::Phone => phones.iter().any(|phone| item.is_same(phone, after)),
        _ => item.is_same(value(item, contract), after),
    }
}

/// The contract's own value. Phone numbers are the customer's.
const fn value(item: ChangeItem, contract: &ContractRow) -> &str {
    match item {
        ChangeItem::Phone => "",
        ChangeItem::Plate => contract.plate.as_str(),
        ChangeItem::Vehicle => contract.vehicle.as_str(),
        ChangeItem::Usage => contract.usage.as_str(),
        ChangeItem::RiderScope => contract.rider_scope.as_str(),
        ChangeItem::Payment => contract.payment.as_str(),
    }
}
