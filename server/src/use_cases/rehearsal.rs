//! What only a rehearsal asks for: an account without an enrolment, and the keys for an import.

use super::{UseCaseError, UseCases};
use crate::secret::Keys;
use crate::store::{AccountRow, CustomerId};
use app::form_checks;
use rules::user_id::UserId;

/// The reason why no account was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    #[error("the customer has no registered address")]
    NoAddress,
    #[error("password breaks the rules of a new password")]
    Password,
    #[error("the customer has an account already, or somebody else has one with this address")]
    Taken,
}

impl UseCases {
    /// Returns the keys of this installation.
    pub(crate) const fn keys(&self) -> &Keys {
        &self.context.keys
    }

    /// Opens the account of a customer as an enrolment leaves it, without its mails.
    pub(crate) async fn open_account(
        &self,
        customer_id: &CustomerId,
        password: String,
    ) -> Result<Result<(), NotOpened>, UseCaseError> {
        let context = &self.context;
        let mut tx = context.store.begin_read().await?;
        let email = tx.customer(customer_id).await?.and_then(|customer| customer.email);
        let Some(Ok(user_id)) = email.as_deref().map(UserId::parse) else { return Ok(Err(NotOpened::NoAddress)) };
        let about = context.password_about(&mut tx, Some(customer_id), Some(user_id.as_str())).await?;
        drop(tx);
        if form_checks::new_password(&password, &about).is_some() {
            return Ok(Err(NotOpened::Password));
        }
        let password_hash = context.passwords.hash(password, &*context.rng).await?;
        let now = context.clock.now();
        let account = AccountRow {
            id: context.rng.id().into(),
            customer_id: customer_id.clone(),
            user_id: user_id.as_str().to_owned(),
            user_key: user_id.key(),
            password_hash,
            created_at: now,
            password_at: now,
        };
        let mut tx = context.store.begin().await?;
        if !tx.add_account(&account).await? {
            return Ok(Err(NotOpened::Taken));
        }
        tx.commit().await?;
        Ok(Ok(()))
    }
}
