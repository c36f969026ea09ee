//! What the use cases stand on: store, clock, randomness, keys, limits. Its fields are theirs alone.

use super::UseCaseError;
use super::counted_params::CountedParams;
use crate::clock::Clock;
use crate::config::{AccountSettings, PasswordSettings, Settings};
use crate::mail::Relay;
use crate::rng::Rng;
use crate::secret::{Keys, PasswordFault, PasswordHasher};
use crate::store::Store;
use app::fault::Fault;
use app::wire::Brand;
use rules::limits::Limits;
use rules::user_id::UserId;
use std::sync::Arc;
use tokio::sync::Notify;

/// The parts of the server that the use cases share with the outbox worker and the pages.
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub keys: Keys,
    pub brand: Brand,
    /// Wakes the outbox worker of this node.
    pub outbox_wakeup: Arc<Notify>,
    /// What this node knows of the mail server.
    pub relay: Arc<Relay>,
}

/// What every use case is given, besides the visitor and the form.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) store: Store,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) rng: Arc<dyn Rng>,
    pub(super) keys: Keys,
    pub(super) passwords: PasswordHasher,
    /// The parameters that the accounts' password hashes have.
    pub(super) argon2_params_in_use: Arc<CountedParams>,
    pub(super) limits: Arc<Limits>,
    pub(super) brand: Arc<Brand>,
    /// Words of the brand that a password must not be built from.
    pub(super) brand_words: Arc<Vec<String>>,
    pub(super) account_settings: AccountSettings,
    pub(super) password_settings: PasswordSettings,
    /// Whether it is logged when many people come from one client address: without a configured proxy, one is probably missing.
    pub(super) warns_of_shared_address: bool,
    /// Wakes the outbox worker of this node.
    pub(super) outbox_wakeup: Arc<Notify>,
    /// What this node knows of the mail server.
    pub(super) relay: Arc<Relay>,
}

impl Context {
    /// Puts the parts together.
    ///
    /// # Errors
    /// The configured parameters of Argon2id are not possible.
    pub(super) fn new(settings: &Settings, parts: Parts) -> Result<Self, PasswordFault> {
        Ok(Self {
            passwords: PasswordHasher::new(&settings.limits, &*parts.rng)?,
            argon2_params_in_use: Arc::default(),
            limits: Arc::new(settings.limits.clone()),
            brand: Arc::new(parts.brand),
            brand_words: Arc::new(settings.brand.password_words.clone()),
            account_settings: settings.accounts.clone(),
            password_settings: settings.password.clone(),
            warns_of_shared_address: settings.http.is_https() && settings.http.trusted_proxies.is_empty(),
            store: parts.store,
            clock: parts.clock,
            rng: parts.rng,
            keys: parts.keys,
            outbox_wakeup: parts.outbox_wakeup,
            relay: parts.relay,
        })
    }

    /// Returns what the browser is told of an error.
    pub(super) fn fault(&self, error: UseCaseError) -> Fault {
        error.into_fault(self.passwords.retry_after())
    }

    /// Returns a user ID as the configuration lets it be shown; nothing of one that cannot be masked.
    pub(super) fn shown_user_id(&self, user_id: &str) -> String {
        match UserId::parse(user_id) {
            Ok(id) if self.account_settings.mask_user_id => id.masked(),
            Err(_) if self.account_settings.mask_user_id => String::new(),
            _ => user_id.to_owned(),
        }
    }
}
