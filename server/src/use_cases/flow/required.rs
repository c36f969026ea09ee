//! What a row has to hold at its step.

use crate::store::FlowRow;
use crate::use_cases::UseCaseError;
use app::fault::Fault;

/// Returns the value of a column that every row at this step has.
///
/// # Errors
/// [`Fault::Internal`] where it is missing: such a row was not written by these use cases.
pub(in crate::use_cases) fn required<T>(
    row: &FlowRow,
    column: &'static str,
    value: Option<T>,
) -> Result<T, UseCaseError> {
    value.ok_or_else(|| {
        tracing::error!(
            event = "incomplete_row",
            flow = row.kind,
            step = row.step,
            column,
            "a procedure lacks a value"
        );
        Fault::Internal.into()
    })
}
