//! The first step: user ID and password. Counted before it is verified; whatever the user ID is, the same steps are taken.

use super::user_id_problem;
use crate::accounts::counters::{Counter, FromAddress, STRANGERS, TOLD};
use crate::accounts::progress::Turn;
use crate::accounts::{Accounts, stored};
use crate::mail::{Letter, LockedStep};
use crate::secret::{Hashing, HashingsInUse};
use crate::store::{AccountRow, AuditEntry, CounterRow, FlowRow};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Flow, Form, Notice, Problem};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::{Limit, Lock, password_lock};
use rules::user_id::UserId;

/// What the check of a password came to.
pub(super) enum Checked {
    Right { account: Box<AccountRow>, failures: i64 },
    Problems(Vec<(Option<Field>, Problem)>),
}

impl Accounts {
    /// Counts the try, then verifies; whatever the user ID is, the same steps are taken.
    pub(super) async fn check_password(&self, visitor: &Visitor, form: &Form) -> Result<Checked, Fault> {
        let now = self.clock.now();
        let password = form.field(Field::Password);
        let user_id = UserId::parse(form.field(Field::UserId));
        let mut problems = Vec::new();
        if let Err(fault) = &user_id {
            problems.push((Some(Field::UserId), user_id_problem(fault)));
        }
        if password.is_empty() {
            problems.push((Some(Field::Password), Problem::Empty));
        }
        let Ok(user_id) = user_id else { return Ok(Checked::Problems(problems)) };
        if !problems.is_empty() {
            return Ok(Checked::Problems(problems));
        }
        let stand_in = self.stand_in(&user_id.key()).await?;
        let browser = self.browser(visitor);
        let mut tx = self.store.begin().await.map_err(stored)?;
        let account = tx.account_by_key(&user_id.key()).await.map_err(stored)?;
        let account_id = account.as_ref().map_or("", |account| account.id.as_str());
        let known = tx.is_known_browser(&browser, account_id).await.map_err(stored)?;
        // Counted and logged, and no reason to refuse: strangers share a carrier's address, and a right password is let in.
        let address = match known {
            true => None,
            false => {
                Some(self.count_address(&mut tx, Limit::PasswordsFromAddress, visitor, now).await.map_err(stored)?)
            }
        };
        let whole = self.counter(Limit::WrongPasswords, &user_id.key());
        let counter = whole.part(if known { browser.as_str() } else { STRANGERS });
        let before = counter.hold(&mut tx, now).await.map_err(stored)?;
        let refused = password_lock(before.count(), before.last, now, &self.limits) != Lock::Open;
        let counted = if refused { before } else { counter.add(&mut tx, &self.limits, now).await.map_err(stored)? };
        tx.commit().await.map_err(stored)?;

        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let same = match self.passwords.verify(password.to_owned(), hash, stand_in).await {
            Ok(same) => same,
            Err(found) => {
                if !refused {
                    self.uncount(&counter, before).await?;
                }
                self.uncount_address(address.as_ref()).await?;
                return Err(self.password_fault(found));
            }
        };
        match account {
            Some(account) if same && !refused => {
                self.uncount_address(address.as_ref()).await?;
                let failures = self.password_was_right(&account, password, &counter, &whole).await? + before.n;
                Ok(Checked::Right { account: Box::new(account), failures })
            }
            account => {
                if let Some(address) = &address {
                    address.log();
                }
                let lock = password_lock(counted.count(), counted.last, now, &self.limits);
                self.password_was_wrong(account.as_ref(), visitor, refused, counted.n, lock, now).await?;
                let problem = match lock {
                    Lock::Open => Problem::WrongPassword,
                    Lock::Until(until) => Problem::LockedUntil(until),
                    Lock::ResetRequired => Problem::ResetRequired,
                };
                Ok(Checked::Problems(vec![(None, problem)]))
            }
        }
    }

    /// Returns the parameters that a user ID appears to have if it has no account. They are found for every user ID, before it is
    /// looked up.
    async fn stand_in(&self, user_key: &str) -> Result<Hashing, Fault> {
        let now = self.clock.now();
        let mut in_use = self.hashings_in_use.lock().await;
        if in_use.is_old(now) {
            let mut tx = self.store.look().await.map_err(stored)?;
            *in_use = HashingsInUse::counted(tx.hashings_in_use().await.map_err(stored)?, now);
        }
        Ok(in_use.at(self.keys.pseudonymous_point(user_key)).unwrap_or_else(|| self.passwords.hashing()))
    }

