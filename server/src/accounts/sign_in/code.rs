//! The second step: six digits by mail. Which codes count and what a try is worth is `rules::code_rules`; here they are
//! drawn, mailed, compared and used up.

use crate::accounts::counters::Refused;
use crate::accounts::progress::{Turn, entry};
use crate::accounts::{Accounts, cookies, stored};
use crate::mail::{Letter, LockedStep};
use crate::secret::token_hash;
use crate::store::{CodeRow, CounterRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Form, Notice, Problem};
use rules::auth_code::{AuthCode, AuthCodeFault};
use rules::code_rules::{CodeVerdict, Resend, SentCode, judge, resend};
use rules::flow::SignInEvent;
use rules::limits::{Limit, Lock, code_lock, code_lock_ms};

/// What the HMAC of a code is made for, and the kind of its mail.
const CODE: &str = "auth-code";

/// What a right code gives the browser.
pub(super) struct CodeTokens {
    /// The session's.
    pub session: String,
    /// The browser's mark.
    pub browser: String,
}

/// What a code comes to that is typed for a sign-in that is done.
pub(super) enum CodeAgain {
    /// The browser has the session now.
    Opened,
    /// It was right once.
    Used,
    Wrong,
}

impl Accounts {
    /// Whether the account's second step is locked: then this attempt is over.
    pub(super) async fn code_locked(&self, turn: &mut Turn) -> Result<bool, Fault> {
        let account_id = turn.row.account_id.clone().unwrap_or_default();
        self.counter(Limit::WrongCodes, &account_id).settle(&mut turn.tx, turn.now).await.map_err(stored)?;
        let locked = self.code_lock_of(&mut turn.tx, &account_id, turn.now).await? != Lock::Open;
        if locked {
            turn.on(SignInEvent::TriesExhausted);
        }
        Ok(locked)
    }

    /// How the account's second step stands.
    pub(super) async fn code_lock_of(&self, tx: &mut Tx, account_id: &str, now: i64) -> Result<Lock, Fault> {
        let wrong = self.counter(Limit::WrongCodes, account_id).read(tx, now).await.map_err(stored)?;
        Ok(code_lock(wrong.count(), wrong.last, now, &self.limits))
    }

    /// Draws and mails a code. Earlier ones of this sign-in stay valid for their own five minutes.
    pub(super) async fn send_code(&self, turn: &mut Turn) -> Result<(), Fault> {
        let now = turn.now;
        let (Some(account_id), Some(user_id)) = (turn.row.account_id.clone(), turn.row.user_id.clone()) else {
            return Err(Fault::Internal);
        };
        let code = AuthCode::from_number(self.dice.below_million());
        turn.row.sends += 1;
        let expires_at = now + self.limits.code_life_ms;
        turn.tx
            .add_code(&CodeRow {
                id: self.dice.id(),
                flow_id: turn.row.id.clone(),
                account_id,
                nth: turn.row.sends,
                mac: self.keys.mac(CODE, &format!("{}:{}", turn.row.id, code.as_str())),
                sent_at: now,
                expires_at,
                used_at: None,
            })
            .await
            .map_err(stored)?;
        let letter = Letter::AuthCode {
            code: code.as_str().to_owned(),
            nth: u32::try_from(turn.row.sends).unwrap_or(1),
            sent_at: now,
            expires_at,
            device: turn.row.device.clone(),
        };
        let reference = turn.row.reference.clone();
        turn.row.mail_id = Some(self.write(&mut turn.tx, &letter, &user_id, &reference, now).await?);
        turn.row.sent_at = Some(now);
        Ok(())
    }

    /// Counts one more code that is mailed to the account, over all its sign-ins.
    pub(super) async fn count_code_mail(
        &self,
        tx: &mut Tx,
        account_id: &str,
        now: i64,
    ) -> Result<Result<CounterRow, Refused>, Fault> {
        self.counter(Limit::CodeMails, account_id).count(tx, &self.limits, now).await.map_err(stored)
    }

    async fn count_code_mail_of(&self, turn: &mut Turn) -> Result<Result<CounterRow, Refused>, Fault> {
        let account_id = turn.row.account_id.clone().unwrap_or_default();
        self.count_code_mail(&mut turn.tx, &account_id, turn.now).await
    }

