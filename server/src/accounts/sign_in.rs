//! Sign-in: password, then a mailed code. Unknown, known, locked and unconfirmed user IDs go the same way and take the same time.

mod code;
mod password;

use self::code::{CodeAgain, sent};
use super::progress::{Turn, entry};
use super::{Accounts, stored};
use crate::secret::token_hash;
use crate::store::{FlowRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{CodeWait, Flow, Form, Over, Page, Problem, Screen};
use rules::code_rules::{Resend, resend};
use rules::flow::{EnrolEvent, EnrolStep, SignInEvent, SignInStep};
use rules::limits::{Limit, Lock};
use rules::user_id::{UserId, UserIdFault};

const FIRST: &str = SignInStep::Password.as_str();

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
        let checked = if posted == ("sign-in", "") && self.takes_password(visitor, form).await? {
            Some(self.check_password(visitor, form).await?)
        } else {
            None
        };
        // Asked before the row is held: one request never waits for a second connection.
        let inside = form.step() == "code" && self.signed_in(visitor, self.clock.now()).await?.is_some();
        let mut turn = self.turn(visitor, Flow::SignIn, FIRST, form).await?;
        if !turn.takes(form) {
            return self.stale_sign_in(turn, visitor, form).await;
        }
        if turn.row.step == "done" && inside {
            // A double click: the first press signed in.
            return Ok(gone_on(turn.now));
        }
        if turn.row.step == "done" && posted == ("code", "") {
            match self.code_again(&mut turn, visitor, form).await? {
                CodeAgain::Opened => return Ok(gone_on(turn.now)),
                CodeAgain::Used => {
                    turn.problem(None, Problem::UsedCode);
                    return self.show_sign_in(turn, visitor).await;
                }
                CodeAgain::Wrong => return self.stale_sign_in(turn, visitor, form).await,
            }
        }
        let at_start = turn.row.step == FIRST;
        let at_code = turn.row.step == "code";
        match (form.step(), form.act()) {
            (_, "restart") if turn.anew || turn.on(SignInEvent::Restarted) => {
                self.restart(&mut turn, visitor, Flow::SignIn).await?;
            }
            (_, "abandon") if turn.on(SignInEvent::Abandoned) => {}
            ("sign-in", "") => {
                // The form stands wherever no sign-in is under way; an earlier one that ended is left as it is.
                if !at_start {
                    if turn.row.step == "code" {
                        return self.stale_sign_in(turn, visitor, form).await;
                    }
                    self.restart(&mut turn, visitor, Flow::SignIn).await?;
                }
                self.password_checked(&mut turn, visitor, form, checked).await?;
            }
            ("code", "") if turn.row.step == "code" => {
                if self.check_code(&mut turn, visitor, form).await? {
                    self.drop_codes(&mut turn).await?;
                    self.finish(turn, visitor, Flow::SignIn).await?;
                    return Ok(gone_on(self.clock.now()));
                }
            }
            ("code", "resend") if turn.row.step == "code" => self.resend_code(&mut turn).await?,
            _ => return self.stale_sign_in(turn, visitor, form).await,
        }
        if at_code && turn.row.step != "code" {
            self.drop_codes(&mut turn).await?;
        }
        self.show_sign_in(turn, visitor).await
    }

    /// Whether a posted password is looked at: not where this browser waits for a code, nor from a form of another procedure.
    async fn takes_password(&self, visitor: &Visitor, form: &Form) -> Result<bool, Fault> {
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::SignIn, self.clock.now()).await?;
        Ok(row
            .is_none_or(|row| row.step != "code" && (form.is_for(&row.reference) || self.lost(&row, FIRST).is_some())))
    }

    /// Opens the session, in the transaction that consumed the code.
    async fn sign_in(&self, turn: &mut Turn, visitor: &Visitor, code_id: &str) -> Result<(), Fault> {
        let now = turn.now;
        let account_id = turn.row.account_id.clone().ok_or(Fault::Internal)?;
        turn.on(SignInEvent::CodeAccepted);
        let tokens = self.tokens_of_code(turn, code_id);
        self.open_session(&mut turn.tx, visitor, &account_id, &tokens.session, now).await?;
        let browser = self.renew_browser(&mut turn.tx, visitor, &tokens.browser).await?;
        turn.tx.know_browser(&browser, &account_id, now).await.map_err(stored)?;
        let user_key = turn.row.user_key.clone().unwrap_or_default();
        // What counts the codes is held by the try; a right one is what sets it back.
        self.counter(Limit::WrongCodes, &account_id).clear(&mut turn.tx).await.map_err(stored)?;
        // Who is in needs no reset link any more.
        turn.tx
            .void_links_of(turn.row.customer_id.as_deref().unwrap_or_default(), "reset", now)
            .await
            .map_err(stored)?;
        let row = turn.row.clone();
        let line = entry(&row, "authn_login_success", &row.device);
        turn.tx.audit(&self.dice.id(), &line, now).await.map_err(stored)?;
        if row.failures >= i64::from(self.limits.password_wrong_before_wait) {
            self.tell_failures(turn, &user_key).await?;
        }
        // An enrolment of this browser that led here is complete.
        if let Some(token) = visitor.cookie(super::flow_cookie(Flow::Enrol)) {
            let created = EnrolStep::Created.as_str();
            self.move_on(&mut turn.tx, &token_hash(token), created, EnrolEvent::Proceeded, now).await?;
        }
        Ok(())
    }

    /// Ends the turn and shows the step.
    async fn show_sign_in(&self, turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.finish(turn, visitor, Flow::SignIn).await?;
        self.sign_in_page(&row, now).await
    }

    /// The present step after a post that did not belong to it.
    async fn stale_sign_in(&self, turn: Turn, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.stale(turn, visitor, Flow::SignIn, form).await?;
        self.sign_in_page(&row, now).await
    }

    async fn sign_in_page(&self, row: &FlowRow, now: i64) -> Result<Page, Fault> {
        let mut tx = self.store.look().await.map_err(stored)?;
        let screen = self.sign_in_screen(&mut tx, Some(row), now).await?;
        Ok(self.page(Flow::SignIn, Some(row), screen, now))
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
            SignInStep::TooManyTries => {
                let account_id = row.account_id.as_deref().unwrap_or_default();
                Screen::Over(match self.code_lock_of(tx, account_id, now).await? {
                    Lock::Until(until) => Over::AccountWait(until),
                    Lock::ResetRequired => Over::ResetRequired,
                    Lock::Open => Over::TooManyTries,
                })
            }
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
