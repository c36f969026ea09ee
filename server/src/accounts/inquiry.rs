//! Flow B: identity → the user ID on screen, with a notice by mail; who has no account yet goes on to enrolment.

use super::progress::{Turn, entry};
use super::{Accounts, stored};
use crate::mail::Letter;
use crate::store::FlowRow;
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Flow, Form, Notice, Over, Page, Screen};
use rules::flow::{EnrolStep, InquiryEvent, InquiryStep};
use rules::limits::Limit;
use rules::user_id::UserId;

const FIRST: &str = InquiryStep::Identity.as_str();

impl Accounts {
    pub(super) async fn look_inquiry(&self, visitor: &Visitor) -> Result<Page, Fault> {
        let now = self.clock.now();
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::UserId, now).await?;
        Ok(self.inquiry_page(row.as_ref(), now))
    }

    pub(super) async fn act_inquiry(&self, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let mut turn = self.turn(visitor, Flow::UserId, FIRST, form).await?;
        // The answer that led on may not have arrived.
        let done = self.ended_lately(&turn, InquiryStep::Done.as_str());
        match (form.step(), form.act()) {
            _ if !turn.takes(form) => return self.stale_inquiry(turn, visitor, form).await,
            (_, "restart") if turn.anew || turn.on(InquiryEvent::Restarted) => {
                self.restart(&mut turn, visitor, Flow::UserId).await?;
            }
            (_, "abandon") if turn.on(InquiryEvent::Abandoned) => {}
            (step, "extend") if step == turn.row.step && !turn.anew => turn.flash.notice = Some(Notice::Extended),
            ("identity", "") if turn.row.step == "identity" => self.inquire(&mut turn, visitor, form).await?,
            ("shown", "") if turn.row.step == "shown" || (done && turn.row.account_id.is_some()) => {
                return self.inquiry_to_sign_in(turn, visitor).await;
            }
            ("not-enrolled", "") if turn.row.step == "not-enrolled" || (done && turn.row.account_id.is_none()) => {
                return self.inquiry_to_enrolment(turn, visitor).await;
            }
            _ => return self.stale_inquiry(turn, visitor, form).await,
        }
        let now = turn.now;
        let row = self.finish(turn, visitor, Flow::UserId).await?;
        Ok(self.inquiry_page(Some(&row), now))
    }

    async fn stale_inquiry(&self, turn: Turn, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.stale(turn, visitor, Flow::UserId, form).await?;
        Ok(self.inquiry_page(Some(&row), now))
    }

    /// A user ID as the configuration lets it be shown.
    pub(super) fn shown_user_id(&self, user_id: &str) -> String {
        match UserId::parse(user_id) {
            Ok(id) if self.settings.mask_user_id => id.masked(),
            _ => user_id.to_owned(),
        }
    }

    async fn inquire(&self, turn: &mut Turn, visitor: &Visitor, form: &Form) -> Result<(), Fault> {
        let Some(found) = self.identify(turn, visitor, form).await? else { return Ok(()) };
        let now = turn.now;
        if self.resume(turn, Flow::UserId, |row| is_under_way(row, &found.customer.id)).await? {
            return Ok(());
        }
        // A notice goes out each time, so there is an end to how often.
        if let Some((account_id, _)) = &found.account
            && let Err(refused) = self
                .counter(Limit::UserIdsTold, account_id)
                .count(&mut turn.tx, &self.limits, now)
                .await
                .map_err(stored)?
        {
            turn.problem(None, refused.problem());
            return Ok(());
        }
        self.renew(turn).await?;
        self.keep_phone(turn, &found);
        turn.row.customer_id = Some(found.customer.id.clone());
        let event = match (found.account, found.address) {
            (Some((account_id, user_id)), _) => {
                let letter = Letter::UserIdNotice { user_id: user_id.clone(), at: now, device: visitor.device.clone() };
                let reference = turn.row.reference.clone();
                self.write(&mut turn.tx, &letter, &user_id, &reference, now).await?;
                turn.row.account_id = Some(account_id);
                turn.row.user_id = Some(user_id);
                InquiryEvent::Matched
            }
            (None, Some((address, key))) => {
                turn.row.user_id = Some(address);
                turn.row.user_key = Some(key);
                InquiryEvent::MatchedWithoutAccount
            }
            (None, None) => InquiryEvent::MatchedWithoutEmail,
        };
        turn.on(event);
        turn.tx.audit(&self.dice.id(), &entry(&turn.row, "user_id_inquiry", event.as_str()), now).await.map_err(stored)
    }

    async fn inquiry_to_sign_in(&self, mut turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        let again = !turn.on(InquiryEvent::Finished);
        let user_id = turn.row.user_id.clone().filter(|_| !self.settings.mask_user_id);
        self.lead_to_sign_in(&mut turn, visitor, user_id, false, again).await?;
        self.inquiry_leaves(turn, visitor, Flow::SignIn).await
    }

    /// On to the password step of enrolment, without asking again who it is.
    async fn inquiry_to_enrolment(&self, mut turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        let again = !turn.on(InquiryEvent::ContinuedToEnrolment);
        let there = self.flow_row(&mut turn.tx, visitor, Flow::Enrol, turn.now).await?;
        if again && there.is_some_and(|row| row.customer_id == turn.row.customer_id) {
            return self.inquiry_leaves(turn, visitor, Flow::Enrol).await;
        }
        // Who they are is proven: counted, and never refused.
        self.count_flow(&mut turn.tx, visitor, turn.now).await?;
        let token = self.dice.token();
        let mut enrol = self.new_row(visitor, Flow::Enrol, EnrolStep::Password.as_str(), &token, turn.now);
        enrol.customer_id.clone_from(&turn.row.customer_id);
        enrol.user_id.clone_from(&turn.row.user_id);
        enrol.user_key.clone_from(&turn.row.user_key);
        enrol.phone.clone_from(&turn.row.phone);
        turn.tx.put_flow(&enrol).await.map_err(stored)?;
        visitor.jar.set(super::session_lifetime_cookie(super::flow_cookie(Flow::Enrol), &token));
        self.inquiry_leaves(turn, visitor, Flow::Enrol).await
    }

    async fn inquiry_leaves(&self, turn: Turn, visitor: &Visitor, to: Flow) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.finish(turn, visitor, Flow::UserId).await?;
        let mut page = self.inquiry_page(Some(&row), now);
        page.leave = Some(to.address().to_owned());
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
            InquiryStep::Done if row.is_some_and(|row| row.account_id.is_none()) => Screen::Over(Over::WentOn),
            InquiryStep::Done => Screen::Over(Over::Done),
            InquiryStep::Abandoned => Screen::Over(Over::Abandoned),
            InquiryStep::Expired => Screen::Over(Over::Idle),
        };
        self.page(Flow::UserId, row, screen, now)
    }
}

/// Whether this customer's inquiry waits for its person.
fn is_under_way(row: &FlowRow, customer: &str) -> bool {
    let step = InquiryStep::parse(&row.step);
    row.customer_id.as_deref() == Some(customer) && matches!(step, Some(InquiryStep::Shown | InquiryStep::NotEnrolled))
}