    /// The attempt is over: codes that have not gone yet are of no use any more.
    pub(super) async fn drop_codes(&self, turn: &mut Turn) -> Result<(), Fault> {
        self.drop_codes_of(&mut turn.tx, &turn.row.reference, turn.now).await
    }

    pub(in crate::accounts) async fn drop_codes_of(&self, tx: &mut Tx, reference: &str, now: i64) -> Result<(), Fault> {
        tx.drop_mails(reference, CODE, now).await.map_err(stored)
    }

    /// The codes of this sign-in. Times that are still to come count as now.
    async fn codes_of(&self, turn: &mut Turn) -> Result<Vec<CodeRow>, Fault> {
        turn.tx.settle_codes_of(&turn.row.id, turn.now).await.map_err(stored)?;
        turn.tx.codes_of(&turn.row.id).await.map_err(stored)
    }

    pub(super) async fn resend_code(&self, turn: &mut Turn) -> Result<(), Fault> {
        if self.code_locked(turn).await? {
            return Ok(());
        }
        let codes = sent(&self.codes_of(turn).await?);
        match resend(&codes, turn.now, &self.limits) {
            Resend::Now => match self.count_code_mail_of(turn).await? {
                Err(refused) => turn.problem(None, refused.problem()),
                Ok(_) => {
                    self.send_code(turn).await?;
                    turn.flash.notice = Some(Notice::Resent(turn.now));
                }
            },
            Resend::Wait(wait) => turn.problem(None, Problem::ResendAt(turn.now + wait)),
            Resend::NoMore => turn.problem(None, Problem::ResendOver),
        }
        Ok(())
    }

    /// Judges a typed code; says whether the person is signed in now.
    pub(super) async fn check_code(&self, turn: &mut Turn, visitor: &Visitor, form: &Form) -> Result<bool, Fault> {
        let code = match AuthCode::parse(form.field(Field::Code)) {
            Ok(code) => code,
            Err(fault) => {
                turn.problem(
                    Some(Field::Code),
                    match fault {
                        AuthCodeFault::Empty => Problem::Empty,
                        AuthCodeFault::NotSixDigits => Problem::NotSixDigits,
                    },
                );
                return Ok(false);
            }
        };
        // Other attempts of the account may have locked it since, and may be counting at this moment.
        let account_id = turn.row.account_id.clone().unwrap_or_default();
        self.counter(Limit::WrongCodes, &account_id).hold(&mut turn.tx, turn.now).await.map_err(stored)?;
        if self.code_locked(turn).await? {
            return Ok(false);
        }
        // A password that has been changed since opens nothing any more.
        let held = turn.tx.hold_account(&account_id).await.map_err(stored)?;
        if held.is_none_or(|held| {
            Some(held.password_at) != turn.row.password_at || Some(held.user_key) != turn.row.user_key
        }) {
            turn.on(SignInEvent::TimedOut);
            return Ok(false);
        }
        turn.row.tries += 1;
        let rows = self.codes_of(turn).await?;
        let matched = self.matching(&turn.row.id, &rows, &code);
        let codes = sent(&rows);
        let try_number = u32::try_from(turn.row.tries).unwrap_or(u32::MAX);
        match judge(&codes, try_number, matched, turn.now, &self.limits) {
            CodeVerdict::Accepted(at) => {
                let id = rows.get(at).map(|row| row.id.clone()).unwrap_or_default();
                if turn.tx.consume_code(&id, turn.now).await.map_err(stored)? {
                    self.sign_in(turn, visitor, &id).await?;
                    return Ok(true);
                }
                turn.problem(Some(Field::Code), Problem::UsedCode);
            }
            CodeVerdict::Wrong { left } => {
                if !self.wrong_code(turn).await? {
                    turn.problem(Some(Field::Code), Problem::WrongCode { left });
                }
            }
            CodeVerdict::Expired { at } => {
                let sent_at = match resend(&codes, turn.now, &self.limits) {
                    Resend::Now if self.count_code_mail_of(turn).await?.is_err() => None,
                    Resend::Now => {
                        self.send_code(turn).await?;
                        Some(turn.now)
                    }
                    // One that was sent just before is the new one.
                    Resend::Wait(_) => turn.row.sent_at,
                    Resend::NoMore => None,
                };
                turn.problem(Some(Field::Code), Problem::ExpiredCode { expired_at: at, sent_at });
            }
            CodeVerdict::TooManyTries => {
                if !self.wrong_code(turn).await? {
                    turn.on(SignInEvent::TriesExhausted);
                }
            }
            CodeVerdict::AlreadyUsed => turn.problem(Some(Field::Code), Problem::UsedCode),
        }
        Ok(false)
    }

