//! Flow B: identity → the user ID on screen, with a notice by mail; who has no account yet goes on to enrolment.

use super::context::Context;
use super::enrolment::Enrolment;
use super::flow::{FlowHandler, FlowOutcome, FlowPost, FlowTransaction, entry, is_idle, required, step_of};
use super::sign_in::SignInFor;
use super::{UseCaseError, cookies};
use crate::mail::MailContent;
use crate::store::{AuditEvent, CustomerId, FlowRow, Tx};
use app::port::{SetCookie, Visitor};
use app::wire::{Action, EndReason, Flow, Screen};
use async_trait::async_trait;
use rules::flow::{EnrolStep, InquiryEvent, InquiryStep};
use rules::limits::Limits;

/// Flow B.
pub(super) struct Inquiry<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn inquiry(&self) -> Inquiry<'_> {
        Inquiry { context: self }
    }
}

#[async_trait]
impl FlowHandler for Inquiry<'_> {
    type Step = InquiryStep;
    type Event = InquiryEvent;
    const RESTARTED: InquiryEvent = InquiryEvent::Restarted;
    const ABANDONED: InquiryEvent = InquiryEvent::Abandoned;
    const FIRST_STEP_PROVES: bool = true;
    type Prepared = ();

    fn timed_out(limits: &Limits, row: &FlowRow, _step: InquiryStep, now: i64) -> Option<InquiryEvent> {
        is_idle(limits, row, now).then_some(InquiryEvent::IdleTooLong)
    }

    async fn prepare(
        &self,
        _post: &FlowPost<'_, InquiryStep>,
        _cookies: &mut Vec<SetCookie>,
    ) -> Result<(), UseCaseError> {
        Ok(())
    }

    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, InquiryStep>,
        (): (),
    ) -> Result<FlowOutcome, UseCaseError> {
        if post.action != Some(Action::Submit) {
            return Ok(FlowOutcome::Stale);
        }
        let present: InquiryStep = flow_tx.step();
        // The answer that led on may not have arrived.
        let led_on = self.context.flows().ended_lately(flow_tx, InquiryStep::Done);
        let enrolled = flow_tx.row.account_id.is_some();
        match post.step {
            Some(InquiryStep::Identity) if present == InquiryStep::Identity => {
                self.inquire(flow_tx, post).await?;
                Ok(FlowOutcome::Render)
            }
            Some(InquiryStep::Shown) if present == InquiryStep::Shown || (led_on && enrolled) => {
                self.to_sign_in(flow_tx, post.visitor).await
            }
            Some(InquiryStep::NotEnrolled) if present == InquiryStep::NotEnrolled || (led_on && !enrolled) => {
                self.to_enrolment(flow_tx, post.visitor).await
            }
            _ => Ok(FlowOutcome::Stale),
        }
    }

    async fn screen(&self, _tx: &mut Tx, row: Option<&FlowRow>, _now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else { return Ok(Screen::Identity) };
        let masked = self.context.account_settings.mask_user_id;
        let user_id = || {
            let user_id = required(row, "user_id", row.user_id.as_deref());
            user_id.map(|user_id| self.context.shown_user_id(user_id))
        };
        Ok(match step_of(row) {
            InquiryStep::Identity => Screen::Identity,
            InquiryStep::Shown => Screen::UserIdShown { user_id: user_id()?, masked },
            InquiryStep::NotEnrolled => Screen::NotEnrolled { user_id: user_id()?, masked },
            InquiryStep::NoEmail => Screen::NoEmail,
            // Who has no account has gone on to enrolment, with nothing to sign in with yet.
            InquiryStep::Done if row.account_id.is_none() => Screen::Ended(EndReason::WentOn),
            InquiryStep::Done => Screen::Ended(EndReason::Done),
            InquiryStep::Abandoned => Screen::Ended(EndReason::Abandoned),
            InquiryStep::Expired => Screen::Ended(EndReason::Idle),
        })
    }
}

