//! The driver that all flows share: it shows a step and takes a post. What differs between flows is in their [`FlowHandler`].

mod per_address;
mod required;
mod tokens;
mod transaction;

pub(super) use required::required;
pub(super) use transaction::{FlowTransaction, entry, flow_move, is_idle, step_of};

use super::UseCaseError;
use crate::metrics::{self, PostOutcome};
use crate::store::{FlowRow, Tx};
use crate::use_cases::context::Context;
use app::port::{Answer, SetCookie, Visitor};
use app::wire::{Action, EndReason, Flow, Form, Notice, Page, Screen, StepName};
use async_trait::async_trait;
use rules::flow::{EnrolEvent, FlowEvent, FlowStep, InquiryEvent, ResetEvent, SignInEvent};
use rules::limits::Limits;

/// The event of a flow, by which its rows can be moved on from outside.
pub(super) trait EventOfFlow: FlowEvent {
    const FLOW: Flow;
}

impl EventOfFlow for EnrolEvent {
    const FLOW: Flow = Flow::Enrol;
}

impl EventOfFlow for InquiryEvent {
    const FLOW: Flow = Flow::UserId;
}

impl EventOfFlow for ResetEvent {
    const FLOW: Flow = Flow::PasswordReset;
}

impl EventOfFlow for SignInEvent {
    const FLOW: Flow = Flow::SignIn;
}

/// One flow: its steps and events, what its posts do, and what its steps show.
#[async_trait]
pub(super) trait FlowHandler: Send + Sync {
    const FLOW: Flow = Self::Event::FLOW;
    type Step: FlowStep;
    type Event: EventOfFlow<Step = Self::Step>;
    const RESTARTED: Self::Event;
    const ABANDONED: Self::Event;
    /// Whether a person can extend the flow by saying that they are still there.
    const CAN_BE_EXTENDED: bool = true;
    /// Whether the form of the first step can prove who somebody is.
    const FIRST_STEP_PROVES: bool;
    /// What is done for a post before the row is locked, since it takes a while or another connection.
    type Prepared: Send;

    /// Returns the step that a form with this name was made for.
    fn step_of(name: StepName) -> Option<Self::Step> {
        Self::Step::of_word(name.as_str())
    }

    /// Returns what ends the flow at its present step, if its time is up.
    fn timed_out(limits: &Limits, row: &FlowRow, step: Self::Step, now: i64) -> Option<Self::Event>;

    /// Does what a post needs before the row is locked. What the browser is to be given goes to `cookies`.
    async fn prepare(
        &self,
        post: &FlowPost<'_, Self::Step>,
        cookies: &mut Vec<SetCookie>,
    ) -> Result<Self::Prepared, UseCaseError>;

    /// Returns the outcome of a post that is settled whatever its button is, or nothing if it is not.
    async fn answer_first(
        &self,
        _flow_tx: &mut FlowTransaction,
        _post: &FlowPost<'_, Self::Step>,
        _prepared: &Self::Prepared,
    ) -> Result<Option<FlowOutcome>, UseCaseError> {
        Ok(None)
    }

    /// Takes a post that belongs to this row.
    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, Self::Step>,
        prepared: Self::Prepared,
    ) -> Result<FlowOutcome, UseCaseError>;

    /// Does what has to follow when a post has led away from the step `left`.
    async fn after_step(&self, _flow_tx: &mut FlowTransaction, _left: Self::Step) -> Result<(), UseCaseError> {
        Ok(())
    }

    /// Returns what the row's step shows; without a row, the first step.
    async fn screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError>;
}

/// A posted form, read once.
pub(super) struct FlowPost<'a, Step> {
    pub visitor: &'a Visitor,
    pub form: &'a Form,
    /// The step that the form was made for, if it is one of the flow's.
    pub step: Option<Step>,
    /// What the button asks for, if it is one of ours.
    pub action: Option<Action>,
}

impl<Step: FlowStep> FlowPost<'_, Step> {
    /// Returns whether the main button of this step was pressed.
    pub fn submits(&self, step: Step) -> bool {
        (self.step, self.action) == (Some(step), Some(Action::Submit))
    }
}

/// What has become of a post.
pub(super) enum FlowOutcome {
    /// The row's step is shown.
    Render,
    /// The browser goes on to another address.
    Redirect(&'static str),
    /// The post does not belong to the present step: the step stays, with a line that says so.
    Stale,
    /// The browser goes on to another address, and nothing is written: an earlier press of the same button has committed it.
    RedirectUnchanged(&'static str),
}

/// The driver that all flows share.
pub(in crate::use_cases) struct Flows<'a> {
    context: &'a Context,
}

impl Context {
    pub(in crate::use_cases) const fn flows(&self) -> Flows<'_> {
        Flows { context: self }
    }
}

