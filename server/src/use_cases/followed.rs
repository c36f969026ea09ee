//! What screens follow that wait for something to happen elsewhere, told for all of them together.

use super::UseCases;
use super::context::Context;
use super::enrolment::{EnrolState, Enrolment};
use super::flow::step_of;
use super::sign_in::SignIn;
use crate::store::{FlowId, FlowRow, FollowedFlow, MailState, SessionId, Stored};
use app::wire::{Delivery, Flow, Screen};
use rules::flow::{EnrolStep, SignInStep};
use std::collections::HashMap;

/// How a flow stands that a screen waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its screen waits, and says this of its mail.
    Waits(Option<Delivery>),
    /// Its screen has to be looked at: it waits no more, or more than its row decides it.
    Unknown,
}

impl UseCases {
    /// Returns how flows stand. Those that are not there any more are left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn standings(&self, ids: &[FlowId]) -> Stored<HashMap<FlowId, Standing>> {
        let rows = self.context.store.begin_read().await?.followed_flows(ids).await?;
        let now = self.context.clock.now();
        Ok(rows.into_iter().map(|row| (row.id.clone(), self.context.standing(row, now))).collect())
    }

    /// Returns how many states the requests of those who are signed in have come to. Sessions that are over are left out.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn request_moves(&self, ids: &[SessionId]) -> Stored<HashMap<SessionId, i64>> {
        let rows = self.context.store.begin_read().await?.followed_sessions(ids).await?;
        let now = self.context.clock.now();
        let open = rows.into_iter().filter(|row| self.context.sessions().lives(row.seen_at, row.created_at, now));
        Ok(open.map(|row| (row.id, row.request_moves)).collect())
    }
}

impl Context {
    fn standing(&self, found: FollowedFlow, now: i64) -> Standing {
        let delivery = match &found.mail_state {
            None => Some(Delivery::Queued),
            Some(word) => {
                MailState::parse(word).map(|state| self.delivery_at(state, found.mail_attempts, found.mail_at))
            }
        };
        let Some(delivery) = delivery else { return Standing::Unknown };
        let row = FlowRow {
            step: found.step,
            sent_at: found.sent_at,
            stepped_at: found.stepped_at,
            acted_at: found.acted_at,
            ..FlowRow::default()
        };
        match Flow::parse(&found.kind) {
            Some(Flow::Enrol) => {
                let row = self.flows().timed::<Enrolment<'_>>(row, now);
                match step_of(&row) {
                    EnrolStep::Mail => Standing::Waits(Some(delivery)),
                    // Its link may still be confirmed.
                    EnrolStep::Expired => match EnrolState::read(&row, &self.limits, now) {
                        Ok(EnrolState::Ended(reason)) if Screen::Ended(reason).waits() => Standing::Waits(None),
                        _ => Standing::Unknown,
                    },
                    _ => Standing::Unknown,
                }
            }
            Some(Flow::SignIn) => match step_of(&self.flows().timed::<SignIn<'_>>(row, now)) {
                SignInStep::Code => Standing::Waits(Some(delivery)),
                _ => Standing::Unknown,
            },
            _ => Standing::Unknown,
        }
    }
}
