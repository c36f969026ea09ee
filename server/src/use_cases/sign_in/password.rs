//! The first step: user ID and password. A try is counted before the password is verified, and the same work is done for every user
//! ID, known or not.

use super::SignIn;
use super::code::end_if_locked;
use super::state::Proven;
use crate::mail::{LockedStep, MailContent};
use crate::secret::{Argon2Params, Argon2ParamsInUse};
use crate::store::{AccountRow, Actor, AuditEntry, AuditEvent, FlowRow, Rehash};
use crate::use_cases::UseCaseError;
use crate::use_cases::counters::{Counter, FromAddress, STRANGERS, UNTOLD};
use crate::use_cases::flow::{FlowPost, FlowTransaction, step_of};
use app::port::{SetCookie, Visitor};
use app::wire::{Field, Notice, Problem};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::{Limit, Lock, password_lock};
use rules::user_id::{UserId, UserIdFault};

/// The result of a password check.
pub(super) enum CheckedPassword {
    Right { account: Box<AccountRow>, failures: i64 },
    Problems(Vec<(Option<Field>, Problem)>),
}

/// A password that was wrong, or that was refused without being verified.
struct WrongPassword {
    /// Whether it was refused without being verified, because the user ID is locked.
    refused: bool,
    /// How many wrong ones there have been in a row, with this one.
    nth: i64,
    lock: Lock,
    /// The counter of those that the owner has not been told about, if this one belongs to them.
    untold: Option<Counter>,
}

