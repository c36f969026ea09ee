//! The use cases, one file each. Here transactions begin and end: state, token, mail and audit line are one.
//!
//! The screens reach them through [`app::port::Port`], which [`Accounts`] implements.

mod cookies;
pub(crate) mod counters;
mod enrolment;
pub(crate) mod identity;
mod inquiry;
mod link;
mod mails;
mod new_password;
mod password;
mod portal;
mod progress;
pub(crate) mod registered_address;
mod reset;
mod session;
mod sign_in;

pub use cookies::{BROWSER_COOKIE, SESSION_COOKIE, TOKEN_LENGTH, flow_cookie, session_lifetime_cookie, set_link};
pub use mails::{NO_MAIL, RESET_REQUEST, ResetResolver};

use crate::clock::Clock;
use crate::config::{AccountSettings, PasswordSettings};
use crate::dice::Dice;
use crate::mail::Relay;
use crate::secret::{HashingsInUse, Keys, PasswordFault, Passwords};
use crate::store::{Store, StoreError};
use app::fault::Fault;
use app::port::{Account, Contract, Port, Portal, Visitor};
use app::wire::{Brand, Flow, Form, Page};
use async_trait::async_trait;
use rules::limits::Limits;
use std::sync::Arc;
use tokio::sync::{Mutex, Notify};

/// Everything the use cases stand on.
#[derive(Clone)]
pub struct Accounts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub keys: Keys,
    pub passwords: Passwords,
    /// The parameters that the accounts' password hashes have.
    pub hashings_in_use: Arc<Mutex<HashingsInUse>>,
    pub limits: Arc<Limits>,
    pub brand: Arc<Brand>,
    /// Words of the brand that a password must not be built from.
    pub brand_words: Arc<Vec<String>>,
    pub settings: AccountSettings,
    pub password_settings: PasswordSettings,
    /// Whether many people behind one client address mean that a proxy is missing in the configuration.
    pub warns_of_shared_address: bool,
    /// Wakes the outbox worker of this node.
    pub knock: Arc<Notify>,
    /// What this node knows of the mail server.
    pub relay: Arc<Relay>,
}

/// What a use case can fail with besides problems with what was typed.
pub(crate) fn stored(found: StoreError) -> Fault {
    tracing::error!(event = "store_unavailable", reason = %found);
    Fault::Unavailable
}

impl Accounts {
    fn password_fault(&self, found: PasswordFault) -> Fault {
        match found {
            PasswordFault::Busy => Fault::Busy { retry_after: self.passwords.retry_after() },
            PasswordFault::Broken => Fault::Internal,
        }
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

    async fn look(&self, visitor: &Visitor, flow: Flow) -> Result<Page, Fault> {
        match flow {
            Flow::Enrol => self.look_enrolment(visitor).await,
            Flow::UserId => self.look_inquiry(visitor).await,
            Flow::PasswordReset => self.look_reset(visitor).await,
            Flow::SignIn => self.look_sign_in(visitor).await,
            Flow::Link => self.look_link(visitor).await,
            Flow::Account => self.look_password(visitor).await,
            Flow::Session => self.look_session(visitor).await,
        }
    }

    async fn act(&self, visitor: &Visitor, flow: Flow, form: Form) -> Result<Page, Fault> {
        if form.has_duplicates() {
            return Err(Fault::BadRequest);
        }
        match flow {
            Flow::Enrol => self.act_enrolment(visitor, &form).await,
            Flow::UserId => self.act_inquiry(visitor, &form).await,
            Flow::PasswordReset => self.act_reset(visitor, &form).await,
            Flow::SignIn => self.act_sign_in(visitor, &form).await,
            Flow::Link => self.act_link(visitor, &form).await,
            Flow::Account => self.act_password(visitor, &form).await,
            Flow::Session => self.act_session(visitor, &form).await,
        }
    }

    async fn portal(&self, visitor: &Visitor) -> Result<Portal, Fault> {
        self.portal_home(visitor).await
    }

    async fn contract(&self, visitor: &Visitor, id: &str) -> Result<Contract, Fault> {
        self.portal_contract(visitor, id).await
    }

    async fn account(&self, visitor: &Visitor) -> Result<Account, Fault> {
        self.portal_account(visitor).await
    }

    async fn end_session(&self, visitor: &Visitor, public_id: Option<&str>) -> Result<(), Fault> {
        self.end_other_session(visitor, public_id).await
    }

    async fn sign_out(&self, visitor: &Visitor) -> Result<(), Fault> {
        self.end_this_session(visitor).await
    }
}
