//! Sign-in: password, then a mailed code. Unknown, known, locked and unconfirmed user IDs go the same way and take the same time.

mod code;
mod password;

use self::code::{CodeAgain, sent};
use super::progress::{FlowTransaction, entry};
use super::{Accounts, UseCaseError};
use crate::store::{AuditEvent, CodeId, FlowId, FlowRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{CodeWait, EndReason, Flow, Form, Page, Problem, Screen};
use rules::code_rules::{Resend, resend};
use rules::flow::{EnrolEvent, EnrolStep, LinkKind, SignInEvent, SignInStep};
use rules::limits::{Limit, Lock};
use rules::user_id::{UserId, UserIdFault};

const FIRST: &str = SignInStep::Password.as_str();

impl Accounts {
    pub(super) async fn view_sign_in(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.clock.now();
        if self.signed_in(visitor, now).await?.is_some() {
            return Ok(gone_on(now));
        }
        let mut tx = self.store.begin_read().await?;
        let row = self.flow_row(&mut tx, visitor, Flow::SignIn, now).await?;
        let screen = self.sign_in_screen(&mut tx, row.as_ref(), now).await?;
        Ok(self.page(Flow::SignIn, row.as_ref(), screen, now))
    }

    pub(super) async fn submit_sign_in(&self, visitor: &Visitor, form: &Form) -> Result<Page, UseCaseError> {
        let posted = (form.step(), form.act());
        let checked = if posted == ("sign-in", "") && self.takes_password(visitor, form).await? {
            Some(self.check_password(visitor, form).await?)
        } else {
            None
        };
        // RequestContext before the row is held: one request never waits for a second connection.
        let inside = form.step() == "code" && self.signed_in(visitor, self.clock.now()).await?.is_some();
        let mut flow_tx = self.flow_tx(visitor, Flow::SignIn, FIRST, form).await?;
        if !flow_tx.takes(form) {
            return self.stale_sign_in(flow_tx, visitor, form).await;
        }
        if flow_tx.row.step == "done" && inside {
            // A double click: the first press signed in.
            return Ok(gone_on(flow_tx.now));
        }
        if flow_tx.row.step == "done" && posted == ("code", "") {
            match self.code_again(&mut flow_tx, visitor, form).await? {
                CodeAgain::Opened => return Ok(gone_on(flow_tx.now)),
                CodeAgain::Used => {
                    flow_tx.problem(None, Problem::UsedCode);
                    return self.show_sign_in(flow_tx, visitor).await;
                }
                CodeAgain::Wrong => return self.stale_sign_in(flow_tx, visitor, form).await,
            }
        }
        let at_start = flow_tx.row.step == FIRST;
        let at_code = flow_tx.row.step == "code";
        match (form.step(), form.act()) {
            (_, "restart") if flow_tx.anew || flow_tx.on(SignInEvent::Restarted) => {
                self.restart(&mut flow_tx, visitor, Flow::SignIn).await?;
            }
            (_, "abandon") if flow_tx.on(SignInEvent::Abandoned) => {}
            ("sign-in", "") => {
                // The form stands wherever no sign-in is under way; an earlier one that ended is left as it is.
                if !at_start {
                    if flow_tx.row.step == "code" {
                        return self.stale_sign_in(flow_tx, visitor, form).await;
                    }
                    self.restart(&mut flow_tx, visitor, Flow::SignIn).await?;
                }
                self.password_checked(&mut flow_tx, visitor, form, checked).await?;
            }
            ("code", "") if flow_tx.row.step == "code" => {
                if self.check_code(&mut flow_tx, visitor, form).await? {
                    self.drop_codes(&mut flow_tx).await?;
                    self.finish(flow_tx, visitor, Flow::SignIn).await?;
                    return Ok(gone_on(self.clock.now()));
                }
            }
            ("code", "resend") if flow_tx.row.step == "code" => self.resend_code(&mut flow_tx).await?,
            _ => return self.stale_sign_in(flow_tx, visitor, form).await,
        }
        if at_code && flow_tx.row.step != "code" {
            self.drop_codes(&mut flow_tx).await?;
        }
        self.show_sign_in(flow_tx, visitor).await
    }

    /// Whether a posted password is looked at: not where this browser waits for a code, nor from a form of another procedure.
    async fn takes_password(&self, visitor: &Visitor, form: &Form) -> Result<bool, UseCaseError> {
        let mut tx = self.store.begin_read().await?;
        let row = self.flow_row(&mut tx, visitor, Flow::SignIn, self.clock.now()).await?;
        Ok(row.is_none_or(|row| {
            row.step != "code" && (form.is_for(row.reference.as_str()) || self.lost(&row, FIRST).is_some())
        }))
    }

    /// Opens the session, in the transaction that consumed the code.
    async fn sign_in(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        code_id: &CodeId,
    ) -> Result<(), UseCaseError> {
        let now = flow_tx.now;
        let account_id = flow_tx.row.account_id.clone().ok_or(Fault::Internal)?;
        flow_tx.on(SignInEvent::CodeAccepted);
        let tokens = self.tokens_of_code(flow_tx, code_id);
        self.open_session(&mut flow_tx.tx, visitor, &account_id, &tokens.session, now).await?;
        let browser = self.renew_browser(&mut flow_tx.tx, visitor, &tokens.browser).await?;
        flow_tx.tx.know_browser(&browser, &account_id, now).await?;
        let user_key = flow_tx.row.user_key.clone().unwrap_or_default();
        // What counts the codes is held by the try; a right one is what sets it back.
        self.counter(Limit::WrongCodes, &account_id).clear(&mut flow_tx.tx).await?;
        // Who is in needs no reset link any more.
        flow_tx.tx.revoke_links_of(&flow_tx.row.customer_id.clone().unwrap_or_default(), LinkKind::Reset, now).await?;
        let row = flow_tx.row.clone();
        let line = entry(&row, AuditEvent::SignedIn, &row.device);
        flow_tx.tx.audit(&self.rng.id(), &line, now).await?;
        if row.failures >= i64::from(self.limits.password_wrong_before_wait) {
            self.tell_failures(flow_tx, &user_key).await?;
        }
        // An enrolment of this browser that led here is complete.
        if let Some(token) = visitor.cookie(super::flow_cookie(Flow::Enrol)) {
            let created = EnrolStep::Created.as_str();
            self.move_on(&mut flow_tx.tx, &FlowId::of_token(token), created, EnrolEvent::Proceeded, now).await?;
        }
        Ok(())
    }

    /// Ends the flow_tx and shows the step.
    async fn show_sign_in(&self, flow_tx: FlowTransaction, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.finish(flow_tx, visitor, Flow::SignIn).await?;
        self.sign_in_page(&row, now).await
    }

    /// The present step after a post that did not belong to it.
    async fn stale_sign_in(
        &self,
        flow_tx: FlowTransaction,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.stale(flow_tx, visitor, Flow::SignIn, form).await?;
        self.sign_in_page(&row, now).await
    }

    async fn sign_in_page(&self, row: &FlowRow, now: i64) -> Result<Page, UseCaseError> {
        let mut tx = self.store.begin_read().await?;
        let screen = self.sign_in_screen(&mut tx, Some(row), now).await?;
        Ok(self.page(Flow::SignIn, Some(row), screen, now))
    }

    async fn sign_in_screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else {
            return Ok(Screen::SignIn { user_id: String::new(), enrolling: false });
        };
        let user_id = row.user_id.clone().unwrap_or_default();
        Ok(match SignInStep::parse(&row.step).unwrap_or(SignInStep::Password) {
            SignInStep::Password => Screen::SignIn { user_id, enrolling: row.enrolling },
            // Whoever signed out comes back to sign in.
            SignInStep::Done | SignInStep::Abandoned => Screen::SignIn { user_id: String::new(), enrolling: false },
            SignInStep::Code => {
                let codes = sent(&tx.codes_of(&row.id).await?);
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
                    delivery: self.delivery(tx, row.mail_id.as_ref()).await?,
                    enrolling: row.enrolling,
                })
            }
            SignInStep::TooManyTries => {
                let account_id = row.account_id.clone().unwrap_or_default();
                Screen::Ended(match self.code_lock_of(tx, &account_id, now).await? {
                    Lock::Until(until) => EndReason::AccountWait(until),
                    Lock::ResetRequired => EndReason::ResetRequired,
                    Lock::Open => EndReason::TooManyTries,
                })
            }
            SignInStep::TimedOut => Screen::Ended(EndReason::TimedOut),
        })
    }
}

/// Signed in: the portal is next, and back does not lead here.
fn gone_on(now: i64) -> Page {
    let mut page = Page::new(Flow::SignIn, Screen::Ended(EndReason::Done), now);
    page.redirect_to = Some("/portal".to_owned());
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
