//! Sign-in: password, then a mailed code. Unknown, known, locked and unconfirmed user IDs go the same way and take the same time.

mod code;
mod lost_session;
mod password;
mod state;
mod tries;

use self::code::to_rule_codes;
use self::lost_session::CodeAgain;
use self::password::CheckedPassword;
use self::state::{Proven, SignInState};
use super::context::Context;
use super::flow::{FlowHandler, FlowOutcome, FlowPost, FlowTransaction, entry, is_idle, leading_to, step_of};
use super::{UseCaseError, cookies};
use crate::store::{AuditEvent, CodeId, FlowId, FlowRow, MailKind, Tx};
use app::port::{SetCookie, Visitor};
use app::wire::{Action, CodeWait, EndReason, Field, Flow, Page, Problem, Screen, StepName};
use async_trait::async_trait;
use rules::code_rules::{Resend, resend};
use rules::flow::{EnrolEvent, EnrolStep, LinkKind, SignInEvent, SignInStep};
use rules::limits::{Limit, Limits, Lock};
use rules::user_id::UserId;

/// Where a sign-in leads.
const PORTAL: &str = "/portal";

/// The sign-in.
pub(super) struct SignIn<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn sign_in(&self) -> SignIn<'_> {
        SignIn { context: self }
    }
}

/// A sign-in that follows another flow.
pub(super) struct SignInFor {
    /// The user ID, as far as it is known and may be shown.
    pub user_id: Option<String>,
    /// It is the end of an enrolment.
    pub enrolling: bool,
    /// The same press may have begun one before.
    pub again: bool,
}

/// What was found before the row was locked.
pub(super) struct Prepared {
    /// The result of the password check, where one was posted.
    checked: Option<CheckedPassword>,
    /// Whether somebody is signed in with this browser.
    is_signed_in: bool,
}

