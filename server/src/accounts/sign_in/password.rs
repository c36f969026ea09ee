//! The first step: user ID and password. Counted before it is verified; whatever the user ID is, the same steps are taken.

use super::user_id_problem;
use crate::accounts::progress::Turn;
use crate::accounts::{Accounts, counters, stored};
use crate::mail::Letter;
use crate::store::{AccountRow, AuditEntry, CounterRow, FlowRow};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Flow, Form, Notice, Problem};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::{password_reset_required, password_wait_ms};
use rules::user_id::UserId;

/// Whose wrong passwords a counter of a user ID counts: those of all browsers that have not signed in to it before, …
const STRANGER: &str = "stranger";
/// … and how many of them the owner has been told of.
const TOLD: &str = "told";

/// What the check of a password came to.
pub(super) enum Checked {
    Right { account: Box<AccountRow>, failures: i64 },
    Problems(Vec<(Option<Field>, Problem)>),
}

impl Accounts {
    /// The counters of a user ID's wrong passwords begin with this.
    pub(in crate::accounts) fn password_counters(&self, user_key: &str) -> String {
        counters::passwords(&self.keys, user_key)
    }

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
        let browser = self.browser(visitor);
        let mut tx = self.store.begin().await.map_err(stored)?;
        let account = tx.account_by_key(&user_id.key()).await.map_err(stored)?;
        let account_id = account.as_ref().map_or("", |account| account.id.as_str());
        let known = tx.is_known_browser(&browser, account_id).await.map_err(stored)?;
        let address = format!("sign-in:address:{}", self.keys.pseudonym(&visitor.address));
        if !known {
            let counted = tx.raise(&address, self.limits.sign_in_address_window_ms, now).await.map_err(stored)?;
            if counted.n > i64::from(self.limits.sign_in_per_address) {
                let until = counted.since + self.limits.sign_in_address_window_ms;
                return Ok(Checked::Problems(vec![(None, Problem::BusyAddress(until))]));
            }
        }
        let prefix = self.password_counters(&user_id.key());
        let key = format!("{prefix}{}", if known { browser.as_str() } else { STRANGER });
        let before = tx.hold_counter(&key, now).await.map_err(stored)?;
        let wrong_before = u32::try_from(before.n).unwrap_or(u32::MAX);
        let locked_until = before.last + password_wait_ms(wrong_before, &self.limits);
        let reset_required = password_reset_required(wrong_before, &self.limits);
        let refused = reset_required || locked_until > now;
        let counted = if refused { before } else { tx.raise(&key, counters::STREAK_MS, now).await.map_err(stored)? };
        tx.commit().await.map_err(stored)?;

        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let same = match self.passwords.verify(password.to_owned(), hash).await {
            Ok(same) => same,
            Err(found) => {
                if !refused {
                    self.uncount(&key, before).await?;
                }
                if !known {
                    self.lower(&address).await?;
                }
                return Err(self.password_fault(found));
            }
        };
        match account {
            Some(account) if same && !refused => {
                if !known {
                    self.lower(&address).await?;
                }
                let failures = self.password_was_right(&account, password, &key, &prefix).await? + before.n;
                Ok(Checked::Right { account: Box::new(account), failures })
            }
            account => {
                let wait = password_wait_ms(u32::try_from(counted.n).unwrap_or(u32::MAX), &self.limits);
                self.password_was_wrong(account.as_ref(), visitor, refused, counted.n, counted.last + wait, now)
                    .await?;
                let problem = if password_reset_required(u32::try_from(counted.n).unwrap_or(u32::MAX), &self.limits) {
                    Problem::ResetRequired
                } else if counted.last + wait > now {
                    Problem::LockedUntil(counted.last + wait)
                } else {
                    Problem::WrongPassword
                };
                Ok(Checked::Problems(vec![(None, problem)]))
            }
        }
    }

    /// Takes a try back that nobody looked at; the one before counts as the last again.
    pub(in crate::accounts) async fn uncount(&self, key: &str, before: CounterRow) -> Result<(), Fault> {
        let mut tx = self.store.begin().await.map_err(stored)?;
        tx.take_back(key, before).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    /// Takes one back that was not wrong.
    async fn lower(&self, key: &str) -> Result<(), Fault> {
        let mut tx = self.store.begin().await.map_err(stored)?;
        tx.lower(key).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    /// Clears this browser's streak, and no other; answers how many wrong passwords strangers have tried since the owner was last
    /// told of them.
    async fn password_was_right(
        &self,
        account: &AccountRow,
        password: &str,
        key: &str,
        prefix: &str,
    ) -> Result<i64, Fault> {
        let rehashed = if self.passwords.is_outdated(&account.password_hash) {
            // With all slots taken it is left to the next sign-in.
            self.passwords.hash(password.to_owned(), &*self.dice).await.ok()
        } else {
            None
        };
        let mut tx = self.store.begin().await.map_err(stored)?;
        // The account before its counters, as everywhere.
        if let Some(hash) = rehashed {
            tx.rehash_password(&account.id, &account.password_hash, &hash).await.map_err(stored)?;
        }
        tx.clear_counter(key).await.map_err(stored)?;
        let strangers = tx.counter(&format!("{prefix}{STRANGER}")).await.map_err(stored)?;
        let told = tx.counter(&format!("{prefix}{TOLD}")).await.map_err(stored)?;
        tx.commit().await.map_err(stored)?;
        Ok((strangers.n - told.n).max(0))
    }

    async fn password_was_wrong(
        &self,
        account: Option<&AccountRow>,
        visitor: &Visitor,
        refused: bool,
        wrong: i64,
        until: i64,
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
        if let Some(account) = account
            && !refused
            && wrong == i64::from(self.limits.password_wrong_before_wait)
        {
            self.write(&mut tx, &Letter::SignInLocked { at: now, until }, &account.user_id, &reference, now).await?;
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
        let prefix = self.password_counters(user_key);
        let strangers = turn.tx.counter(&format!("{prefix}{STRANGER}")).await.map_err(stored)?;
        turn.tx.set_counter(&format!("{prefix}{TOLD}"), strangers.n, turn.now).await.map_err(stored)
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
        // The password or the user ID may have been changed while this one was verified.
        let held = turn.tx.hold_account(&account.id).await.map_err(stored)?;
        if held.is_none_or(|held| held.password_at != account.password_at || held.user_key != account.user_key) {
            turn.problem(None, Problem::WrongPassword);
            return Ok(());
        }
        if let Some(at) = self.count_code_mail(&mut turn.tx, &account.id, turn.now).await? {
            turn.problem(None, Problem::MailsUntil(at));
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
        if self.code_wait(turn).await?.is_none() {
            self.send_code(turn).await?;
        }
        Ok(())
    }
}
