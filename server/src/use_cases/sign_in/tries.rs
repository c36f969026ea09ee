//! What tries of passwords are counted as, and what a right and a wrong one lead to.

use super::SignIn;
use super::state::Proven;
use crate::mail::{LockedStep, MailContent};
use crate::secret::Argon2Params;
use crate::store::{AccountRow, Actor, AuditEntry, AuditEvent, BrowserId, CounterRow, Rehash, Tx};
use crate::use_cases::UseCaseError;
use crate::use_cases::counters::{Counter, STRANGERS, UNTOLD};
use crate::use_cases::flow::FlowTransaction;
use app::port::Visitor;
use rules::limits::{Limit, Lock, password_lock};
use rules::user_id::UserId;

/// Whom a try is counted for.
pub(super) struct Tried<'a> {
    pub user_id: &'a UserId,
    pub account: Option<&'a AccountRow>,
    pub browser: &'a BrowserId,
}

/// A try that is counted.
pub(super) struct CountedTry {
    /// All counters of the user ID.
    pub whole: Counter,
    /// The one of them that it was counted on.
    pub counter: Counter,
    /// Whether the browser has signed in to the account before.
    pub known: bool,
    pub before: CounterRow,
    pub counted: CounterRow,
    /// Whether it is refused, right or wrong, because the user ID is locked. Then it was not counted.
    pub refused: bool,
}

/// A password that was wrong, or that was refused whatever it was.
pub(super) struct WrongPassword {
    /// Whether it was refused, because the user ID is locked.
    pub refused: bool,
    /// Whether the browser has signed in to the account before.
    pub known: bool,
    /// How many wrong ones there have been in a row, with this one.
    pub nth: i64,
    pub lock: Lock,
    /// The counter of those that the owner has not been told about, if this one belongs to them.
    pub untold: Option<Counter>,
}

impl SignIn<'_> {
    /// Counts a try, and commits the count: many at the same time cannot share it.
    pub(super) async fn count_try(&self, mut tx: Tx, tried: &Tried<'_>, now: i64) -> Result<CountedTry, UseCaseError> {
        let account_id = tried.account.map(|account| account.id.clone()).unwrap_or_default();
        let known = tx.is_known_browser(tried.browser, &account_id).await?;
        let whole = self.context.counter(Limit::WrongPasswords, &tried.user_id.key());
        let counter = whole.part(if known { tried.browser.as_str() } else { STRANGERS });
        let before = counter.hold(&mut tx, now).await?;
        let refused = password_lock(before.count(), before.last, now, &self.context.limits) != Lock::Open;
        let counted = if refused { before } else { counter.add(&mut tx, &self.context.limits, now).await? };
        tx.commit().await?;
        Ok(CountedTry { whole, counter, known, before, counted, refused })
    }

    /// Returns the hash parameters that a user ID without an account appears to have. They are computed for every user ID before it is
    /// looked up, so that the time taken does not tell them apart.
    pub(super) async fn stand_in(&self, user_key: &str) -> Result<Argon2Params, UseCaseError> {
        let in_use = self.context.argon2_params_in_use.current(&self.context.store, self.context.clock.now()).await?;
        Ok(in_use
            .at(self.context.keys.pseudonymous_point(user_key))
            .unwrap_or_else(|| self.context.passwords.hashing()))
    }

    /// Clears the counter that the try was counted on: of a known browser, or else of strangers. Returns how many wrong passwords
    /// strangers have tried since the owner was last told about them. That count is not cleared here: whoever has guessed the password
    /// cannot sign in without a code, and must not be able to hide those tries from the owner.
    pub(super) async fn password_was_right(
        &self,
        account: &AccountRow,
        password: &str,
        counter: &Counter,
        whole: &Counter,
    ) -> Result<i64, UseCaseError> {
        let rehashed = if self.context.passwords.is_outdated(&account.password_hash) {
            // If every hashing slot is taken, the next sign-in does it.
            self.context.passwords.hash(password.to_owned(), &*self.context.rng).await.ok()
        } else {
            None
        };
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin_followed().await?;
        // Lock order: the account before its counters.
        if let Some(hash) = rehashed {
            tx.rehash_password(&account.id, Rehash { old: &account.password_hash, new: &hash }).await?;
        }
        counter.clear(&mut tx).await?;
        let untold = whole.part(UNTOLD).read(&mut tx, now).await?.n;
        tx.commit().await?;
        Ok(untold)
    }

    pub(super) async fn password_was_wrong(
        &self,
        account: Option<&AccountRow>,
        visitor: &Visitor,
        wrong: WrongPassword,
        now: i64,
    ) -> Result<(), UseCaseError> {
        let mut tx = self.context.store.begin_followed().await?;
        let reference = self.context.rng.reference();
        let entry = AuditEntry {
            // A refused try has an event of its own, which the owner's history does not show. It is written nevertheless, so that a
            // locked user ID takes as long as any other.
            event: if wrong.refused { AuditEvent::SignInRefused } else { AuditEvent::SignInFailed },
            actor: Actor::Customer,
            customer_id: account.map(|account| &account.customer_id),
            account_id: account.map(|account| &account.id),
            reference: &reference,
            detail: &visitor.device,
        };
        tx.audit(&self.context.rng.id(), &entry, now).await?;
        if let Some(untold) = wrong.untold {
            untold.add(&mut tx, &self.context.limits, now).await?;
        }
        // One mail when the user ID is locked first, and one when it is closed. A mail for every wait in between would be a flood.
        let content = match wrong.lock {
            Lock::Until(until) if wrong.nth == i64::from(self.context.limits.password_wrong_before_wait) => {
                Some(MailContent::SignInLocked { at: now, until, step: LockedStep::Password })
            }
            Lock::ResetRequired => Some(MailContent::SignInClosed { at: now, step: LockedStep::Password }),
            _ => None,
        };
        if let (Some(account), Some(content), false) = (account, content, wrong.refused) {
            self.context.write(&mut tx, &content, &account.user_id, &reference, now).await?;
        }
        // The address is counted and logged but never refused: many people share a carrier's address. Last, since they all wait for it.
        let address = match wrong.known {
            true => None,
            false => Some(self.context.count_address(&mut tx, Limit::PasswordsFromAddress, visitor, now).await?),
        };
        tx.commit().await?;
        if let Some(address) = address {
            address.log();
        }
        Ok(())
    }

    /// Writes the mail that tells the owner about a sign-in after many wrong passwords, and clears the count of those not told about.
    pub(super) async fn tell_failures(
        &self,
        flow_tx: &mut FlowTransaction,
        proven: &Proven,
    ) -> Result<(), UseCaseError> {
        let row = flow_tx.row.clone();
        let failures = u32::try_from(row.failures).unwrap_or(u32::MAX);
        let content = MailContent::SignInAfterFailures { at: flow_tx.now, failures, device: row.device };
        self.context.write(&mut flow_tx.tx, &content, &proven.user_id, &row.reference, flow_tx.now).await?;
        let whole = self.context.counter(Limit::WrongPasswords, &proven.user_key);
        whole.part(UNTOLD).clear(&mut flow_tx.tx).await?;
        Ok(())
    }
}