#[async_trait]
impl FlowHandler for SignIn<'_> {
    type Step = SignInStep;
    type Event = SignInEvent;
    const RESTARTED: SignInEvent = SignInEvent::Restarted;
    const ABANDONED: SignInEvent = SignInEvent::Abandoned;
    const FIRST_STEP_PROVES: bool = true;
    const CAN_BE_EXTENDED: bool = false;
    type Prepared = Prepared;

    fn step_of(name: StepName) -> Option<SignInStep> {
        match name {
            StepName::SignIn => Some(SignInStep::Password),
            StepName::Code => Some(SignInStep::Code),
            _ => None,
        }
    }

    fn timed_out(limits: &Limits, row: &FlowRow, step: SignInStep, now: i64) -> Option<SignInEvent> {
        match step {
            SignInStep::Code => (row.stepped_at + limits.code_step_ms <= now).then_some(SignInEvent::TimedOut),
            _ => is_idle(limits, row, now).then_some(SignInEvent::Abandoned),
        }
    }

    async fn prepare(
        &self,
        post: &FlowPost<'_, SignInStep>,
        cookies: &mut Vec<SetCookie>,
    ) -> Result<Prepared, UseCaseError> {
        let checked = match post.submits(SignInStep::Password) {
            true => self.check_password(post, cookies).await?,
            false => None,
        };
        // Before the row is locked: one request never waits for a second connection.
        let at_code = post.step == Some(SignInStep::Code);
        let is_signed_in =
            at_code && self.context.sessions().signed_in(post.visitor, self.context.clock.now()).await?.is_some();
        Ok(Prepared { checked, is_signed_in })
    }

    async fn answer_first(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, SignInStep>,
        prepared: &Prepared,
    ) -> Result<Option<FlowOutcome>, UseCaseError> {
        if flow_tx.step::<SignInStep>() != SignInStep::Done {
            return Ok(None);
        }
        // A double click: the first press signed in.
        if prepared.is_signed_in {
            return Ok(Some(FlowOutcome::RedirectUnchanged(PORTAL)));
        }
        if !post.submits(SignInStep::Code) {
            self.go_on_without_session(flow_tx, post).await?;
            return Ok(None);
        }
        Ok(Some(match self.code_again(flow_tx, post.form).await? {
            CodeAgain::Opened => FlowOutcome::RedirectUnchanged(PORTAL),
            CodeAgain::Used => {
                flow_tx.problem(None, Problem::UsedCode);
                FlowOutcome::Render
            }
            CodeAgain::Wrong(problem)
                if self.lost_session(&mut flow_tx.tx, &flow_tx.row, flow_tx.now).await?.is_some() =>
            {
                flow_tx.problem(Some(Field::Code), problem);
                FlowOutcome::Render
            }
            CodeAgain::Wrong(_) => FlowOutcome::Stale,
        }))
    }

    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, SignInStep>,
        prepared: Prepared,
    ) -> Result<FlowOutcome, UseCaseError> {
        let present: SignInStep = flow_tx.step();
        match (post.step, post.action) {
            // The form stands wherever no sign-in is under way; an earlier one that ended is left as it is.
            (Some(SignInStep::Password), Some(Action::Submit)) if present != SignInStep::Code => {
                if present != SignInStep::Password {
                    self.context.flows().restart::<Self>(flow_tx, post.visitor).await?;
                }
                self.password_checked(flow_tx, post, prepared.checked).await?;
            }
            (Some(SignInStep::Code), Some(Action::Submit)) if present == SignInStep::Code => {
                if self.check_code(flow_tx, post.visitor, post.form).await? {
                    return Ok(FlowOutcome::Redirect(PORTAL));
                }
            }
            (Some(SignInStep::Code), Some(Action::Resend)) if present == SignInStep::Code => {
                self.resend_code(flow_tx).await?;
            }
            _ => return Ok(FlowOutcome::Stale),
        }
        Ok(FlowOutcome::Render)
    }

    /// Withdraws the codes that have not been mailed yet.
    async fn after_step(&self, flow_tx: &mut FlowTransaction, left: SignInStep) -> Result<(), UseCaseError> {
        match left {
            SignInStep::Code => {
                let dropped = flow_tx.tx.drop_mails(&flow_tx.row.reference, MailKind::AuthCode, flow_tx.now).await;
                dropped.map_err(UseCaseError::from)
            }
            _ => Ok(()),
        }
    }

    async fn screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else {
            return Ok(Screen::SignIn { user_id: String::new(), enrolling: false });
        };
        let done = step_of::<SignInStep>(row) == SignInStep::Done;
        let state = match done && self.lost_session(tx, row, now).await?.is_some() {
            true => SignInState::at_code(row)?,
            false => SignInState::read(row)?,
        };
        Ok(match state {
            SignInState::Password { user_id } => {
                Screen::SignIn { user_id: user_id.to_owned(), enrolling: row.enrolling }
            }
            // Whoever signed out comes back to sign in.
            SignInState::Over => Screen::SignIn { user_id: String::new(), enrolling: false },
            SignInState::Code { proven, sent_at, mail_id } => {
                let codes = to_rule_codes(&tx.codes_of(&row.id).await?);
                Screen::Code(CodeWait {
                    masked_address: UserId::parse(&proven.user_id).map(|id| id.masked()).unwrap_or_default(),
                    nth: u32::try_from(row.sends).unwrap_or(u32::MAX),
                    sent_at,
                    valid_until: sent_at + self.context.limits.code_life_ms,
                    resend_at: match resend(&codes, now, &self.context.limits) {
                        Resend::Now => Some(now),
                        Resend::Wait(wait) => Some(now + wait),
                        Resend::NoMore => None,
                    },
                    delivery: self.context.delivery(tx, mail_id).await?,
                    enrolling: row.enrolling,
                })
            }
            SignInState::TooManyTries(proven) => {
                Screen::Ended(match self.code_lock_of(tx, &proven.account_id, now).await? {
                    Lock::Until(until) => EndReason::AccountWait(until),
                    Lock::ResetRequired => EndReason::ResetRequired,
                    Lock::Open => EndReason::TooManyTries,
                })
            }
            SignInState::TimedOut => Screen::Ended(EndReason::TimedOut),
        })
    }
}

