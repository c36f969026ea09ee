//! The audit log: what happened to accounts, for the contact centre and for audits. It has no secrets and no full addresses.

use super::{AccountId, CustomerId, Reference, Stored, Tx};
use std::borrow::Cow;

rules::words! {
    /// What happened. The words are those of the OWASP logging vocabulary where it has one.
    AuditEvent {
        /// Somebody signed in.
        SignedIn = "authn_login_success",
        /// A wrong password or code.
        SignInFailed = "authn_login_fail",
        /// A password that was not looked at, because there were too many wrong ones before.
        SignInRefused = "authn_login_fail_max",
        /// A member of staff took back what the limits had counted.
        Unlocked = "authn_login_unlock",
        /// The password was changed, inside the portal or by a reset link.
        PasswordChanged = "authn_password_change",
        /// A reset was requested, and a link was mailed.
        ResetRequested = "password_reset_requested",
        /// A reset was requested, and no link was mailed.
        ResetNotSent = "password_reset_not_sent",
        /// An enrolment reached its next step.
        EnrolmentStep = "enrolment_step",
        /// Somebody identified themselves to look up their user ID.
        UserIdInquiry = "user_id_inquiry",
        /// An account was created.
        UserCreated = "user_created",
        /// Another address was registered for a customer.
        UserUpdated = "user_updated",
        /// The person who received a link said that it was not them.
        LinkDisowned = "link_disowned",
        /// Sessions were ended by their owner or by staff.
        SessionEnded = "session_ended",
        /// A member of staff had a mail sent again.
        MailRetried = "mail_retried",
        /// Somebody asked for a renewal or a change of a contract.
        RequestMade = "request_made",
        /// A request came to another state.
        RequestMoved = "request_moved",
        /// A reminder of a renewal was written.
        RenewalReminded = "renewal_reminded",
        /// Somebody chose whether to be reminded of renewals.
        RemindersChosen = "reminders_chosen",
        /// Requests were written to a file for the contract system.
        RequestsExported = "requests_exported",
        /// Contracts were imported.
        ContractsImported = "contracts_imported",
        /// What was past its retention was deleted.
        DataPurged = "data_purged",
    }
}

/// Who caused an audit event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor<'a> {
    /// A person at the screens, whether or not they have an account.
    Customer,
    /// A member of staff, by the name that the machine knows them by.
    Staff(&'a str),
    /// The server itself: an import has brought what was asked for.
    Server,
}

impl<'a> Actor<'a> {
    const CUSTOMER: &'static str = "customer";
    const SERVER: &'static str = "server";

    fn stored(self) -> Cow<'a, str> {
        match self {
            Self::Customer => Self::CUSTOMER.into(),
            Self::Server => Self::SERVER.into(),
            Self::Staff(name) => format!("staff:{name}").into(),
        }
    }
}

/// An audit line to write.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    pub event: AuditEvent,
    pub actor: Actor<'a>,
    pub customer_id: Option<&'a CustomerId>,
    pub account_id: Option<&'a AccountId>,
    pub reference: &'a Reference,
    pub detail: &'a str,
}

impl<'a> AuditEntry<'a> {
    /// An entry about nobody in particular.
    #[must_use]
    pub const fn new(event: AuditEvent, actor: Actor<'a>, reference: &'a Reference) -> Self {
        Self { event, actor, customer_id: None, account_id: None, reference, detail: "" }
    }
}

/// An audit line that was written. Event and actor are as they are stored: a line outlives the build that knew its words.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    pub at: i64,
    pub event: String,
    pub actor: String,
    pub customer_id: Option<CustomerId>,
    pub account_id: Option<AccountId>,
    pub reference: Reference,
    pub detail: String,
}

impl Tx {
    /// Writes an audit line, in the transaction of the event.
    pub async fn audit(&mut self, id: &str, entry: &AuditEntry<'_>, now: i64) -> Stored<()> {
        sqlx::query("INSERT INTO audit (id, at, event, actor, customer_id, account_id, reference, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(id)
            .bind(now)
            .bind(entry.event.as_str())
            .bind(entry.actor.stored().into_owned())
            .bind(entry.customer_id)
            .bind(entry.account_id)
            .bind(entry.reference)
            .bind(entry.detail)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns the lines of a reference number, the oldest first.
    pub async fn audit_by_reference(&mut self, reference: &Reference) -> Stored<Vec<AuditRow>> {
        let rows = sqlx::query_as("SELECT * FROM audit WHERE reference = $1 ORDER BY at, id")
            .bind(reference)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Returns the newest lines of an account with this event, the newest first.
    pub async fn audit_of(&mut self, account_id: &AccountId, event: AuditEvent, limit: i64) -> Stored<Vec<AuditRow>> {
        let rows =
            sqlx::query_as("SELECT * FROM audit WHERE account_id = $1 AND event = $2 ORDER BY at DESC, id LIMIT $3")
                .bind(account_id)
                .bind(event.as_str())
                .bind(limit)
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows)
    }
}