impl SignIn<'_> {
    /// Counts the try, then verifies the password, with the same work for every user ID. Returns nothing where none is taken.
    pub(super) async fn check_password(
        &self,
        post: &FlowPost<'_, SignInStep>,
        cookies: &mut Vec<SetCookie>,
    ) -> Result<Option<CheckedPassword>, UseCaseError> {
        let (visitor, form, now) = (post.visitor, post.form, self.context.clock.now());
        let (user_id, password) = (UserId::parse(form.field(Field::UserId)), form.field(Field::Password));
        let mut problems = Vec::new();
        if let Err(fault) = &user_id {
            problems.push((Some(Field::UserId), user_id_problem(fault)));
        }
        if password.is_empty() {
            problems.push((Some(Field::Password), Problem::Empty));
        }
        let (Ok(user_id), true) = (user_id, problems.is_empty()) else {
            return Ok(Some(CheckedPassword::Problems(problems)));
        };
        let stand_in = self.stand_in(&user_id.key()).await?;
        // The visitor learns the result after the post's own transaction is committed, which makes this one durable too.
        let mut tx = self.context.store.begin_followed().await?;
        if !self.takes_password(&mut tx, post, now).await? {
            return Ok(None);
        }
        let browser = self.context.browser(visitor, cookies);
        let account = tx.account_by_key(&user_id.key()).await?;
        let account_id = account.as_ref().map(|account| account.id.clone()).unwrap_or_default();
        let known = tx.is_known_browser(&browser, &account_id).await?;
        // The address is counted and logged but never refused: many people share a carrier's address.
        let address = match known {
            true => None,
            false => Some(self.context.count_address(&mut tx, Limit::PasswordsFromAddress, visitor, now).await?),
        };
        let whole = self.context.counter(Limit::WrongPasswords, &user_id.key());
        let counter = whole.part(if known { browser.as_str() } else { STRANGERS });
        let before = counter.hold(&mut tx, now).await?;
        let refused = password_lock(before.count(), before.last, now, &self.context.limits) != Lock::Open;
        let counted = if refused { before } else { counter.add(&mut tx, &self.context.limits, now).await? };
        tx.commit().await?;

        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let same = match self.context.passwords.verify(password.to_owned(), hash, stand_in).await {
            Ok(same) => same,
            Err(found) => {
                if !refused {
                    self.context.uncount(&counter, before).await?;
                }
                self.uncount_address(address.as_ref()).await?;
                return Err(found.into());
            }
        };
        match account {
            Some(account) if same && !refused => {
                let own = known.then_some(&counter);
                let strangers = self.password_was_right(&account, password, own, &whole, address.as_ref()).await?;
                let failures = strangers + if known { before.n } else { 0 };
                Ok(Some(CheckedPassword::Right { account: Box::new(account), failures }))
            }
            account => {
                if let Some(address) = &address {
                    address.log();
                }
                let lock = password_lock(counted.count(), counted.last, now, &self.context.limits);
                let wrong = WrongPassword {
                    refused,
                    nth: counted.n,
                    lock,
                    untold: (!known && !refused).then(|| whole.part(UNTOLD)),
                };
                self.password_was_wrong(account.as_ref(), visitor, wrong, now).await?;
                let problem = match lock {
                    Lock::Open => Problem::WrongPassword,
                    Lock::Until(until) => Problem::LockedUntil(until),
                    Lock::ResetRequired => Problem::ResetRequired,
                };
                Ok(Some(CheckedPassword::Problems(vec![(None, problem)])))
            }
        }
    }

    /// Returns the hash parameters that a user ID without an account appears to have. They are computed for every user ID before it is
    /// looked up, so that the time taken does not tell them apart.
    async fn stand_in(&self, user_key: &str) -> Result<Argon2Params, UseCaseError> {
        let now = self.context.clock.now();
        let mut in_use = self.context.argon2_params_in_use.lock().await;
        if in_use.is_old(now) {
            let mut tx = self.context.store.begin_read().await?;
            *in_use = Argon2ParamsInUse::counted(tx.argon2_params_in_use().await?, now);
        }
        Ok(in_use
            .at(self.context.keys.pseudonymous_point(user_key))
            .unwrap_or_else(|| self.context.passwords.hashing()))
    }

    /// Takes back the try that was counted for the address, because it was not wrong.
    async fn uncount_address(&self, address: Option<&FromAddress>) -> Result<(), UseCaseError> {
        let Some(address) = address else { return Ok(()) };
        let mut tx = self.context.store.begin().await?;
        address.undo(&mut tx).await?;
        tx.commit().await.map_err(UseCaseError::from)
    }

    /// Clears the count of a known browser, or else that of strangers, and takes back the try that was counted for the address. Returns
    /// how many wrong passwords strangers have tried since the owner was last told about them. That count is not cleared here: whoever
    /// has guessed the password cannot sign in without a code, and must not be able to hide those tries from the owner.
    async fn password_was_right(
        &self,
        account: &AccountRow,
        password: &str,
        own: Option<&Counter>,
        whole: &Counter,
        address: Option<&FromAddress>,
    ) -> Result<i64, UseCaseError> {
        let rehashed = if self.context.passwords.is_outdated(&account.password_hash) {
            // If every hashing slot is taken, the next sign-in does it.
            self.context.passwords.hash(password.to_owned(), &*self.context.rng).await.ok()
        } else {
            None
        };
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin_followed().await?;
        // Lock order: the account before its counters, and the address before the user ID, as when they were counted.
        if let Some(hash) = rehashed {
            tx.rehash_password(&account.id, Rehash { old: &account.password_hash, new: &hash }).await?;
        }
        if let Some(address) = address {
            address.undo(&mut tx).await?;
        }
        own.cloned().unwrap_or_else(|| whole.part(STRANGERS)).clear(&mut tx).await?;
        let untold = whole.part(UNTOLD).read(&mut tx, now).await?.n;
        tx.commit().await?;
        Ok(untold)
    }

    async fn password_was_wrong(
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
        tx.commit().await.map_err(UseCaseError::from)
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
        whole.part(UNTOLD).clear(&mut flow_tx.tx).await.map_err(UseCaseError::from)
    }

    pub(super) async fn password_checked(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, SignInStep>,
        checked: Option<CheckedPassword>,
    ) -> Result<(), UseCaseError> {
        flow_tx.keep(post.form, &[Field::UserId]);
        // Text that is not a user ID may be a password in the wrong field. It is kept only among the sealed input.
        flow_tx.row.user_id =
            UserId::parse(post.form.field(Field::UserId)).ok().map(|user_id| user_id.as_str().to_owned());
        let (account, failures) = match checked {
            Some(CheckedPassword::Right { account, failures }) => (account, failures),
            Some(CheckedPassword::Problems(problems)) => {
                for (field, problem) in problems {
                    flow_tx.problem(field, problem);
                }
                return Ok(());
            }
            None => {
                flow_tx.flash.notice = Some(Notice::Stale);
                return Ok(());
            }
        };
        flow_tx.proven = true;
        // The button was pressed twice, or the first answer did not arrive: the code has been mailed already. Lock order: the other
        // flow's row before the account.
        let password_at = Some(account.password_at);
        let wanted = |row: &FlowRow| {
            step_of::<SignInStep>(row) == SignInStep::Code
                && row.account_id.as_ref() == Some(&account.id)
                && row.password_at == password_at
        };
        if self.context.flows().resume::<SignIn>(flow_tx, wanted).await? {
            return Ok(());
        }
        // Before the account is held, as everywhere. Whoever counts a wrong code holds that counter too.
        let wrong_codes =
            self.context.counter(Limit::WrongCodes, &account.id).hold(&mut flow_tx.tx, flow_tx.now).await?;
        // The password or the user ID may have been changed while this password was verified.
        let held = flow_tx.tx.lock_account(&account.id).await?;
        if held.is_none_or(|held| held.password_at != account.password_at || held.user_key != account.user_key) {
            flow_tx.proven = false;
            flow_tx.problem(None, Problem::WrongPassword);
            return Ok(());
        }
        // While the second step is locked, no code is mailed and none is counted.
        let lock = self.lock_of(wrong_codes, flow_tx.now);
        if lock == Lock::Open
            && let Err(refused) = self.count_code_mail(&mut flow_tx.tx, &account.id, flow_tx.now).await?
        {
            flow_tx.problem(None, refused.problem());
            return Ok(());
        }
        // The token is renewed before the code is drawn, because the code is bound to it.
        self.context.flows().renew(flow_tx).await?;
        flow_tx.row.account_id = Some(account.id.clone());
        flow_tx.row.customer_id = Some(account.customer_id.clone());
        flow_tx.row.user_id = Some(account.user_id.clone());
        flow_tx.row.user_key = Some(account.user_key.clone());
        flow_tx.row.failures = failures;
        flow_tx.row.password_at = Some(account.password_at);
        flow_tx.row.device.clone_from(&post.visitor.device);
        flow_tx.flash.old_input.clear();
        flow_tx.on(SignInEvent::PasswordAccepted);
        if !end_if_locked(flow_tx, lock) {
            self.send_code(flow_tx).await?;
        }
        Ok(())
    }
}

/// Returns the problem to show for a user ID as it was typed.
pub(in crate::use_cases) fn user_id_problem(fault: &UserIdFault) -> Problem {
    match fault {
        UserIdFault::Empty => Problem::Empty,
        UserIdFault::NoAt => Problem::NoAt,
        UserIdFault::Space => Problem::Space,
        UserIdFault::Control => Problem::Shape,
        UserIdFault::Character(character) => Problem::Character(*character),
        UserIdFault::TooLong => Problem::TooLong,
        UserIdFault::Shape => Problem::Shape,
    }
}