impl SignIn<'_> {
    /// Returns the step of the sign-in, or leads to the portal if somebody is signed in, so that "back" does not show the form again.
    pub(super) async fn view(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        if self.context.sessions().signed_in(visitor, now).await?.is_none() {
            return self.context.flows().view(self, visitor).await;
        }
        Ok(leading_to::<SignIn>(PORTAL, now))
    }

    /// Begins a sign-in in the browser.
    pub(super) async fn begin_for(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        SignInFor { user_id, enrolling, again }: SignInFor,
    ) -> Result<(), UseCaseError> {
        if again {
            let there = self.context.flows().flow_row::<Self>(&mut flow_tx.tx, visitor, flow_tx.now).await?;
            if there.is_some_and(|row| row.created_at >= flow_tx.row.stepped_at) {
                return Ok(());
            }
        }
        // The flow before this one is complete, so this one is counted and never refused.
        self.context.flows().count_flow(&mut flow_tx.tx, visitor, flow_tx.now).await?;
        let token = self.context.rng.token();
        let row = self.context.flows().new_row(visitor, Flow::SignIn, SignInStep::Password, &token, flow_tx.now);
        let row = FlowRow { user_id, enrolling, ..row };
        flow_tx.tx.put_flow(&row).await?;
        flow_tx.cookies.push(cookies::flow_token_cookie(Flow::SignIn, &token));
        Ok(())
    }

    /// Returns whether a posted password is checked: not where this browser waits for a code, nor from a form of another procedure.
    async fn takes_password(
        &self,
        tx: &mut Tx,
        post: &FlowPost<'_, SignInStep>,
        now: i64,
    ) -> Result<bool, UseCaseError> {
        let row = self.context.flows().flow_row::<SignIn>(tx, post.visitor, now).await?;
        Ok(row.is_none_or(|row| {
            step_of::<SignInStep>(&row) != SignInStep::Code
                && (post.form.is_for(row.reference.as_str()) || self.context.flows().lost::<SignIn>(&row).is_some())
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
        let proven = Proven::read(&flow_tx.row)?;
        let account_id = &proven.account_id;
        flow_tx.on(SignInEvent::CodeAccepted);
        let tokens = self.tokens_of_code(flow_tx, code_id);
        self.context.sessions().open(&mut flow_tx.tx, visitor, account_id, &tokens.session, now).await?;
        flow_tx.cookies.push(cookies::session_cookie(&tokens.session));
        let browser =
            self.context.renew_browser(&mut flow_tx.tx, visitor, &tokens.browser, &mut flow_tx.cookies).await?;
        flow_tx.tx.know_browser(&browser, account_id, now).await?;
        // The try has locked the counter of codes; only a right code resets it.
        self.context.counter(Limit::WrongCodes, account_id).clear(&mut flow_tx.tx).await?;
        // Somebody who has signed in needs no reset link.
        flow_tx.tx.revoke_links_of(&proven.customer_id, LinkKind::Reset, now).await?;
        let row = flow_tx.row.clone();
        let line = entry(&row, AuditEvent::SignedIn, &row.device);
        flow_tx.tx.audit(&self.context.rng.id(), &line, now).await?;
        if row.failures >= i64::from(self.context.limits.password_wrong_before_wait) {
            self.tell_failures(flow_tx, &proven).await?;
        }
        // An enrolment of this browser that led here is complete.
        if let Some(token) = visitor.cookie(cookies::flow_cookie(Flow::Enrol)) {
            let flow = FlowId::of_token(token);
            self.context
                .flows()
                .move_on(&mut flow_tx.tx, &flow, EnrolStep::Created, EnrolEvent::Proceeded, now)
                .await?;
        }
        Ok(())
    }
}
