//! What the portal's pages show, as plain data.

use super::{ContractId, PublicSessionId, Request};
use crate::wire::Millis;
use rules::renewal::ReminderChoice;
use rules::{ContractStatus, Offer, RequestKind, RequestState};

/// The data of the portal's home.
#[derive(Clone, Debug, PartialEq)]
pub struct Portal {
    /// The holder's kana name.
    pub kana: String,
    /// When this person signed in before this session, if ever.
    pub last_sign_in: Option<Millis>,
    pub contracts: Vec<Contract>,
}

/// One contract with everything that was imported.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub id: ContractId,
    pub policy_number: Option<String>,
    pub renewal_number: Option<String>,
    pub quote_number: Option<String>,
    pub product: String,
    pub status: ContractStatus,
    /// ISO dates, as imported.
    pub starts_on: String,
    pub ends_on: String,
    /// Days from today (in Japan) to the end. Negative if the end has passed.
    pub days_left: i64,
    pub vehicle: String,
    pub plate: String,
    pub displacement_cc: i64,
    pub first_registered: String,
    pub usage: String,
    pub rider_scope: String,
    pub grade: i64,
    pub bodily_injury: String,
    pub property_damage: String,
    pub personal_injury: String,
    pub vehicle_cover: String,
    pub roadside: String,
    pub premium_yen: i64,
    pub payment: String,
    /// Whether it can be renewed here now.
    pub offer: Offer,
    /// Whether changes can be requested.
    pub can_change: bool,
    /// What was requested for it, the newest first.
    pub requests: Vec<Request>,
}

impl Contract {
    /// Returns whether a renewal of the present term is under way or done.
    #[must_use]
    pub fn is_renewed(&self) -> bool {
        let goes_on = |state: RequestState| state.is_open() || state == RequestState::Done;
        self.requests.iter().any(|request| {
            request.kind == RequestKind::Renewal && request.term_ends_on == self.ends_on && goes_on(request.state)
        })
    }

    /// Returns the requests that say how things are now: those that are not at their end, and of each kind the newest of this term,
    /// unless the person took it back.
    #[must_use]
    pub fn current_requests(&self) -> Vec<Request> {
        let is_newest = |at: usize| self.requests[..at].iter().all(|newer| newer.kind != self.requests[at].kind);
        let answers =
            |request: &Request| request.term_ends_on == self.ends_on && request.state != RequestState::Withdrawn;
        let of = self.requests.iter().enumerate();
        of.filter(|(at, request)| request.state.is_open() || (is_newest(*at) && answers(request)))
            .map(|(_, request)| request.clone())
            .collect()
    }
}

/// The data of the account page: sessions and history. The password form is a flow of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub user_id: String,
    pub sessions: Vec<Session>,
    pub history: Vec<SignInAttempt>,
    /// Whether they are reminded of renewals.
    pub reminders: ReminderChoice,
}

impl Account {
    /// The field of a form with the choice whether to be reminded.
    pub const REMINDERS: &str = "reminders";
}

/// One open session.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub public_id: PublicSessionId,
    pub device: String,
    pub created_at: Millis,
    pub seen_at: Millis,
    /// Whether it is the session of this request.
    pub current: bool,
}

impl Session {
    /// The field of a form with the session that is to be ended.
    pub const FIELD: &str = "session";
}

/// One line of the sign-in history.
#[derive(Clone, Debug, PartialEq)]
pub struct SignInAttempt {
    pub at: Millis,
    pub device: String,
    pub succeeded: bool,
}
