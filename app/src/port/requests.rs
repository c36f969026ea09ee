//! What the procedures of the portal and the requests that come of them show, as plain data.

use super::{Contract, ContractId, RequestReference};
use crate::wire::Millis;
use rules::{ChangeFault, ChangeItem, Offer, PaymentChoice, ProcedureStep, RequestKind, RequestState};
use serde::{Deserialize, Serialize};

/// What is asked for. The database keeps it sealed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RequestDetails {
    Renewal(Renewal),
    Change(Vec<ItemChange>),
}

impl RequestDetails {
    /// Returns which kind of request says this.
    #[must_use]
    pub const fn kind(&self) -> RequestKind {
        match self {
            Self::Renewal(_) => RequestKind::Renewal,
            Self::Change(_) => RequestKind::Change,
        }
    }
}

/// Prints only the kind: new phone numbers and the like are personal.
impl core::fmt::Debug for RequestDetails {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.kind().as_str())
    }
}

/// Another term: what changes with it. Dates are ISO 8601, money is in yen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    pub choice: PaymentChoice,
    /// How the present term is paid for.
    pub payment: String,
    pub starts_on: String,
    pub ends_on: String,
    pub next_starts_on: String,
    pub next_ends_on: String,
    pub premium_yen: i64,
    /// The premium of the next term, where the insurer has told it.
    pub next_premium_yen: Option<i64>,
}

impl Renewal {
    /// The field with the way of paying.
    pub const CHOICE: &str = "choice";
    /// The field with the consent.
    pub const CONSENT: &str = "consent";

    /// Returns the id of the field for one way of paying.
    #[must_use]
    pub fn choice_id(choice: PaymentChoice) -> String {
        format!("{}-{}", Self::CHOICE, choice.as_str())
    }
}

/// One value that is to be another.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemChange {
    pub item: ChangeItem,
    /// As it was shown: phone numbers masked.
    pub before: String,
    pub after: String,
}

/// A request as the portal shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub reference: RequestReference,
    pub kind: RequestKind,
    pub state: RequestState,
    pub made_at: Millis,
    /// The contract that it is for.
    pub contract_id: ContractId,
    /// The last day of the term in which it was made, ISO 8601.
    pub term_ends_on: String,
    /// What was asked for; nothing if it can no longer be read, because its key is gone.
    pub details: Option<RequestDetails>,
    /// Its states, the oldest first.
    pub history: Vec<RequestMoved>,
}

impl Request {
    /// Returns why staff declined it, if they did.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        self.history.iter().rev().find_map(|line| line.reason.clone())
    }
}

/// A state that a request has come to.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestMoved {
    pub state: RequestState,
    pub at: Millis,
    /// Why staff declined it.
    pub reason: Option<String>,
}

/// A procedure's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Procedure {
    pub kind: RequestKind,
    pub contract: Contract,
    pub screen: ProcedureScreen,
    /// The number of the procedure, once it has begun.
    pub reference: Option<String>,
    pub notice: Option<ProcedureNotice>,
    /// What is wrong with what was typed.
    pub problems: Vec<EntryProblem>,
}

/// What a procedure shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ProcedureScreen {
    /// The choices of a renewal, with those that were made before.
    RenewalEntry { choice: Option<PaymentChoice>, consent: bool, renewal: Renewal },
    /// The values of a change.
    ChangeEntry(Vec<ItemEntry>),
    /// Everything once more.
    Confirm(RequestDetails),
    /// What was sent, now or before.
    Receipt(Request),
    /// The contract cannot be renewed here now.
    NotOffered(Offer),
    /// The contract cannot be changed here.
    NotChangeable,
}

impl ProcedureScreen {
    /// Returns the step that this shows; nothing where the procedure cannot be begun.
    #[must_use]
    pub const fn step(&self) -> Option<ProcedureStep> {
        match self {
            Self::RenewalEntry { .. } | Self::ChangeEntry(_) => Some(ProcedureStep::Entry),
            Self::Confirm(_) => Some(ProcedureStep::Confirm),
            Self::Receipt(_) => Some(ProcedureStep::Receipt),
            Self::NotOffered(_) | Self::NotChangeable => None,
        }
    }
}

/// One value with what was typed instead of it.
#[derive(Clone, PartialEq, Eq)]
pub struct ItemEntry {
    pub item: ChangeItem,
    /// Phone numbers are masked.
    pub present: String,
    pub typed: String,
}

/// Leaves out what was typed.
impl core::fmt::Debug for ItemEntry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.item.as_str())
    }
}

impl core::fmt::Debug for Renewal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Renewal(…)")
    }
}

/// A line above the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcedureNotice {
    /// The post was for another step. Nothing was changed.
    Stale,
    /// The procedure that the post came from is no longer there; it begins again.
    Gone,
    /// What the person was shown is not so any more. They are to look again before they send it.
    Changed,
}

/// What is wrong with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryProblem {
    /// No way of paying was chosen.
    NoChoice,
    /// The consent is missing.
    NoConsent,
    /// Everything is as it is already, or nothing was typed.
    NothingChanged,
    /// This value cannot be taken.
    Item(ChangeItem, ChangeFault),
}

impl EntryProblem {
    /// Returns the id of the field that has to be corrected.
    #[must_use]
    pub fn field_id(&self) -> String {
        match self {
            Self::NoChoice => Renewal::choice_id(PaymentChoice::AsBefore),
            Self::NoConsent => Renewal::CONSENT.into(),
            Self::NothingChanged => ChangeItem::Phone.as_str().into(),
            Self::Item(item, _) => item.as_str().into(),
        }
    }
}
