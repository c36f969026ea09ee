//! Flow C up to the mail: the same answer, in the same time, whether or not the user ID exists. Who it is, is found out
//! by the outbox worker; what the link does is in `link.rs`.

mod resolver;

pub use self::resolver::ResetRequests;

use super::UseCaseError;
use super::context::Context;
use super::flow::{FlowHandler, FlowOutcome, FlowPost, FlowTransaction, entry, is_idle, required, step_of};
use super::mails::Envelope;
use crate::mail::{OutboxItem, ResetRequest};
use crate::store::{AuditEvent, FlowRow, Tx};
use app::form_checks;
use app::port::{SetCookie, Visitor};
use app::wire::{Action, EndReason, Field, Notice, Problem, Screen};
use async_trait::async_trait;
use rules::flow::{ResetEvent, ResetStep};
use rules::limits::{Limit, Limits, resend_wait_ms};

/// Flow C.
pub(super) struct Reset<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn reset(&self) -> Reset<'_> {
        Reset { context: self }
    }
}

#[async_trait]
impl FlowHandler for Reset<'_> {
    type Step = ResetStep;
    type Event = ResetEvent;
    const RESTARTED: ResetEvent = ResetEvent::Restarted;
    const ABANDONED: ResetEvent = ResetEvent::Abandoned;
    const FIRST_STEP_PROVES: bool = false;
    type Prepared = ();

    fn timed_out(limits: &Limits, row: &FlowRow, _step: ResetStep, now: i64) -> Option<ResetEvent> {
        is_idle(limits, row, now).then_some(ResetEvent::IdleTooLong)
    }

    async fn prepare(
        &self,
        _post: &FlowPost<'_, ResetStep>,
        _cookies: &mut Vec<SetCookie>,
    ) -> Result<(), UseCaseError> {
        Ok(())
    }

    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, ResetStep>,
        (): (),
    ) -> Result<FlowOutcome, UseCaseError> {
        let present: ResetStep = flow_tx.step();
        match (post.step, post.action) {
            (Some(ResetStep::UserId), Some(Action::Submit)) if present == ResetStep::UserId => {
                self.ask(flow_tx, post).await?;
            }
            // A user ID that was mistyped is typed anew: as a procedure of its own.
            (Some(ResetStep::Sent), Some(Action::Again))
                if flow_tx.is_new || (present == ResetStep::Sent && flow_tx.on(ResetEvent::Abandoned)) =>
            {
                self.context.flows().restart::<Self>(flow_tx, post.visitor).await?;
            }
            (Some(ResetStep::Sent), Some(Action::Resend)) if present == ResetStep::Sent => {
                self.resend(flow_tx, post.visitor).await?;
            }
            _ => return Ok(FlowOutcome::Stale),
        }
        Ok(FlowOutcome::Render)
    }

    async fn screen(&self, _tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else { return Ok(Screen::ResetUserId) };
        Ok(match step_of(row) {
            ResetStep::UserId => Screen::ResetUserId,
            ResetStep::Sent => {
                let sent_at = required(row, "sent_at", row.sent_at)?;
                Screen::ResetSent {
                    user_id: required(row, "user_id", row.user_id.clone())?,
                    sent_at,
                    resend_at: Some(sent_at + self.context.limits.resend_gap_ms),
                }
            }
            ResetStep::Done => Screen::Ended(EndReason::Done),
            ResetStep::Abandoned => Screen::Ended(EndReason::Abandoned),
            ResetStep::Expired => {
                let until = row.sent_at.map(|sent| sent + self.context.limits.link_life_ms);
                Screen::Ended(until.filter(|until| *until > now).map_or(EndReason::Idle, EndReason::IdleResetLives))
            }
        })
    }
}

impl Reset<'_> {
    async fn ask(&self, flow_tx: &mut FlowTransaction, post: &FlowPost<'_, ResetStep>) -> Result<(), UseCaseError> {
        flow_tx.keep(post.form, &[Field::UserId]);
        match form_checks::user_id(post.form) {
            Ok(user_id) => {
                flow_tx.flash.old_input.clear();
                flow_tx.row.user_id = Some(user_id.as_str().to_owned());
                self.write_request(flow_tx, post.visitor).await?;
                flow_tx.on(ResetEvent::Requested);
            }
            Err(problem) => flow_tx.problem(Some(Field::UserId), problem),
        }
        Ok(())
    }

    async fn resend(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<(), UseCaseError> {
        let wait =
            resend_wait_ms(required(&flow_tx.row, "sent_at", flow_tx.row.sent_at)?, flow_tx.now, &self.context.limits);
        if wait > 0 {
            flow_tx.problem(None, Problem::ResendAt(flow_tx.now + wait));
            return Ok(());
        }
        self.write_request(flow_tx, visitor).await?;
        flow_tx.on(ResetEvent::Resent);
        flow_tx.flash.notice = Some(Notice::Resent(flow_tx.now));
        Ok(())
    }

    /// Hands the request to the worker. With too many from one client address nothing is handed over: the answer is the same, and
    /// the contact centre finds under the reference number that it came to nothing.
    async fn write_request(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<(), UseCaseError> {
        let now = flow_tx.now;
        let asked = ResetRequest {
            user_id: required(&flow_tx.row, "user_id", flow_tx.row.user_id.clone())?,
            flow_id: flow_tx.row.id.clone(),
            device: visitor.device.clone(),
            at: now,
        };
        let counted = self.context.count_address(&mut flow_tx.tx, Limit::ResetsFromAddress, visitor, now).await?;
        counted.log();
        if counted.refused.is_some() {
            let line = entry(&flow_tx.row, AuditEvent::ResetNotSent, Limit::ResetsFromAddress.as_str());
            flow_tx.tx.audit(&self.context.rng.id(), &line, now).await?;
        } else {
            let reference = flow_tx.row.reference.clone();
            let envelope = Envelope {
                recipient: "",
                reference: &reference,
                pause_ms: self
                    .context
                    .rng
                    .between(self.context.limits.reset_pause_min_ms, self.context.limits.reset_pause_max_ms),
            };
            self.context.write_item(&mut flow_tx.tx, &OutboxItem::ResetRequest(asked), &envelope, now).await?;
        }
        flow_tx.row.sends += 1;
        flow_tx.row.sent_at = Some(now);
        Ok(())
    }
}
