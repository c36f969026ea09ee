//! The second step: a code by mail. `rules::code_rules` decides which codes are valid and what a try leads to; here they are drawn,
//! mailed, compared and consumed.

use super::SignIn;
use super::state::Proven;
use crate::mail::{LockedStep, MailContent};
use crate::metrics;
use crate::secret::Purpose;
use crate::store::{AccountId, AuditEvent, CodeId, CodeRow, CounterRow, FlowId, Tx};
use crate::use_cases::UseCaseError;
use crate::use_cases::counters::Refused;
use crate::use_cases::flow::{FlowTransaction, entry};
use app::fault::Fault;
use app::form_checks;
use app::port::Visitor;
use app::wire::{Field, Form, Notice, Problem};
use rules::auth_code::AuthCode;
use rules::code_rules::{CodeVerdict, Resend, SentCode, judge, resend};
use rules::flow::SignInEvent;
use rules::limits::{Limit, Lock, code_lock, code_lock_ms};

/// The tokens that a right code gives to the browser.
pub(super) struct CodeTokens {
    /// The token of the session.
    pub session: String,
    /// The token by which the browser is known at its next sign-in.
    pub browser: String,
}

impl SignIn<'_> {
    /// Returns the lock of the account's second step that so many wrong codes lead to.
    pub(super) fn lock_of(&self, wrong: CounterRow, now: i64) -> Lock {
        code_lock(wrong.count(), wrong.last, now, &self.context.limits)
    }

    /// Ends this attempt if the account's password or user ID has been changed since, because then no code may sign in. Locks the
    /// account. Returns whether it was changed.
    async fn password_was_replaced(&self, flow_tx: &mut FlowTransaction) -> Result<bool, UseCaseError> {
        let Proven { account_id, user_key, password_at, .. } = Proven::read(&flow_tx.row)?;
        let held = flow_tx.tx.lock_account(&account_id).await?;
        let replaced = held.is_none_or(|held| held.password_at != password_at || held.user_key != user_key);
        if replaced {
            flow_tx.on(SignInEvent::PasswordReplaced);
        }
        Ok(replaced)
    }

    /// Returns whether the account's second step is locked.
    pub(super) async fn code_lock_of(
        &self,
        tx: &mut Tx,
        account_id: &AccountId,
        now: i64,
    ) -> Result<Lock, UseCaseError> {
        let wrong = self.context.counter(Limit::WrongCodes, account_id).read(tx, now).await?;
        Ok(self.lock_of(wrong, now))
    }

    /// Draws and mails a code. Earlier codes of this sign-in stay valid until their own time is up.
    pub(super) async fn send_code(&self, flow_tx: &mut FlowTransaction) -> Result<(), UseCaseError> {
        let now = flow_tx.now;
        let Proven { account_id, user_id, .. } = Proven::read(&flow_tx.row)?;
        let code = AuthCode::from_number(self.context.rng.below(AuthCode::COUNT));
        flow_tx.row.sends += 1;
        let expires_at = now + self.context.limits.code_life_ms;
        flow_tx
            .tx
            .add_code(&CodeRow {
                id: self.context.rng.id().into(),
                flow_id: flow_tx.row.id.clone(),
                account_id,
                nth: flow_tx.row.sends,
                mac: self.context.keys.mac(Purpose::AuthCode, &format!("{}:{}", flow_tx.row.id, code.as_str())),
                sent_at: now,
                expires_at,
                used_at: None,
            })
            .await?;
        let content = MailContent::AuthCode {
            code: code.as_str().to_owned(),
            nth: u32::try_from(flow_tx.row.sends).unwrap_or(u32::MAX),
            sent_at: now,
            expires_at,
            device: flow_tx.row.device.clone(),
        };
        let reference = flow_tx.row.reference.clone();
        flow_tx.row.mail_id = Some(self.context.write(&mut flow_tx.tx, &content, &user_id, &reference, now).await?);
        flow_tx.row.sent_at = Some(now);
        Ok(())
    }

    /// Counts one more code mailed to the account, across all its sign-ins.
    pub(super) async fn count_code_mail(
        &self,
        tx: &mut Tx,
        account_id: &AccountId,
        now: i64,
    ) -> Result<Result<CounterRow, Refused>, UseCaseError> {
        self.context
            .counter(Limit::CodeMails, account_id)
            .count(tx, &self.context.limits, now)
            .await
            .map_err(UseCaseError::from)
    }

    async fn count_code_mail_of(
        &self,
        flow_tx: &mut FlowTransaction,
    ) -> Result<Result<CounterRow, Refused>, UseCaseError> {
        let Proven { account_id, .. } = Proven::read(&flow_tx.row)?;
        self.count_code_mail(&mut flow_tx.tx, &account_id, flow_tx.now).await
    }

    /// Returns the codes of this sign-in. Times in the future, which a clock wrote that was ahead, are set to now first.
    pub(super) async fn settled_codes(&self, flow_tx: &mut FlowTransaction) -> Result<Vec<CodeRow>, UseCaseError> {
        flow_tx.tx.settle_codes_of(&flow_tx.row.id, flow_tx.now).await?;
        flow_tx.tx.codes_of(&flow_tx.row.id).await.map_err(UseCaseError::from)
    }

    pub(super) async fn resend_code(&self, flow_tx: &mut FlowTransaction) -> Result<(), UseCaseError> {
        let Proven { account_id, .. } = Proven::read(&flow_tx.row)?;
        self.context.counter(Limit::WrongCodes, &account_id).settle(&mut flow_tx.tx, flow_tx.now).await?;
        let lock = self.code_lock_of(&mut flow_tx.tx, &account_id, flow_tx.now).await?;
        if end_if_locked(flow_tx, lock) || self.password_was_replaced(flow_tx).await? {
            return Ok(());
        }
        let codes = to_rule_codes(&self.settled_codes(flow_tx).await?);
        match resend(&codes, flow_tx.now, &self.context.limits) {
            Resend::Now => match self.count_code_mail_of(flow_tx).await? {
                Err(refused) => flow_tx.problem(None, refused.problem()),
                Ok(_) => {
                    self.send_code(flow_tx).await?;
                    flow_tx.flash.notice = Some(Notice::Resent(flow_tx.now));
                }
            },
            Resend::Wait(wait) => flow_tx.problem(None, Problem::ResendAt(flow_tx.now + wait)),
            Resend::NoMore => flow_tx.problem(None, Problem::ResendOver),
        }
        Ok(())
    }

    /// Judges a typed code. Returns whether the person is signed in now.
    pub(super) async fn check_code(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<bool, UseCaseError> {
        let code = match form_checks::code(form) {
            Ok(code) => code,
            Err(problem) => {
                flow_tx.problem(Some(Field::Code), problem);
                return Ok(false);
            }
        };
        // Other sign-ins to the account may have locked it since, or may be counting a wrong code at this moment.
        let Proven { account_id, .. } = Proven::read(&flow_tx.row)?;
        let wrong = self.context.counter(Limit::WrongCodes, &account_id).hold(&mut flow_tx.tx, flow_tx.now).await?;
        let lock = self.lock_of(wrong, flow_tx.now);
        if end_if_locked(flow_tx, lock) {
            return Ok(false);
        }
        if self.password_was_replaced(flow_tx).await? {
            return Ok(false);
        }
        flow_tx.row.tries += 1;
        let rows = self.settled_codes(flow_tx).await?;
        let matched = self.matching(&flow_tx.row.id, &rows, &code);
        let codes = to_rule_codes(&rows);
        let try_number = u32::try_from(flow_tx.row.tries).unwrap_or(u32::MAX);
        match judge(&codes, try_number, matched, flow_tx.now, &self.context.limits) {
            CodeVerdict::Accepted(at) => {
                let id = rows.get(at).map(|row| row.id.clone()).ok_or(Fault::Internal)?;
                if flow_tx.tx.consume_code(&id, flow_tx.now).await? {
                    self.sign_in(flow_tx, visitor, &id).await?;
                    return Ok(true);
                }
                flow_tx.problem(Some(Field::Code), Problem::UsedCode);
            }
            CodeVerdict::Wrong { left } => {
                if !self.wrong_code(flow_tx).await? {
                    flow_tx.problem(Some(Field::Code), Problem::WrongCode { left });
                }
            }
            CodeVerdict::Expired { at } => {
                let sent_at = match resend(&codes, flow_tx.now, &self.context.limits) {
                    Resend::Now if self.count_code_mail_of(flow_tx).await?.is_err() => None,
                    Resend::Now => {
                        self.send_code(flow_tx).await?;
                        Some(flow_tx.now)
                    }
                    // A code that was sent a moment ago is the new one.
                    Resend::Wait(_) => flow_tx.row.sent_at,
                    Resend::NoMore => None,
                };
                flow_tx.problem(Some(Field::Code), Problem::ExpiredCode { expired_at: at, sent_at });
            }
            CodeVerdict::TooManyTries => {
                if !self.wrong_code(flow_tx).await? {
                    flow_tx.on(SignInEvent::TriesExhausted);
                }
            }
            CodeVerdict::AlreadyUsed => flow_tx.problem(Some(Field::Code), Problem::UsedCode),
        }
        Ok(false)
    }

    /// Returns the position of the code that was typed.
    pub(super) fn matching(&self, flow_id: &FlowId, rows: &[CodeRow], code: &AuthCode) -> Option<usize> {
        let message = format!("{flow_id}:{}", code.as_str());
        rows.iter().rposition(|row| self.context.keys.mac_matches(Purpose::AuthCode, &message, &row.mac))
    }

    /// Returns the tokens that a right code gives to the browser. They are derived from the sign-in's token, so that the same code gives
    /// the same tokens if it is posted again.
    pub(super) fn tokens_of_code(&self, flow_tx: &FlowTransaction, code_id: &CodeId) -> CodeTokens {
        let from = format!("{}:{code_id}", flow_tx.token());
        CodeTokens {
            session: self.context.keys.derived_token(Purpose::Session, &from),
            browser: self.context.keys.derived_token(Purpose::Browser, &from),
        }
    }

    /// Counts a wrong code for the account. Returns whether that locked it.
    async fn wrong_code(&self, flow_tx: &mut FlowTransaction) -> Result<bool, UseCaseError> {
        let Proven { account_id, user_id, .. } = Proven::read(&flow_tx.row)?;
        let now = flow_tx.now;
        let counter = self.context.counter(Limit::WrongCodes, &account_id);
        let counted = counter.add(&mut flow_tx.tx, &self.context.limits, now).await?;
        // One mail for each lock that is longer than the one before. There are few of them.
        let wait = code_lock_ms(counted.count(), &self.context.limits);
        let longer = wait > code_lock_ms(counted.count().saturating_sub(1), &self.context.limits);
        let lock = self.lock_of(counted, now);
        let content = match lock {
            Lock::Until(until) if longer => Some(MailContent::SignInLocked { at: now, until, step: LockedStep::Code }),
            Lock::ResetRequired => Some(MailContent::SignInClosed { at: now, step: LockedStep::Code }),
            _ => None,
        };
        if let Some(content) = content {
            let reference = flow_tx.row.reference.clone();
            self.context.write(&mut flow_tx.tx, &content, &user_id, &reference, now).await?;
        }
        flow_tx
            .tx
            .audit(&self.context.rng.id(), &entry(&flow_tx.row, AuditEvent::SignInFailed, &flow_tx.row.device), now)
            .await?;
        Ok(end_if_locked(flow_tx, lock))
    }
}

/// Ends this attempt if the account's second step is locked. Returns whether it is.
pub(super) fn end_if_locked(flow_tx: &mut FlowTransaction, lock: Lock) -> bool {
    let locked = lock != Lock::Open;
    if locked {
        metrics::refused_by(Limit::WrongCodes);
        flow_tx.on(SignInEvent::TriesExhausted);
    }
    locked
}

/// Returns the codes of a sign-in in the form that the rules judge.
pub(super) fn to_rule_codes(rows: &[CodeRow]) -> Vec<SentCode> {
    rows.iter()
        .map(|row| SentCode { sent_at: row.sent_at, expires_at: row.expires_at, used: row.used_at.is_some() })
        .collect()
}
