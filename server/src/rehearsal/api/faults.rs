//! Faults of mail, by address.

use super::{Answered, ApiError, ErrorCode, answer};
use crate::rehearsal::faults::{MailFault, MailFaults};
use axum::Extension;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

#[derive(Serialize)]
pub(super) struct Faults {
    faults: Vec<Fault>,
}

/// What happens to mails to an address.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    to: String,
    fault: String,
}

fn all(faults: &MailFaults) -> Faults {
    let told = faults.all().into_iter().map(|(to, fault)| Fault { to, fault: fault.as_str().to_owned() });
    Faults { faults: told.collect() }
}

pub(super) async fn list(Extension(faults): Extension<Arc<MailFaults>>) -> Answered<Faults> {
    answer(all(&faults))
}

pub(super) async fn set(
    Extension(faults): Extension<Arc<MailFaults>>,
    wanted: Result<Json<Fault>, JsonRejection>,
) -> Answered<Faults> {
    let Json(wanted) = wanted?;
    let fault = MailFault::parse(&wanted.fault).ok_or_else(|| {
        let words: Vec<_> = MailFault::ALL.iter().map(|fault| fault.as_str()).collect();
        ApiError::new(ErrorCode::NotAllowed, format!("fault is not one of: {}", words.join(", ")))
    })?;
    faults.set(&wanted.to, fault);
    answer(all(&faults))
}
