//! The use cases, one file each. Here transactions begin and end: state, token, mail and audit line are one.
//!
//! The screens reach them through [`app::port::Port`], which [`Accounts`] implements.

mod cookies;
pub(crate) mod counters;
mod enrolment;
mod error;
mod flow;
pub(crate) mod identity;
mod inquiry;
mod link;
mod mails;
mod new_password;
mod password;
mod portal;
mod procedures;
pub(crate) mod registered_address;
pub(crate) mod requests;
mod reset;
mod session;
mod sign_in;

pub use cookies::{BROWSER_COOKIE, SESSION_COOKIE, TOKEN_LENGTH, flow_cookie, session_lifetime_cookie, set_link};
pub use error::UseCaseError;
pub use registered_address::end_flows;

use self::enrolment::Enrolment;
use self::inquiry::Inquiry;
use self::reset::Reset;
use self::sign_in::SignIn;
use crate::clock::Clock;
use crate::config::{AccountSettings, PasswordSettings};
use crate::mail::Relay;
use crate::rng::Rng;
use crate::secret::{Argon2ParamsInUse, Keys, PasswordHasher};
use crate::store::Store;
use app::fault::Fault;
use app::port::{Account, Contract, Port, Portal, Procedure, Visitor};
use app::wire::{Brand, Flow, Form, Millis, Page};
use async_trait::async_trait;
use rules::RequestKind;
use rules::limits::Limits;
use std::sync::Arc;
use tokio::sync::{Mutex, Notify};

/// Everything the use cases stand on.
#[derive(Clone)]
pub struct Accounts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub keys: Keys,
    pub passwords: PasswordHasher,
    /// The parameters that the accounts' password hashes have.
    pub argon2_params_in_use: Arc<Mutex<Argon2ParamsInUse>>,
    pub limits: Arc<Limits>,
    pub brand: Arc<Brand>,
    /// Words of the brand that a password must not be built from.
    pub brand_words: Arc<Vec<String>>,
    pub settings: AccountSettings,
    pub password_settings: PasswordSettings,
    /// Whether many people behind one client address mean that a proxy is missing in the configuration.
    pub warns_of_shared_address: bool,
    /// Wakes the outbox worker of this node.
    pub outbox_wakeup: Arc<Notify>,
    /// What this node knows of the mail server.
    pub relay: Arc<Relay>,
}

impl Accounts {
    /// Returns what the browser is told of an error.
    fn fault(&self, error: UseCaseError) -> Fault {
        error.into_fault(self.passwords.retry_after())
    }
}

#[async_trait]
impl Port for Accounts {
    fn brand(&self) -> &Brand {
        &self.brand
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    async fn view(&self, visitor: &Visitor, flow: Flow) -> Result<Page, Fault> {
        let page = match flow {
            Flow::Enrol => self.view_flow::<Enrolment>(visitor).await,
            Flow::UserId => self.view_flow::<Inquiry>(visitor).await,
            Flow::PasswordReset => self.view_flow::<Reset>(visitor).await,
            Flow::SignIn => self.view_sign_in(visitor).await,
            Flow::Link => self.view_link(visitor).await,
            Flow::Account => self.view_password(visitor).await,
            Flow::Session => self.view_session(visitor).await,
        };
        page.map_err(|error| self.fault(error))
    }

    async fn submit(&self, visitor: &Visitor, flow: Flow, form: Form) -> Result<Page, Fault> {
        if form.has_duplicates() {
            return Err(Fault::BadRequest);
        }
        let page = match flow {
            Flow::Enrol => self.run_flow::<Enrolment>(visitor, &form).await,
            Flow::UserId => self.run_flow::<Inquiry>(visitor, &form).await,
            Flow::PasswordReset => self.run_flow::<Reset>(visitor, &form).await,
            Flow::SignIn => self.run_flow::<SignIn>(visitor, &form).await,
            Flow::Link => self.submit_link(visitor, &form).await,
            Flow::Account => self.submit_password(visitor, &form).await,
            Flow::Session => self.submit_session(visitor, &form).await,
        };
        page.map_err(|error| self.fault(error))
    }

    async fn portal(&self, visitor: &Visitor) -> Result<Portal, Fault> {
        self.portal_home(visitor).await.map_err(|error| self.fault(error))
    }

    async fn contract(&self, visitor: &Visitor, id: &str) -> Result<Contract, Fault> {
        self.portal_contract(visitor, id).await.map_err(|error| self.fault(error))
    }

    async fn procedure(&self, visitor: &Visitor, kind: RequestKind, contract: &str) -> Result<Procedure, Fault> {
        self.view_procedure(visitor, kind, contract).await.map_err(|error| self.fault(error))
    }

    async fn submit_procedure(
        &self,
        visitor: &Visitor,
        kind: RequestKind,
        contract: &str,
        form: Form,
    ) -> Result<bool, Fault> {
        self.move_procedure(visitor, kind, contract, &form).await.map_err(|error| self.fault(error))
    }

    async fn withdraw_request(&self, visitor: &Visitor, reference: &str) -> Result<String, Fault> {
        self.withdraw(visitor, reference).await.map_err(|error| self.fault(error))
    }

    async fn requests_moved_at(&self, visitor: &Visitor) -> Result<Millis, Fault> {
        self.last_request_move(visitor).await.map_err(|error| self.fault(error))
    }

    async fn account(&self, visitor: &Visitor) -> Result<Account, Fault> {
        self.portal_account(visitor).await.map_err(|error| self.fault(error))
    }

    async fn end_session(&self, visitor: &Visitor, public_id: Option<&str>) -> Result<(), Fault> {
        self.end_other_session(visitor, public_id).await.map_err(|error| self.fault(error))
    }

    async fn sign_out(&self, visitor: &Visitor) -> Result<(), Fault> {
        self.end_this_session(visitor).await.map_err(|error| self.fault(error))
    }
}
