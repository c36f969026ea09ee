//! Flow B: identity → the user ID on screen, with a notice by mail; who has no account yet goes on to enrolment.

use super::progress::{FlowTransaction, entry};
use super::{Accounts, UseCaseError};
use crate::mail::MailContent;
use crate::store::{AuditEvent, CustomerId, FlowRow};
use app::port::Visitor;
use app::wire::{EndReason, Flow, Form, Notice, Page, Screen};
use rules::flow::{EnrolStep, InquiryEvent, InquiryStep};
use rules::limits::Limit;
use rules::user_id::UserId;

const FIRST: &str = InquiryStep::Identity.as_str();

impl Accounts {
    pub(super) async fn view_inquiry(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.clock.now();
        let mut tx = self.store.begin_read().await?;
        let row = self.flow_row(&mut tx, visitor, Flow::UserId, now).await?;
        Ok(self.inquiry_page(row.as_ref(), now))
    }

    pub(super) async fn submit_inquiry(&self, visitor: &Visitor, form: &Form) -> Result<Page, UseCaseError> {
        let mut flow_tx = self.flow_tx(visitor, Flow::UserId, FIRST, form).await?;
        // The answer that led on may not have arrived.
        let done = self.ended_lately(&flow_tx, InquiryStep::Done.as_str());
        match (form.step(), form.act()) {
            _ if !flow_tx.takes(form) => return self.stale_inquiry(flow_tx, visitor, form).await,
            (_, "restart") if flow_tx.anew || flow_tx.on(InquiryEvent::Restarted) => {
                self.restart(&mut flow_tx, visitor, Flow::UserId).await?;
            }
            (_, "abandon") if flow_tx.on(InquiryEvent::Abandoned) => {}
            (step, "extend") if step == flow_tx.row.step && !flow_tx.anew => {
                flow_tx.flash.notice = Some(Notice::Extended)
            }
            ("identity", "") if flow_tx.row.step == "identity" => self.inquire(&mut flow_tx, visitor, form).await?,
            ("shown", "") if flow_tx.row.step == "shown" || (done && flow_tx.row.account_id.is_some()) => {
                return self.inquiry_to_sign_in(flow_tx, visitor).await;
            }
            ("not-enrolled", "")
                if flow_tx.row.step == "not-enrolled" || (done && flow_tx.row.account_id.is_none()) =>
            {
                return self.inquiry_to_enrolment(flow_tx, visitor).await;
            }
            _ => return self.stale_inquiry(flow_tx, visitor, form).await,
        }
        let now = flow_tx.now;
        let row = self.finish(flow_tx, visitor, Flow::UserId).await?;
        Ok(self.inquiry_page(Some(&row), now))
    }

    async fn stale_inquiry(
        &self,
        flow_tx: FlowTransaction,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.stale(flow_tx, visitor, Flow::UserId, form).await?;
        Ok(self.inquiry_page(Some(&row), now))
    }

    /// A user ID as the configuration lets it be shown.
    pub(super) fn shown_user_id(&self, user_id: &str) -> String {
        match UserId::parse(user_id) {
            Ok(id) if self.settings.mask_user_id => id.masked(),
            _ => user_id.to_owned(),
        }
    }

