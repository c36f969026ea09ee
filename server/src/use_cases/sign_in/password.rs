//! The first step: user ID and password. A try is counted before anything is made of what the password came to, and the same work is
//! done for every user ID, known or not.

use super::SignIn;
use super::code::end_if_locked;
use super::tries::{CountedTry, Tried, WrongPassword};
use crate::metrics;
use crate::store::{AccountRow, FlowRow};
use crate::use_cases::UseCaseError;
use crate::use_cases::counters::UNTOLD;
use crate::use_cases::flow::{FlowPost, FlowTransaction, step_of};
use app::form_checks;
use app::port::SetCookie;
use app::wire::{Field, FieldProblem, Notice, Problem};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::{Limit, Lock, password_lock};
use rules::user_id::UserId;

/// The result of a password check.
pub(super) enum CheckedPassword {
    Right { account: Box<AccountRow>, failures: i64 },
    Problems(Vec<FieldProblem>),
}

impl SignIn<'_> {
    /// Counts the try and verifies the password, with the same work for every user ID. Returns nothing where none is taken.
    pub(super) async fn check_password(
        &self,
        post: &FlowPost<'_, SignInStep>,
        cookies: &mut Vec<SetCookie>,
    ) -> Result<Option<CheckedPassword>, UseCaseError> {
        let (visitor, form, now) = (post.visitor, post.form, self.context.clock.now());
        let user_id = match form_checks::sign_in(form) {
            Ok(user_id) => user_id,
            Err(problems) => return Ok(Some(CheckedPassword::Problems(problems))),
        };
        let password = form.field(Field::Password);
        let stand_in = self.stand_in(&user_id.key()).await?;
        // The visitor learns the result after the post's own transaction is committed, which makes this one durable too.
        let mut tx = self.context.store.begin_followed().await?;
        if !self.takes_password(&mut tx, post, now).await? {
            return Ok(None);
        }
        let browser = self.context.browser(visitor, cookies);
        let account = tx.account_by_key(&user_id.key()).await?;
        let tried = Tried { user_id: &user_id, account: account.as_ref(), browser: &browser };
        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        // Verifying takes longest, so it begins while the try is being counted. What it comes to is looked at once the count is committed.
        let (verified, counted) = tokio::join!(
            self.context.passwords.verify(password.to_owned(), hash, stand_in),
            self.count_try(tx, &tried, now)
        );
        let CountedTry { whole, counter, known, before, counted, refused } = counted?;
        if refused {
            metrics::refused_by(Limit::WrongPasswords);
        }
        let same = match verified {
            Ok(same) => same,
            Err(found) => {
                if !refused {
                    self.context.uncount(&counter, before).await?;
                }
                return Err(found.into());
            }
        };
        match account {
            Some(account) if same && !refused => {
                let strangers = self.password_was_right(&account, password, &counter, &whole).await?;
                let failures = strangers + if known { before.n } else { 0 };
                Ok(Some(CheckedPassword::Right { account: Box::new(account), failures }))
            }
            account => {
                let lock = password_lock(counted.count(), counted.last, now, &self.context.limits);
                let untold = (!known && !refused).then(|| whole.part(UNTOLD));
                let wrong = WrongPassword { refused, known, nth: counted.n, lock, untold };
                self.password_was_wrong(account.as_ref(), visitor, wrong, now).await?;
                let problem = match lock {
                    Lock::Open => Problem::WrongPassword,
                    Lock::Until(until) => Problem::LockedUntil(until),
                    Lock::ResetRequired => Problem::ResetRequired,
                };
                Ok(Some(CheckedPassword::Problems(vec![FieldProblem { field: None, problem }])))
            }
        }
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
                flow_tx.flash.problems.extend(problems);
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
