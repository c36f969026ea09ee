//! The use cases, one file each. Here transactions begin and end: state, token, mail and audit line are one.
//!
//! The screens reach them through [`app::port::Port`], which [`UseCases`] implements.

mod browser_mark;
mod context;
mod cookies;
mod counted_params;
pub(crate) mod counters;
mod enrolment;
mod error;
mod flow;
mod followed;
pub(crate) mod identity;
mod inquiry;
mod link;
mod mails;
mod new_password;
mod password;
mod portal;
mod procedures;
pub(crate) mod registered_address;
#[cfg(feature = "rehearsal")]
mod rehearsal;
mod reminders;
pub(crate) mod requests;
mod reset;
mod sealed;
mod session;
mod sign_in;

pub use context::Parts;
pub use cookies::{BROWSER_COOKIE, OpenedLink, SESSION_COOKIE, TOKEN_LENGTH, flow_cookie, flow_token_cookie};
pub use error::UseCaseError;
pub use followed::Standing;
pub use mails::{Envelope, add_item};
pub use registered_address::end_flows;
pub use reminders::DueReminders;
pub use reset::ResetRequests;

use self::context::Context;
use crate::config::Settings;
use crate::metrics;
use crate::secret::{PasswordFault, PasswordHasher};
use app::fault::Fault;
use app::port::{
    Account, Answer, Contract, ContractId, Port, Portal, Procedure, PublicSessionId, RequestReference, Visitor,
};
use app::wire::{Brand, Flow, Form, Page};
use async_trait::async_trait;
use rules::RequestKind;
use rules::limits::Limits;

/// All use cases, as the screens ask for them.
#[derive(Clone)]
pub struct UseCases {
    context: Context,
}

impl UseCases {
    /// Makes the use cases of this installation.
    ///
    /// # Errors
    /// The configured parameters of Argon2id are not possible.
    pub fn new(settings: &Settings, parts: Parts) -> Result<Self, PasswordFault> {
        Ok(Self { context: Context::new(settings, parts)? })
    }

    /// Returns what answers the reset requests that wait in the outbox.
    #[must_use]
    pub fn reset_requests(&self) -> ResetRequests {
        ResetRequests::new(self.context.clone())
    }

    /// Returns what writes the renewal reminders that are due.
    #[must_use]
    pub fn due_reminders(&self) -> DueReminders {
        DueReminders::new(self.context.clone())
    }

    /// Returns what hashes passwords, for all use cases together.
    #[must_use]
    pub const fn passwords(&self) -> &PasswordHasher {
        &self.context.passwords
    }
}

/// Counts the post that a page answers. Posts to other flows are counted where their steps move.
fn counted(answer: &Answer<Page>) {
    metrics::page_post(&answer.value);
}

#[async_trait]
impl Port for UseCases {
    fn brand(&self) -> &Brand {
        &self.context.brand
    }

    fn limits(&self) -> &Limits {
        &self.context.limits
    }

    async fn view(&self, visitor: &Visitor, flow: Flow) -> Result<Page, Fault> {
        let context = &self.context;
        let page = match flow {
            Flow::Enrol => context.flows().view(&context.enrolment(), visitor).await,
            Flow::UserId => context.flows().view(&context.inquiry(), visitor).await,
            Flow::PasswordReset => context.flows().view(&context.reset(), visitor).await,
            Flow::SignIn => context.sign_in().view(visitor).await,
            Flow::Link => context.mailed_link().view(visitor).await,
            Flow::Account => context.password_change().view(visitor).await,
            Flow::Session => context.sessions().view(visitor).await,
        };
        page.map_err(|error| context.fault(error))
    }

    async fn submit(&self, visitor: &Visitor, flow: Flow, form: Form) -> Result<Answer<Page>, Fault> {
        if form.has_duplicates() {
            return Err(Fault::BadRequest);
        }
        let context = &self.context;
        let answer = match flow {
            Flow::Enrol => context.flows().run(&context.enrolment(), visitor, &form).await,
            Flow::UserId => context.flows().run(&context.inquiry(), visitor, &form).await,
            Flow::PasswordReset => context.flows().run(&context.reset(), visitor, &form).await,
            Flow::SignIn => context.flows().run(&context.sign_in(), visitor, &form).await,
            Flow::Link => context.mailed_link().submit(visitor, &form).await.inspect(counted),
            Flow::Account => context.password_change().submit(visitor, &form).await.inspect(counted),
            Flow::Session => context.sessions().submit(visitor, &form).await.map(Answer::from),
        };
        answer.map_err(|error| context.fault(error))
    }

    async fn portal(&self, visitor: &Visitor) -> Result<Portal, Fault> {
        self.context.portal_pages().home(visitor).await.map_err(|error| self.context.fault(error))
    }

    async fn contract(&self, visitor: &Visitor, id: &ContractId) -> Result<Contract, Fault> {
        self.context.portal_pages().contract(visitor, id).await.map_err(|error| self.context.fault(error))
    }

    async fn procedure(&self, visitor: &Visitor, kind: RequestKind, contract: &ContractId) -> Result<Procedure, Fault> {
        self.context.procedures().view(visitor, kind, &contract.0).await.map_err(|error| self.context.fault(error))
    }

    async fn submit_procedure(
        &self,
        visitor: &Visitor,
        kind: RequestKind,
        contract: &ContractId,
        form: Form,
    ) -> Result<bool, Fault> {
        let going_on = self.context.procedures().submit(visitor, kind, &contract.0, &form).await;
        going_on.map_err(|error| self.context.fault(error))
    }

    async fn request(&self, visitor: &Visitor, reference: &RequestReference) -> Result<Procedure, Fault> {
        self.context.portal_pages().request(visitor, reference).await.map_err(|error| self.context.fault(error))
    }

    async fn withdraw_request(&self, visitor: &Visitor, reference: &RequestReference) -> Result<(), Fault> {
        self.context.requests().withdraw(visitor, reference).await.map_err(|error| self.context.fault(error))
    }

    async fn request_moves(&self, visitor: &Visitor) -> Result<i64, Fault> {
        self.context.requests().moves(visitor).await.map_err(|error| self.context.fault(error))
    }

    async fn account(&self, visitor: &Visitor) -> Result<Account, Fault> {
        self.context.portal_pages().account(visitor).await.map_err(|error| self.context.fault(error))
    }

    async fn choose_reminders(&self, visitor: &Visitor, form: Form) -> Result<(), Fault> {
        self.context.reminders().choose(visitor, &form).await.map_err(|error| self.context.fault(error))
    }

    async fn end_session(&self, visitor: &Visitor, public_id: Option<&PublicSessionId>) -> Result<(), Fault> {
        self.context.sessions().end_other(visitor, public_id).await.map_err(|error| self.context.fault(error))
    }

    async fn sign_out(&self, visitor: &Visitor) -> Result<Answer<()>, Fault> {
        self.context.sessions().sign_out(visitor).await.map_err(|error| self.context.fault(error))
    }
}