    async fn inquire(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor, form: &Form) -> Result<(), UseCaseError> {
        let Some(found) = self.identify(flow_tx, visitor, form).await? else { return Ok(()) };
        let now = flow_tx.now;
        if self.resume(flow_tx, Flow::UserId, |row| is_under_way(row, &found.customer.id)).await? {
            return Ok(());
        }
        // A notice goes out each time, so there is an end to how often.
        if let Some((account_id, _)) = &found.account
            && let Err(refused) =
                self.counter(Limit::UserIdsTold, account_id).count(&mut flow_tx.tx, &self.limits, now).await?
        {
            flow_tx.problem(None, refused.problem());
            return Ok(());
        }
        self.renew(flow_tx).await?;
        self.keep_phone(flow_tx, &found);
        flow_tx.row.customer_id = Some(found.customer.id.clone());
        let event = match (found.account, found.address) {
            (Some((account_id, user_id)), _) => {
                let content =
                    MailContent::UserIdNotice { user_id: user_id.clone(), at: now, device: visitor.device.clone() };
                let reference = flow_tx.row.reference.clone();
                self.write(&mut flow_tx.tx, &content, &user_id, &reference, now).await?;
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
            .audit(&self.rng.id(), &entry(&flow_tx.row, AuditEvent::UserIdInquiry, event.as_str()), now)
            .await
            .map_err(UseCaseError::from)
    }

    async fn inquiry_to_sign_in(&self, mut flow_tx: FlowTransaction, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let again = !flow_tx.on(InquiryEvent::Finished);
        let user_id = flow_tx.row.user_id.clone().filter(|_| !self.settings.mask_user_id);
        self.lead_to_sign_in(&mut flow_tx, visitor, user_id, false, again).await?;
        self.inquiry_leaves(flow_tx, visitor, Flow::SignIn).await
    }

    /// On to the password step of enrolment, without asking again who it is.
    async fn inquiry_to_enrolment(
        &self,
        mut flow_tx: FlowTransaction,
        visitor: &Visitor,
    ) -> Result<Page, UseCaseError> {
        let again = !flow_tx.on(InquiryEvent::ContinuedToEnrolment);
        let there = self.flow_row(&mut flow_tx.tx, visitor, Flow::Enrol, flow_tx.now).await?;
        if again && there.is_some_and(|row| row.customer_id == flow_tx.row.customer_id) {
            return self.inquiry_leaves(flow_tx, visitor, Flow::Enrol).await;
        }
        // Who they are is proven: counted, and never refused.
        self.count_flow(&mut flow_tx.tx, visitor, flow_tx.now).await?;
        let token = self.rng.token();
        let mut enrol = self.new_row(visitor, Flow::Enrol, EnrolStep::Password.as_str(), &token, flow_tx.now);
        enrol.customer_id.clone_from(&flow_tx.row.customer_id);
        enrol.user_id.clone_from(&flow_tx.row.user_id);
        enrol.user_key.clone_from(&flow_tx.row.user_key);
        enrol.phone.clone_from(&flow_tx.row.phone);
        flow_tx.tx.put_flow(&enrol).await?;
        visitor.jar.set(super::session_lifetime_cookie(super::flow_cookie(Flow::Enrol), &token));
        self.inquiry_leaves(flow_tx, visitor, Flow::Enrol).await
    }

    async fn inquiry_leaves(
        &self,
        flow_tx: FlowTransaction,
        visitor: &Visitor,
        to: Flow,
    ) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.finish(flow_tx, visitor, Flow::UserId).await?;
        let mut page = self.inquiry_page(Some(&row), now);
        page.redirect_to = Some(to.address().to_owned());
        Ok(page)
    }

    fn inquiry_page(&self, row: Option<&FlowRow>, now: i64) -> Page {
        let step = row.and_then(|row| InquiryStep::parse(&row.step)).unwrap_or(InquiryStep::Identity);
        let user_id = row.and_then(|row| row.user_id.clone()).unwrap_or_default();
        let masked = self.settings.mask_user_id;
        let shown = self.shown_user_id(&user_id);
        let screen = match step {
            InquiryStep::Identity => Screen::Identity,
            InquiryStep::Shown => Screen::UserIdShown { user_id: shown, masked },
            InquiryStep::NotEnrolled => Screen::NotEnrolled { user_id: shown, masked },
            InquiryStep::NoEmail => Screen::NoEmail,
            // Who has no account has gone on to enrolment, with nothing to sign in with yet.
            InquiryStep::Done if row.is_some_and(|row| row.account_id.is_none()) => Screen::Ended(EndReason::WentOn),
            InquiryStep::Done => Screen::Ended(EndReason::Done),
            InquiryStep::Abandoned => Screen::Ended(EndReason::Abandoned),
            InquiryStep::Expired => Screen::Ended(EndReason::Idle),
        };
        self.page(Flow::UserId, row, screen, now)
    }
}

/// Whether this customer's inquiry waits for its person.
fn is_under_way(row: &FlowRow, customer: &CustomerId) -> bool {
    let step = InquiryStep::parse(&row.step);
    row.customer_id.as_ref() == Some(customer) && matches!(step, Some(InquiryStep::Shown | InquiryStep::NotEnrolled))
}