impl Flows<'_> {
    /// Returns the step that this browser's flow has reached. Changes nothing.
    pub(in crate::use_cases) async fn view<F: FlowHandler>(
        &self,
        handler: &F,
        visitor: &Visitor,
    ) -> Result<Page, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin_read().await?;
        let row = self.flow_row::<F>(&mut tx, visitor, now).await?;
        let screen = handler.screen(&mut tx, row.as_ref(), now).await?;
        let flash = row.as_ref().map(|row| self.flash(row)).unwrap_or_default();
        Ok(self.page::<F>(row.as_ref(), flash, screen, now))
    }

    /// Takes a post: one transaction from the locked row to the page.
    pub(in crate::use_cases) async fn run<F: FlowHandler>(
        &self,
        handler: &F,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Answer<Page>, UseCaseError> {
        let step = form.step().and_then(F::step_of);
        let post = FlowPost { visitor, form, step, action: form.action() };
        let mut cookies = Vec::new();
        let prepared = handler.prepare(&post, &mut cookies).await?;
        let mut flow_tx = self.begin_post::<F>(visitor, form).await?;
        flow_tx.cookies = cookies;
        let before = flow_tx.step::<F::Step>();
        let outcome = match flow_tx.takes(form) && flow_tx.is_looked_at::<F>() {
            true => self.take(handler, &mut flow_tx, &post, prepared).await?,
            false => FlowOutcome::Stale,
        };
        if flow_tx.is_refused() {
            return Err(self.refuse_one_too_many(flow_tx).await?);
        }
        match outcome {
            FlowOutcome::Render | FlowOutcome::Redirect(_) => flow_tx.row.acted_at = flow_tx.now,
            FlowOutcome::Stale => flow_tx.set_stale(form),
            FlowOutcome::RedirectUnchanged(address) => {
                return Ok(Answer { value: leading_to::<F>(address, flow_tx.now), cookies: flow_tx.cookies });
            }
        }
        if flow_tx.step::<F::Step>() != before {
            handler.after_step(&mut flow_tx, before).await?;
        }
        let page = match outcome {
            FlowOutcome::Redirect(address) => leading_to::<F>(address, flow_tx.now),
            _ => {
                let screen = handler.screen(&mut flow_tx.tx, Some(&flow_tx.row), flow_tx.now).await?;
                self.page::<F>(Some(&flow_tx.row), flow_tx.flash.clone(), screen, flow_tx.now)
            }
        };
        let (is_new, now_at) = (flow_tx.is_new, flow_tx.step::<F::Step>());
        let cookies = self.finish::<F>(flow_tx).await?;
        if is_new {
            metrics::flow_post(&page, PostOutcome::Started);
        }
        let came_to = match outcome {
            FlowOutcome::Stale => PostOutcome::Stale,
            _ if now_at.has_ended() && now_at != before => PostOutcome::Ended,
            _ if now_at != before => PostOutcome::MovedOn,
            _ if !page.problems.is_empty() => PostOutcome::Refused,
            _ => PostOutcome::Stayed,
        };
        metrics::flow_post(&page, came_to);
        Ok(Answer { value: page, cookies })
    }

    /// Does what every flow does with a post; the rest is left to the flow.
    async fn take<F: FlowHandler>(
        &self,
        handler: &F,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, F::Step>,
        prepared: F::Prepared,
    ) -> Result<FlowOutcome, UseCaseError> {
        if let Some(outcome) = handler.answer_first(flow_tx, post, &prepared).await? {
            return Ok(outcome);
        }
        let present = flow_tx.step::<F::Step>();
        let taken = match post.action {
            None => false,
            Some(Action::Restart) => {
                let begins = flow_tx.is_new || flow_tx.on(F::RESTARTED);
                if begins {
                    self.restart::<F>(flow_tx, post.visitor).await?;
                }
                begins
            }
            Some(Action::Abandon) => flow_tx.on(F::ABANDONED),
            Some(Action::Extend) => {
                let stays = F::CAN_BE_EXTENDED && post.step == Some(present) && !present.has_ended() && !flow_tx.is_new;
                if stays {
                    flow_tx.flash.notice = Some(Notice::Extended);
                }
                stays
            }
            Some(Action::Submit | Action::Resend | Action::Again | Action::Disown) => {
                return handler.submit(flow_tx, post, prepared).await;
            }
        };
        Ok(if taken { FlowOutcome::Render } else { FlowOutcome::Stale })
    }
}

/// Characters of a field that are kept to be shown again: more than any field takes.
const KEPT: usize = 300;

/// Returns what is kept of a typed value: enough to show what was wrong with it, so that no row grows with what is posted.
pub(super) fn kept(typed: &str) -> String {
    typed.chars().take(KEPT).collect()
}

/// Returns whether a flow in which somebody last acted at this time has ended by itself.
pub(super) const fn is_idle_since(limits: &Limits, acted_at: i64, now: i64) -> bool {
    acted_at + limits.flow_idle_ms <= now
}

/// Returns a page that is not shown, because the browser goes on to another address.
pub(super) fn leading_to<F: FlowHandler>(address: &str, now: i64) -> Page {
    let mut page = Page::new(F::FLOW, Screen::Ended(EndReason::Done), now);
    page.redirect_to = Some(address.to_owned());
    page
}
