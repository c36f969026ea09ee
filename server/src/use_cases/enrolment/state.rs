//! Where an enrolment stands, with what is known there: read from the row once.

use crate::store::FlowRow;
use crate::use_cases::UseCaseError;
use crate::use_cases::flow::{is_idle, required, step_of};
use app::wire::EndReason;
use rules::flow::EnrolStep;
use rules::limits::Limits;

/// An enrolment at its step.
pub(in crate::use_cases) enum EnrolState<'row> {
    Identity,
    AlreadyRegistered {
        user_id: &'row str,
    },
    NoEmail,
    Password,
    /// The mail with the link was written at `sent_at`.
    Mail {
        user_id: &'row str,
        sent_at: i64,
    },
    Created {
        user_id: &'row str,
    },
    Ended(EndReason),
}

impl<'row> EnrolState<'row> {
    pub fn read(row: &'row FlowRow, limits: &Limits, now: i64) -> Result<Self, UseCaseError> {
        let user_id = || required(row, "user_id", row.user_id.as_deref());
        Ok(match step_of(row) {
            EnrolStep::Identity => Self::Identity,
            // A user ID does not stay on a screen that nobody looks at.
            EnrolStep::AlreadyRegistered if is_idle(limits, row, now) => Self::Ended(EndReason::Idle),
            EnrolStep::AlreadyRegistered => Self::AlreadyRegistered { user_id: user_id()? },
            EnrolStep::NoEmail => Self::NoEmail,
            EnrolStep::Password => Self::Password,
            EnrolStep::Mail => Self::Mail { user_id: user_id()?, sent_at: required(row, "sent_at", row.sent_at)? },
            EnrolStep::Created => Self::Created { user_id: user_id()? },
            EnrolStep::Expired => Self::Ended(match row.sent_at.map(|sent| sent + limits.link_life_ms) {
                Some(until) if until > now => EndReason::IdleLinkLives(until),
                _ => EndReason::Idle,
            }),
            EnrolStep::Done => Self::Ended(EndReason::Done),
            EnrolStep::Abandoned => Self::Ended(EndReason::Abandoned),
            EnrolStep::Superseded => Self::Ended(EndReason::Superseded),
            EnrolStep::RegistrationChanged => Self::Ended(EndReason::RegistrationChanged),
            EnrolStep::Disowned => Self::Ended(EndReason::Disowned),
            EnrolStep::LinkExpired => Self::Ended(EndReason::LinkExpired),
        })
    }
}
