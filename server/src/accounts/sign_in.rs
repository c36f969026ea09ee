//! Sign-in: password, then a mailed code. Unknown, known, locked and unconfirmed user IDs go the same way and take the same time.

use super::progress::Turn;
use super::{Accounts, counters, stored};
use crate::mail::Letter;
use crate::secret::token_hash;
use crate::store::{AccountRow, AuditEntry, CodeRow, FlowRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{CodeWait, Field, Flow, Form, Notice, Over, Page, Problem, Screen};
use rules::auth_code::{AuthCode, AuthCodeFault};
use rules::code_rules::{CodeVerdict, Resend, SentCode, judge, resend};
use rules::flow::{SignInEvent, SignInStep};
use rules::limits::{password_reset_required, password_wait_ms};
use rules::user_id::{UserId, UserIdFault};

const FIRST: &str = SignInStep::Password.as_str();
const CODE: &str = "auth-code";
/// Consecutive wrong passwords are counted until a right one or a reset: the window is longer than any wait.
const STREAK_MS: i64 = 365 * 86_400_000;

fn on(turn: &mut Turn, event: SignInEvent) -> bool {
    let next = SignInStep::parse(&turn.row.step).and_then(|step| step.on(event).ok());
    if let Some(next) = next {
        turn.step(next.as_str());
    }
    next.is_some()
}

/// What the check of a password came to.
enum Checked {
    Right { account: Box<AccountRow>, failures: i64 },
    Problems(Vec<(Option<Field>, Problem)>),
}

impl Accounts {
    pub(super) async fn look_sign_in(&self, visitor: &Visitor) -> Result<Page, Fault> {
        let now = self.clock.now();
        if self.signed_in(visitor, now).await?.is_some() {
            return Ok(gone_on(now));
        }
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::SignIn, now).await?;
        let screen = self.sign_in_screen(&mut tx, row.as_ref(), now).await?;
        Ok(self.page(Flow::SignIn, row.as_ref(), screen, now))
    }

    pub(super) async fn act_sign_in(&self, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let posted = (form.step(), form.act());
        let checked = if posted == ("sign-in", "") && !self.at_code(visitor).await? {
            Some(self.check_password(visitor, form).await?)
        } else {
            None
        };
        // Asked before the row is held: one request never waits for a second connection.
        let inside = form.step() == "code" && self.signed_in(visitor, self.clock.now()).await?.is_some();
        let mut turn = self.turn(visitor, Flow::SignIn, FIRST).await?;
        if !form.is_for(&turn.row.reference) {
            return self.show_sign_in(turn, visitor, false).await;
        }
        if turn.row.step == "done" && inside {
            // A double click: the first press signed in.
            return Ok(gone_on(turn.now));
        }
        if turn.row.step == "done" && posted == ("code", "") && self.matched_code(&mut turn, form).await?.is_some() {
            turn.problem(None, Problem::UsedCode);
            return self.show_sign_in(turn, visitor, true).await;
        }
        let at_start = turn.row.step == FIRST;
        match (form.step(), form.act()) {
            (_, "restart") if on(&mut turn, SignInEvent::Restarted) => {
                self.restart(&mut turn, visitor, Flow::SignIn, FIRST)
            }
            (_, "abandon") if on(&mut turn, SignInEvent::Abandoned) => {}
            ("sign-in", "") => {
                // The form stands wherever no sign-in is under way; an earlier one that ended is left as it is.
                if !at_start {
                    if turn.row.step == "code" {
                        return self.show_sign_in(turn, visitor, false).await;
                    }
                    self.restart(&mut turn, visitor, Flow::SignIn, FIRST);
                }
                self.password_checked(&mut turn, visitor, form, checked).await?;
            }
            ("code", "") if turn.row.step == "code" => {
                if self.check_code(&mut turn, visitor, form).await? {
                    self.finish(turn, visitor, Flow::SignIn).await?;
                    return Ok(gone_on(self.clock.now()));
                }
            }
            ("code", "resend") if turn.row.step == "code" => self.resend_code(&mut turn).await?,
            _ => return self.show_sign_in(turn, visitor, false).await,
        }
        self.show_sign_in(turn, visitor, true).await
    }

    /// Whether this browser waits for a code: then a password that is posted is not even looked at.
    async fn at_code(&self, visitor: &Visitor) -> Result<bool, Fault> {
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::SignIn, self.clock.now()).await?;
        Ok(row.is_some_and(|row| row.step == "code"))
    }

    /// The counters of a user ID's wrong passwords begin with this.
    pub(super) fn password_counters(&self, user_key: &str) -> String {
        counters::passwords(&self.keys, user_key)
    }

    /// Counts the try, then verifies; whatever the user ID is, the same steps are taken.
    async fn check_password(&self, visitor: &Visitor, form: &Form) -> Result<Checked, Fault> {
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
        let prefix = self.password_counters(&user_id.key());
        let key = format!("{prefix}{}", if known { browser.as_str() } else { "stranger" });
        let before = tx.hold_counter(&key, now).await.map_err(stored)?;
        let wrong_before = u32::try_from(before.n).unwrap_or(u32::MAX);
        let locked_until = before.last + password_wait_ms(wrong_before, &self.limits);
        let reset_required = password_reset_required(wrong_before, &self.limits);
        let refused = reset_required || locked_until > now;
        let counted = if refused { before } else { tx.raise(&key, STREAK_MS, now).await.map_err(stored)? };
        tx.commit().await.map_err(stored)?;

        let hash = account.as_ref().map(|account| account.password_hash.as_str());
        let same = match self.passwords.verify(password.to_owned(), hash).await {
            Ok(same) => same,
            Err(found) => {
                if !refused {
                    self.uncount(&key).await?;
                }
                return Err(self.password_fault(found));
            }
        };
        match account {
            Some(account) if same && !refused => self
                .password_was_right(&account, password, &key, &prefix)
                .await
                .map(|failures| Checked::Right { account: Box::new(account), failures: failures + before.n }),
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

    /// Takes a try back that nobody looked at.
    pub(super) async fn uncount(&self, key: &str) -> Result<(), Fault> {
        let mut tx = self.store.begin().await.map_err(stored)?;
        tx.lower(key).await.map_err(stored)?;
        tx.commit().await.map_err(stored)
    }

    /// Clears the streak; answers how many wrong passwords strangers have tried meanwhile.
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
        tx.clear_counter(key).await.map_err(stored)?;
        let strangers = tx.counter(&format!("{prefix}stranger")).await.map_err(stored)?;
        if let Some(hash) = rehashed {
            tx.rehash_password(&account.id, &account.password_hash, &hash).await.map_err(stored)?;
        }
        tx.commit().await.map_err(stored)?;
        Ok(strangers.n)
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
            event: "authn_login_fail",
            actor: "customer",
            customer_id: account.map(|account| account.customer_id.as_str()),
            account_id: account.map(|account| account.id.as_str()),
            reference: &reference,
            detail: &visitor.device,
        };
        // What was not even looked at is no line of the history: strangers could wash the others out.
        if !refused {
            tx.audit(&self.dice.id(), &entry, now).await.map_err(stored)?;
        }
        if let Some(account) = account
            && !refused
            && wrong == i64::from(self.limits.password_wrong_before_wait)
        {
            self.write(&mut tx, &Letter::SignInLocked { at: now, until }, &account.user_id, &reference, now).await?;
        }
        tx.commit().await.map_err(stored)
    }

    async fn password_checked(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        form: &Form,
        checked: Option<Checked>,
    ) -> Result<(), Fault> {
        turn.keep(form, &[Field::UserId]);
        // As typed, to be shown again; PostgreSQL keeps no NUL.
        turn.row.user_id = Some(form.field(Field::UserId).replace('\0', ""));
        let (account, failures) = match checked {
            Some(Checked::Right { account, failures }) => (account, failures),
            Some(Checked::Problems(problems)) => {
                for (field, problem) in problems {
                    turn.problem(field, problem);
                }
                return Ok(());
            }
            None => return Ok(()),
        };
        // The password or the user ID may have been changed while this one was verified.
        let held = turn.tx.hold_account(&account.id).await.map_err(stored)?;
        if held.is_none_or(|held| held.password_at != account.password_at || held.user_key != account.user_key) {
            turn.problem(None, Problem::WrongPassword);
            return Ok(());
        }
        turn.row.account_id = Some(account.id.clone());
        turn.row.customer_id = Some(account.customer_id.clone());
        turn.row.user_id = Some(account.user_id.clone());
        turn.row.user_key = Some(account.user_key.clone());
        turn.row.failures = failures;
        turn.row.device.clone_from(&visitor.device);
        turn.flash.kept.clear();
        on(turn, SignInEvent::PasswordAccepted);
        if self.code_wait(turn).await?.is_none() {
            self.send_code(turn).await?;
        }
        Ok(())
    }

    /// Until when the account's second step is locked: ten wrong codes in 24 hours lock it for 30 minutes.
    async fn code_wait(&self, turn: &mut Turn) -> Result<Option<i64>, Fault> {
        let until = self.code_wait_of(&mut turn.tx, turn.row.account_id.as_deref(), turn.now).await?;
        if until.is_some() {
            on(turn, SignInEvent::TriesExhausted);
        }
        Ok(until)
    }

    async fn code_wait_of(&self, tx: &mut Tx, account_id: Option<&str>, now: i64) -> Result<Option<i64>, Fault> {
        let key = counters::codes(account_id.unwrap_or_default());
        let counter = tx.counter(&key).await.map_err(stored)?;
        let until = counter.last + self.limits.code_wrong_lock_ms;
        Ok((counter.n >= i64::from(self.limits.code_wrong_per_account) && until > now).then_some(until))
    }

    /// Draws and mails a code. Earlier ones of this sign-in stay valid for their own five minutes.
    async fn send_code(&self, turn: &mut Turn) -> Result<(), Fault> {
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

    async fn resend_code(&self, turn: &mut Turn) -> Result<(), Fault> {
        if self.code_wait(turn).await?.is_some() {
            return Ok(());
        }
        let codes = sent(&turn.tx.codes_of(&turn.row.id).await.map_err(stored)?);
        match resend(&codes, turn.now, &self.limits) {
            Resend::Now => {
                self.send_code(turn).await?;
                turn.flash.notice = Some(Notice::Resent(turn.now));
            }
            Resend::Wait(wait) => turn.problem(None, Problem::ResendAt(turn.now + wait)),
            Resend::NoMore => turn.problem(None, Problem::ResendOver),
        }
        Ok(())
    }

    /// Judges a typed code; says whether the person is signed in now.
    async fn check_code(&self, turn: &mut Turn, visitor: &Visitor, form: &Form) -> Result<bool, Fault> {
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
        turn.tx
            .hold_counter(&counters::codes(turn.row.account_id.as_deref().unwrap_or_default()), turn.now)
            .await
            .map_err(stored)?;
        if self.code_wait(turn).await?.is_some() {
            return Ok(false);
        }
        // A password that has been changed since opens nothing any more.
        let held = turn.tx.hold_account(turn.row.account_id.as_deref().unwrap_or_default()).await.map_err(stored)?;
        if held.is_none_or(|held| held.password_at > turn.row.stepped_at || Some(held.user_key) != turn.row.user_key) {
            on(turn, SignInEvent::TimedOut);
            return Ok(false);
        }
        turn.row.tries += 1;
        let rows = turn.tx.codes_of(&turn.row.id).await.map_err(stored)?;
        let matched = self.matching(&turn.row.id, &rows, &code);
        let codes = sent(&rows);
        let try_number = u32::try_from(turn.row.tries).unwrap_or(u32::MAX);
        match judge(&codes, try_number, matched, turn.now, &self.limits) {
            CodeVerdict::Accepted(at) => {
                let id = rows.get(at).map(|row| row.id.clone()).unwrap_or_default();
                if turn.tx.consume_code(&id, turn.now).await.map_err(stored)? {
                    self.sign_in(turn, visitor).await?;
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
                    on(turn, SignInEvent::TriesExhausted);
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

    /// The code of this attempt that was typed, in whatever state it is.
    async fn matched_code(&self, turn: &mut Turn, form: &Form) -> Result<Option<usize>, Fault> {
        let rows = turn.tx.codes_of(&turn.row.id).await.map_err(stored)?;
        Ok(AuthCode::parse(form.field(Field::Code)).ok().and_then(|code| self.matching(&turn.row.id, &rows, &code)))
    }

    /// Counts a wrong code for the account; says whether that locked it.
    async fn wrong_code(&self, turn: &mut Turn) -> Result<bool, Fault> {
        let account_id = turn.row.account_id.clone().unwrap_or_default();
        let key = counters::codes(&account_id);
        let now = turn.now;
        let before = turn.tx.counter(&key).await.map_err(stored)?;
        // After a lock the count begins anew.
        if before.n >= i64::from(self.limits.code_wrong_per_account) {
            turn.tx.clear_counter(&key).await.map_err(stored)?;
        }
        turn.tx.raise(&key, self.limits.code_wrong_window_ms, now).await.map_err(stored)?;
        let row = turn.row.clone();
        let entry = AuditEntry {
            event: "authn_login_fail",
            actor: "customer",
            customer_id: row.customer_id.as_deref(),
            account_id: row.account_id.as_deref(),
            reference: &row.reference,
            detail: &row.device,
        };
        turn.tx.audit(&self.dice.id(), &entry, now).await.map_err(stored)?;
        Ok(self.code_wait(turn).await?.is_some())
    }

    /// Opens the session, in the transaction that consumed the code.
    async fn sign_in(&self, turn: &mut Turn, visitor: &Visitor) -> Result<(), Fault> {
        let now = turn.now;
        let account_id = turn.row.account_id.clone().ok_or(Fault::Internal)?;
        on(turn, SignInEvent::CodeAccepted);
        self.open_session(&mut turn.tx, visitor, &account_id, now).await?;
        let browser = self.browser(visitor);
        turn.tx.know_browser(&browser, &account_id, now).await.map_err(stored)?;
        let user_key = turn.row.user_key.clone().unwrap_or_default();
        // Who is in needs no reset link any more.
        turn.tx.void_links_of(&user_key, "reset", now).await.map_err(stored)?;
        let row = turn.row.clone();
        let entry = AuditEntry {
            event: "authn_login_success",
            actor: "customer",
            customer_id: row.customer_id.as_deref(),
            account_id: Some(&account_id),
            reference: &row.reference,
            detail: &row.device,
        };
        turn.tx.audit(&self.dice.id(), &entry, now).await.map_err(stored)?;
        if row.failures >= i64::from(self.limits.password_wrong_before_wait) {
            let failures = u32::try_from(row.failures).unwrap_or(u32::MAX);
            let letter = Letter::SignInAfterFailures { at: now, failures, device: row.device.clone() };
            self.write(&mut turn.tx, &letter, &row.user_id.clone().unwrap_or_default(), &row.reference, now).await?;
            turn.tx.clear_counters(&self.password_counters(&user_key)).await.map_err(stored)?;
        }
        // An enrolment of this browser that led here is complete.
        if let Some(token) = visitor.cookie(super::flow_cookie(Flow::Enrol)) {
            turn.tx.move_flow(&token_hash(token), "created", "done", now).await.map_err(stored)?;
        }
        Ok(())
    }

    async fn show_sign_in(&self, turn: Turn, visitor: &Visitor, moved: bool) -> Result<Page, Fault> {
        let now = turn.now;
        let row = if moved {
            self.finish(turn, visitor, Flow::SignIn).await?
        } else {
            self.stale(turn, visitor, Flow::SignIn).await?
        };
        let mut tx = self.store.look().await.map_err(stored)?;
        let screen = self.sign_in_screen(&mut tx, Some(&row), now).await?;
        Ok(self.page(Flow::SignIn, Some(&row), screen, now))
    }

    async fn sign_in_screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, Fault> {
        let Some(row) = row else {
            return Ok(Screen::SignIn { user_id: String::new(), enrolling: false });
        };
        let user_id = row.user_id.clone().unwrap_or_default();
        Ok(match SignInStep::parse(&row.step).unwrap_or(SignInStep::Password) {
            SignInStep::Password => Screen::SignIn { user_id, enrolling: row.enrolling },
            // Whoever signed out comes back to sign in.
            SignInStep::Done | SignInStep::Abandoned => Screen::SignIn { user_id: String::new(), enrolling: false },
            SignInStep::Code => {
                let codes = sent(&tx.codes_of(&row.id).await.map_err(stored)?);
                let sent_at = row.sent_at.unwrap_or(row.stepped_at);
                Screen::Code(CodeWait {
                    masked_address: UserId::parse(&user_id).map(|id| id.masked()).unwrap_or_default(),
                    nth: u32::try_from(row.sends).unwrap_or(1),
                    sent_at,
                    valid_until: sent_at + self.limits.code_life_ms,
                    resend_at: match resend(&codes, now, &self.limits) {
                        Resend::Now => Some(now),
                        Resend::Wait(wait) => Some(now + wait),
                        Resend::NoMore => None,
                    },
                    delivery: self.delivery(tx, row.mail_id.as_deref()).await?,
                    enrolling: row.enrolling,
                })
            }
            SignInStep::TooManyTries => match self.code_wait_of(tx, row.account_id.as_deref(), now).await? {
                Some(until) => Screen::Over(Over::AccountWait(until)),
                None => Screen::Over(Over::TooManyTries),
            },
            SignInStep::TimedOut => Screen::Over(Over::TimedOut),
        })
    }
}

/// Signed in: the portal is next, and back does not lead here.
fn gone_on(now: i64) -> Page {
    let mut page = Page::new(Flow::SignIn, Screen::Over(Over::Done), now);
    page.leave = Some("/portal".to_owned());
    page
}

fn sent(rows: &[CodeRow]) -> Vec<SentCode> {
    rows.iter()
        .map(|row| SentCode { sent_at: row.sent_at, expires_at: row.expires_at, used: row.used_at.is_some() })
        .collect()
}

pub(super) fn user_id_problem(fault: &UserIdFault) -> Problem {
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