impl Inquiry<'_> {
    async fn inquire(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, InquiryStep>,
    ) -> Result<(), UseCaseError> {
        let Some(found) = self.context.identity_check().identify(flow_tx, post.visitor, post.form).await? else {
            return Ok(());
        };
        let now = flow_tx.now;
        if self.context.flows().resume::<Inquiry>(flow_tx, |row| is_under_way(row, &found.customer.id)).await? {
            return Ok(());
        }
        if !self.context.identity_check().may_tell_user_id(flow_tx, &found).await? {
            return Ok(());
        }
        self.context.flows().renew(flow_tx).await?;
        self.context.identity_check().keep_phone(flow_tx, &found);
        flow_tx.row.customer_id = Some(found.customer.id.clone());
        let event = match (found.account, found.address) {
            (Some((account_id, user_id)), _) => {
                let content = MailContent::UserIdNotice {
                    user_id: user_id.clone(),
                    at: now,
                    device: post.visitor.device.clone(),
                };
                let reference = flow_tx.row.reference.clone();
                self.context.write(&mut flow_tx.tx, &content, &user_id, &reference, now).await?;
                flow_tx.row.account_id = Some(account_id);
                flow_tx.row.user_id = Some(user_id);
                InquiryEvent::Matched
            }
            (None, Some((address, key))) => {
                flow_tx.row.user_id = Some(address);
                flow_tx.row.user_key = Some(key);
                InquiryEvent::MatchedWithoutAccount
            }
            (None, None) => InquiryEvent::MatchedWithoutEmail,
        };
        flow_tx.on(event);
        flow_tx
            .tx
            .audit(&self.context.rng.id(), &entry(&flow_tx.row, AuditEvent::UserIdInquiry, event.as_str()), now)
            .await
            .map_err(UseCaseError::from)
    }

    async fn to_sign_in(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<FlowOutcome, UseCaseError> {
        let again = !flow_tx.on(InquiryEvent::Finished);
        let user_id = flow_tx.row.user_id.clone().filter(|_| !self.context.account_settings.mask_user_id);
        self.context.sign_in().begin_for(flow_tx, visitor, SignInFor { user_id, enrolling: false, again }).await?;
        Ok(FlowOutcome::Redirect(Flow::SignIn.address()))
    }

    /// On to the password step of enrolment, without asking again who it is.
    async fn to_enrolment(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
    ) -> Result<FlowOutcome, UseCaseError> {
        let again = !flow_tx.on(InquiryEvent::ContinuedToEnrolment);
        let there = self.context.flows().flow_row::<Enrolment>(&mut flow_tx.tx, visitor, flow_tx.now).await?;
        if !again || there.is_none_or(|row| row.customer_id != flow_tx.row.customer_id) {
            // Who they are is proven: counted, and never refused.
            self.context.flows().count_flow(&mut flow_tx.tx, visitor, flow_tx.now).await?;
            let token = self.context.rng.token();
            let mut enrol =
                self.context.flows().new_row(visitor, Flow::Enrol, EnrolStep::Password, &token, flow_tx.now);
            enrol.customer_id.clone_from(&flow_tx.row.customer_id);
            enrol.user_id.clone_from(&flow_tx.row.user_id);
            enrol.user_key.clone_from(&flow_tx.row.user_key);
            enrol.phone.clone_from(&flow_tx.row.phone);
            flow_tx.tx.put_flow(&enrol).await?;
            flow_tx.cookies.push(cookies::flow_token_cookie(Flow::Enrol, &token));
        }
        Ok(FlowOutcome::Redirect(Flow::Enrol.address()))
    }
}

/// Whether this customer's inquiry waits for its person.
fn is_under_way(row: &FlowRow, customer: &CustomerId) -> bool {
    row.customer_id.as_ref() == Some(customer) && matches!(step_of(row), InquiryStep::Shown | InquiryStep::NotEnrolled)
}
