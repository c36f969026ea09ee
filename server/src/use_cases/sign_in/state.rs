//! Where a sign-in stands, with what is known there: read from the row once.

use crate::store::{AccountId, CustomerId, FlowRow, MailId};
use crate::use_cases::UseCaseError;
use crate::use_cases::flow::{required, step_of};
use rules::flow::SignInStep;

/// A sign-in at its step.
pub(super) enum SignInState<'row> {
    /// User ID and password are asked for.
    Password { user_id: &'row str },
    /// The mailed code is asked for.
    Code { proven: Proven, sent_at: i64, mail_id: Option<&'row MailId> },
    /// Over: too many codes were wrong.
    TooManyTries(Proven),
    /// Over: no code came in time.
    TimedOut,
    /// Signed in or given up: the next sign-in may begin.
    Over,
}

/// The account whose password was right.
#[derive(Clone)]
pub(super) struct Proven {
    pub account_id: AccountId,
    pub customer_id: CustomerId,
    pub user_id: String,
    pub user_key: String,
    /// When that password was set.
    pub password_at: i64,
}

impl<'row> SignInState<'row> {
    pub fn read(row: &'row FlowRow) -> Result<Self, UseCaseError> {
        Ok(match step_of(row) {
            SignInStep::Password => Self::Password { user_id: row.user_id.as_deref().unwrap_or_default() },
            SignInStep::Code => Self::at_code(row)?,
            SignInStep::TooManyTries => Self::TooManyTries(Proven::read(row)?),
            SignInStep::TimedOut => Self::TimedOut,
            SignInStep::Done | SignInStep::Abandoned => Self::Over,
        })
    }

    /// The mailed code is asked for, or would be taken once more.
    pub fn at_code(row: &'row FlowRow) -> Result<Self, UseCaseError> {
        Ok(Self::Code {
            proven: Proven::read(row)?,
            sent_at: required(row, "sent_at", row.sent_at)?,
            mail_id: row.mail_id.as_ref(),
        })
    }
}

impl Proven {
    pub fn read(row: &FlowRow) -> Result<Self, UseCaseError> {
        Ok(Self {
            account_id: required(row, "account_id", row.account_id.clone())?,
            customer_id: required(row, "customer_id", row.customer_id.clone())?,
            user_id: required(row, "user_id", row.user_id.clone())?,
            user_key: required(row, "user_key", row.user_key.clone())?,
            password_at: required(row, "password_at", row.password_at)?,
        })
    }
}
