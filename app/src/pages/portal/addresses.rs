//! The addresses of the portal's pages that name something.

use crate::port::{ContractId, RequestReference};
use rules::RequestKind;

/// Returns the address of a contract.
#[must_use]
pub fn contract_address(contract_id: &ContractId) -> String {
    format!("/portal/contracts/{contract_id}")
}

/// Returns the address of a procedure for a contract.
#[must_use]
pub fn procedure_address(kind: RequestKind, contract_id: &ContractId) -> String {
    format!("{}/{}", contract_address(contract_id), kind.as_str())
}

/// Returns the address of a request.
#[must_use]
pub fn request_address(reference: &RequestReference) -> String {
    format!("/portal/requests/{reference}")
}
