//! Sign-in: password, then a mailed code. Unknown, known, locked and unconfirmed user IDs go the same way and take the same time.

mod code;
mod password;

use self::code::{CodeAgain, sent};
use self::password::Checked;
use super::enrolment::Enrolment;
use super::flow::{FlowHandler, FlowTransaction, Outcome, Post, entry, is_idle, leading_to, step_of};
use super::{Accounts, UseCaseError};
use crate::store::{AuditEvent, CodeId, FlowId, FlowRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Action, CodeWait, EndReason, Flow, Page, Problem, Screen, StepName};
use async_trait::async_trait;
use rules::code_rules::{Resend, resend};
use rules::flow::{EnrolEvent, EnrolStep, LinkKind, SignInEvent, SignInStep};
use rules::limits::{Limit, Limits, Lock};
use rules::user_id::{UserId, UserIdFault};

/// Where who is signed in goes.
const PORTAL: &str = "/portal";

/// The sign-in.
pub(super) struct SignIn;

/// What was found out before the row was locked.
pub(super) struct Prepared {
    /// What the check of the password came to, where one was posted.
    checked: Option<Checked>,
    /// Somebody is signed in with this browser.
    inside: bool,
}

#[async_trait]
impl FlowHandler for SignIn {
    const FLOW: Flow = Flow::SignIn;
    type Step = SignInStep;
    type Event = SignInEvent;
    const RESTARTED: SignInEvent = SignInEvent::Restarted;
    const ABANDONED: SignInEvent = SignInEvent::Abandoned;
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

    async fn prepare(accounts: &Accounts, post: &Post<'_, SignInStep>) -> Result<Prepared, UseCaseError> {
        let checked = match post.submits(SignInStep::Password) && accounts.takes_password(post).await? {
            true => Some(accounts.check_password(post.visitor, post.form).await?),
            false => None,
        };
        // Before the row is locked: one request never waits for a second connection.
        let at_code = post.step == Some(SignInStep::Code);
        let inside = at_code && accounts.signed_in(post.visitor, accounts.clock.now()).await?.is_some();
        Ok(Prepared { checked, inside })
    }

    async fn answer_first(
        accounts: &Accounts,
        flow_tx: &mut FlowTransaction,
        post: &Post<'_, SignInStep>,
        prepared: &Prepared,
    ) -> Result<Option<Outcome>, UseCaseError> {
        if flow_tx.step::<SignInStep>() != SignInStep::Done {
            return Ok(None);
        }
        // A double click: the first press signed in.
        if prepared.inside {
            return Ok(Some(Outcome::Unchanged(PORTAL)));
        }
        if !post.submits(SignInStep::Code) {
            return Ok(None);
        }
        Ok(Some(match accounts.code_again(flow_tx, post.visitor, post.form).await? {
            CodeAgain::Opened => Outcome::Unchanged(PORTAL),
            CodeAgain::Used => {
                flow_tx.problem(None, Problem::UsedCode);
                Outcome::Shown
            }
            CodeAgain::Wrong => Outcome::Stale,
        }))
    }

    async fn submit(
        accounts: &Accounts,
        flow_tx: &mut FlowTransaction,
        post: &Post<'_, SignInStep>,
        prepared: Prepared,
    ) -> Result<Outcome, UseCaseError> {
        let present: SignInStep = flow_tx.step();
        match (post.step, post.action) {
            // The form stands wherever no sign-in is under way; an earlier one that ended is left as it is.
            (Some(SignInStep::Password), Some(Action::Submit)) if present != SignInStep::Code => {
                if present != SignInStep::Password {
                    accounts.restart::<Self>(flow_tx, post.visitor).await?;
                }
                accounts.password_checked(flow_tx, post, prepared.checked).await?;
            }
            (Some(SignInStep::Code), Some(Action::Submit)) if present == SignInStep::Code => {
                if accounts.check_code(flow_tx, post.visitor, post.form).await? {
                    return Ok(Outcome::Led(PORTAL));
                }
            }
            (Some(SignInStep::Code), Some(Action::Resend)) if present == SignInStep::Code => {
                accounts.resend_code(flow_tx).await?;
            }
            _ => return Ok(Outcome::Stale),
        }
        Ok(Outcome::Shown)
    }

    /// Codes that have not gone yet are of no use any more.
    async fn after_step(
        accounts: &Accounts,
        flow_tx: &mut FlowTransaction,
        left: SignInStep,
    ) -> Result<(), UseCaseError> {
        match left {
            SignInStep::Code => accounts.drop_codes(&mut flow_tx.tx, &flow_tx.row.reference, flow_tx.now).await,
            _ => Ok(()),
        }
    }

    async fn screen(accounts: &Accounts, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else {
            return Ok(Screen::SignIn { user_id: String::new(), enrolling: false });
        };
        let user_id = row.user_id.clone().unwrap_or_default();
        Ok(match step_of(row) {
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
                    valid_until: sent_at + accounts.limits.code_life_ms,
                    resend_at: match resend(&codes, now, &accounts.limits) {
                        Resend::Now => Some(now),
                        Resend::Wait(wait) => Some(now + wait),
                        Resend::NoMore => None,
                    },
                    delivery: accounts.delivery(tx, row.mail_id.as_ref()).await?,
                    enrolling: row.enrolling,
                })
            }
            SignInStep::TooManyTries => {
                let account_id = row.account_id.clone().unwrap_or_default();
                Screen::Ended(match accounts.code_lock_of(tx, &account_id, now).await? {
                    Lock::Until(until) => EndReason::AccountWait(until),
                    Lock::ResetRequired => EndReason::ResetRequired,
                    Lock::Open => EndReason::TooManyTries,
                })
            }
            SignInStep::TimedOut => Screen::Ended(EndReason::TimedOut),
        })
    }
}

impl Accounts {
    /// Returns the step of the sign-in, unless somebody is signed in: the portal is next then, and back does not lead here.
    pub(super) async fn view_sign_in(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.clock.now();
        if self.signed_in(visitor, now).await?.is_none() {
            return self.view_flow::<SignIn>(visitor).await;
        }
        Ok(leading_to::<SignIn>(PORTAL, now))
    }

    /// Whether a posted password is looked at: not where this browser waits for a code, nor from a form of another procedure.
    async fn takes_password(&self, post: &Post<'_, SignInStep>) -> Result<bool, UseCaseError> {
        let mut tx = self.store.begin_read().await?;
        let row = self.flow_row::<SignIn>(&mut tx, post.visitor, self.clock.now()).await?;
        Ok(row.is_none_or(|row| {
            step_of::<SignInStep>(&row) != SignInStep::Code
                && (post.form.is_for(row.reference.as_str()) || self.lost::<SignIn>(&row).is_some())
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
            let flow = FlowId::of_token(token);
            self.move_on::<Enrolment>(&mut flow_tx.tx, &flow, EnrolStep::Created, EnrolEvent::Proceeded, now).await?;
        }
        Ok(())
    }
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