    /// Takes a try back that nobody looked at; the one before counts as the last again.
    pub(in crate::accounts) async fn uncount(&self, counter: &Counter, before: CounterRow) -> Result<(), Fault> {
        let mut tx = self.store.begin().await.map_err(stored)?;
        counter.restore(&mut tx, before).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    /// Takes one back that was not wrong.
    async fn uncount_address(&self, address: Option<&FromAddress>) -> Result<(), Fault> {
        let Some(address) = address else { return Ok(()) };
        let mut tx = self.store.begin().await.map_err(stored)?;
        address.take_back(&mut tx).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    /// Clears this browser's streak, and no other; answers how many wrong passwords strangers have tried since the owner was last
    /// told of them.
    async fn password_was_right(
        &self,
        account: &AccountRow,
        password: &str,
        counter: &Counter,
        whole: &Counter,
    ) -> Result<i64, Fault> {
        let rehashed = if self.passwords.is_outdated(&account.password_hash) {
            // With all slots taken it is left to the next sign-in.
            self.passwords.hash(password.to_owned(), &*self.dice).await.ok()
        } else {
            None
        };
        let now = self.clock.now();
        let mut tx = self.store.begin().await.map_err(stored)?;
        // The account before its counters, as everywhere.
        if let Some(hash) = rehashed {
            tx.rehash_password(&account.id, &account.password_hash, &hash).await.map_err(stored)?;
        }
        counter.clear(&mut tx).await.map_err(stored)?;
        let strangers = whole.part(STRANGERS).read(&mut tx, now).await.map_err(stored)?;
        let told = whole.part(TOLD).read(&mut tx, now).await.map_err(stored)?;
        tx.commit().await.map_err(stored)?;
        Ok((strangers.n - told.n).max(0))
    }

    async fn password_was_wrong(
        &self,
        account: Option<&AccountRow>,
        visitor: &Visitor,
        refused: bool,
        wrong: i64,
        lock: Lock,
        now: i64,
    ) -> Result<(), Fault> {
        let mut tx = self.store.begin().await.map_err(stored)?;
        let reference = self.dice.reference();
        let entry = AuditEntry {
            // What was not even looked at has a name of its own, which is no line of the owner's history. It is written all
            // the same: a locked user ID takes no less time than another.
            event: if refused { "authn_login_fail_max" } else { "authn_login_fail" },
            actor: "customer",
            customer_id: account.map(|account| account.customer_id.as_str()),
            account_id: account.map(|account| account.id.as_str()),
            reference: &reference,
            detail: &visitor.device,
        };
        tx.audit(&self.dice.id(), &entry, now).await.map_err(stored)?;
        // Once when it is locked, and once more when it is closed: a mail with each wait that follows would be a flood.
        let letter = match lock {
            Lock::Until(until) if wrong == i64::from(self.limits.password_wrong_before_wait) => {
                Some(Letter::SignInLocked { at: now, until, step: LockedStep::Password })
            }
            Lock::ResetRequired => Some(Letter::SignInClosed { at: now, step: LockedStep::Password }),
            _ => None,
        };
        if let (Some(account), Some(letter), false) = (account, letter, refused) {
            self.write(&mut tx, &letter, &account.user_id, &reference, now).await?;
        }
        tx.commit().await.map_err(stored)
    }

    /// After many failures the sign-in is told to the owner; the strangers' count stays, or they would have it set back by each
    /// sign-in of the owner.
    pub(super) async fn tell_failures(&self, turn: &mut Turn, user_key: &str) -> Result<(), Fault> {
        let row = turn.row.clone();
        let failures = u32::try_from(row.failures).unwrap_or(u32::MAX);
        let letter = Letter::SignInAfterFailures { at: turn.now, failures, device: row.device };
        self.write(&mut turn.tx, &letter, &row.user_id.unwrap_or_default(), &row.reference, turn.now).await?;
        let whole = self.counter(Limit::WrongPasswords, user_key);
        let strangers = whole.part(STRANGERS).read(&mut turn.tx, turn.now).await.map_err(stored)?;
        whole.part(TOLD).set(&mut turn.tx, strangers.n, turn.now).await.map_err(stored)
    }

    pub(super) async fn password_checked(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        form: &Form,
        checked: Option<Checked>,
    ) -> Result<(), Fault> {
        turn.keep(form, &[Field::UserId]);
        // What is no user ID, perhaps a password in the wrong field, is only among the sealed.
        turn.row.user_id = UserId::parse(form.field(Field::UserId)).ok().map(|user_id| user_id.as_str().to_owned());
        let (account, failures) = match checked {
            Some(Checked::Right { account, failures }) => (account, failures),
            Some(Checked::Problems(problems)) => {
                for (field, problem) in problems {
                    turn.problem(field, problem);
                }
                return Ok(());
            }
            None => {
                turn.flash.notice = Some(Notice::Stale);
                return Ok(());
            }
        };
        // A second press of the button, or the first one's answer did not arrive: the code has been mailed. Before the account is
        // held, as every flow is.
        let password_at = Some(account.password_at);
        let wanted = |row: &FlowRow| {
            row.step == SignInStep::Code.as_str()
                && row.account_id.as_deref() == Some(account.id.as_str())
                && row.password_at == password_at
        };
        if self.resume(turn, Flow::SignIn, wanted).await? {
            return Ok(());
        }
        // Before the account is held, as everywhere.
        self.counter(Limit::WrongCodes, &account.id).settle(&mut turn.tx, turn.now).await.map_err(stored)?;
        // The password or the user ID may have been changed while this one was verified.
        let held = turn.tx.hold_account(&account.id).await.map_err(stored)?;
        if held.is_none_or(|held| held.password_at != account.password_at || held.user_key != account.user_key) {
            turn.problem(None, Problem::WrongPassword);
            return Ok(());
        }
        // Where the second step is locked no code goes out, and none is counted.
        let locked = self.code_lock_of(&mut turn.tx, &account.id, turn.now).await? != Lock::Open;
        if !locked && let Err(refused) = self.count_code_mail(&mut turn.tx, &account.id, turn.now).await? {
            turn.problem(None, refused.problem());
            return Ok(());
        }
        // Before the code is drawn, which is bound to the token.
        self.renew(turn).await?;
        turn.row.account_id = Some(account.id.clone());
        turn.row.customer_id = Some(account.customer_id.clone());
        turn.row.user_id = Some(account.user_id.clone());
        turn.row.user_key = Some(account.user_key.clone());
        turn.row.failures = failures;
        turn.row.password_at = Some(account.password_at);
        turn.row.device.clone_from(&visitor.device);
        turn.flash.kept.clear();
        turn.on(SignInEvent::PasswordAccepted);
        if !self.code_locked(turn).await? {
            self.send_code(turn).await?;
        }
        Ok(())
    }
}