    /// Which of the codes was typed.
    fn matching(&self, flow_id: &str, rows: &[CodeRow], code: &AuthCode) -> Option<usize> {
        let message = format!("{flow_id}:{}", code.as_str());
        rows.iter().rposition(|row| self.keys.mac_matches(CODE, &message, &row.mac))
    }

    /// What a right code gives the browser: they follow from its sign-in's token, so that the same code gives the same once more.
    pub(super) fn tokens_of_code(&self, turn: &Turn, code_id: &str) -> CodeTokens {
        let from = format!("{}:{code_id}", turn.token());
        CodeTokens {
            session: self.keys.derived_token("session", &from),
            browser: self.keys.derived_token("browser", &from),
        }
    }

    /// A code for a sign-in that is done. The one that opened the session opens the same session again while it lives and as long as
    /// the session's cookie has never come back: the answer that carried it was lost. Wrong ones count as tries.
    pub(super) async fn code_again(&self, turn: &mut Turn, visitor: &Visitor, form: &Form) -> Result<CodeAgain, Fault> {
        let Ok(code) = AuthCode::parse(form.field(Field::Code)) else { return Ok(CodeAgain::Wrong) };
        let rows = self.codes_of(turn).await?;
        let used: Vec<_> = rows.iter().filter(|row| row.used_at.is_some()).cloned().collect();
        let Some(row) = self.matching(&turn.row.id, &used, &code).and_then(|at| used.get(at)) else {
            // An earlier one of the same sign-in is of no more use, and no guess.
            if self.matching(&turn.row.id, &rows, &code).is_some() {
                return Ok(CodeAgain::Used);
            }
            turn.row.tries += 1;
            return Ok(CodeAgain::Wrong);
        };
        if turn.row.tries > i64::from(self.limits.code_tries) || row.expires_at <= turn.now {
            return Ok(CodeAgain::Used);
        }
        let tokens = self.tokens_of_code(turn, &row.id);
        let session = turn.tx.session(&token_hash(&tokens.session)).await.map_err(stored)?;
        if session.is_none_or(|session| session.arrived_at.is_some() || !self.is_open(&session, turn.now)) {
            return Ok(CodeAgain::Used);
        }
        cookies::set_session(visitor, &tokens.session);
        cookies::set_browser(visitor, &tokens.browser);
        Ok(CodeAgain::Opened)
    }

    /// Counts a wrong code for the account; says whether that locked it.
    async fn wrong_code(&self, turn: &mut Turn) -> Result<bool, Fault> {
        let account_id = turn.row.account_id.clone().unwrap_or_default();
        let now = turn.now;
        let counter = self.counter(Limit::WrongCodes, &account_id);
        let counted = counter.add(&mut turn.tx, &self.limits, now).await.map_err(stored)?;
        // One for each lock, of which there are few; the last ones last equally long.
        let wait = code_lock_ms(counted.count(), &self.limits);
        let longer = wait > code_lock_ms(counted.count().saturating_sub(1), &self.limits);
        let letter = match code_lock(counted.count(), counted.last, now, &self.limits) {
            Lock::Until(until) if longer => Some(Letter::SignInLocked { at: now, until, step: LockedStep::Code }),
            Lock::ResetRequired => Some(Letter::SignInClosed { at: now, step: LockedStep::Code }),
            _ => None,
        };
        if let Some(letter) = letter {
            let (user_id, reference) = (turn.row.user_id.clone().unwrap_or_default(), turn.row.reference.clone());
            self.write(&mut turn.tx, &letter, &user_id, &reference, now).await?;
        }
        turn.tx
            .audit(&self.dice.id(), &entry(&turn.row, "authn_login_fail", &turn.row.device), now)
            .await
            .map_err(stored)?;
        self.code_locked(turn).await
    }
}

/// The codes of an attempt, as the rules judge them.
pub(super) fn sent(rows: &[CodeRow]) -> Vec<SentCode> {
    rows.iter()
        .map(|row| SentCode { sent_at: row.sent_at, expires_at: row.expires_at, used: row.used_at.is_some() })
        .collect()
}
