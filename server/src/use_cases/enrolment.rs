//! Flow A: identity → password → mail → created. The account itself comes into being on the link's page (`link.rs`).

mod mail;

use super::identity::IdentityMatch;
use super::progress::{FlowTransaction, entry};
use super::{Accounts, UseCaseError};
use crate::store::{AuditEvent, CustomerId, CustomerRow, FlowRow, Tx};
use app::port::Visitor;
use app::wire::{EndReason, Field, Flow, Form, Notice, Page, PasswordAbout, Screen};
use rules::flow::{EnrolEvent, EnrolStep, LinkKind};
use rules::limits::Limit;

const FIRST: &str = EnrolStep::Identity.as_str();

impl Accounts {
    pub(super) async fn view_enrolment(&self, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = self.clock.now();
        let mut tx = self.store.begin_read().await?;
        let row = self.flow_row(&mut tx, visitor, Flow::Enrol, now).await?;
        let screen = self.enrolment_screen(&mut tx, row.as_ref(), now).await?;
        Ok(self.page(Flow::Enrol, row.as_ref(), screen, now))
    }

    pub(super) async fn submit_enrolment(&self, visitor: &Visitor, form: &Form) -> Result<Page, UseCaseError> {
        // Hashing takes a while: it is done before the row is held.
        let hash =
            if (form.step(), form.act()) == ("password", "") { self.hash_chosen(visitor, form).await? } else { None };
        let mut flow_tx = self.flow_tx(visitor, Flow::Enrol, FIRST, form).await?;
        if !flow_tx.takes(form) {
            return self.stale_enrolment(flow_tx, visitor, form).await;
        }
        let known = match form.act() {
            "restart" => flow_tx.anew || flow_tx.on(EnrolEvent::Restarted),
            "abandon" => self.abandon_enrolment(&mut flow_tx).await?,
            "extend" if form.step() == flow_tx.row.step && !flow_tx.anew => {
                flow_tx.flash.notice = Some(Notice::Extended);
                true
            }
            _ => false,
        };
        if known {
            if form.act() == "restart" {
                self.restart(&mut flow_tx, visitor, Flow::Enrol).await?;
            }
            return self.show_enrolment(flow_tx, visitor).await;
        }
        // The answer that led on to sign-in did not arrive.
        if (form.step(), form.act()) == ("created", "") && self.ended_lately(&flow_tx, EnrolStep::Done.as_str()) {
            return self.enrol_proceed(flow_tx, visitor).await;
        }
        if form.step() != flow_tx.row.step {
            return self.stale_enrolment(flow_tx, visitor, form).await;
        }
        match (form.step(), form.act()) {
            ("identity", "") => {
                if let Some(found) = self.identify(&mut flow_tx, visitor, form).await?
                    && !self.resume(&mut flow_tx, Flow::Enrol, |row| is_under_way(row, &found.customer.id)).await?
                {
                    self.renew(&mut flow_tx).await?;
                    self.keep_phone(&mut flow_tx, &found);
                    self.enrol_identified(&mut flow_tx, found).await?;
                }
            }
            ("password", "") => self.enrol_password(&mut flow_tx, visitor, form, hash).await?,
            ("mail", "resend") => self.enrol_resend(&mut flow_tx, visitor).await?,
            ("created", "") => return self.enrol_proceed(flow_tx, visitor).await,
            _ => return self.stale_enrolment(flow_tx, visitor, form).await,
        }
        self.show_enrolment(flow_tx, visitor).await
    }

    /// 中止する: a link that has been mailed for it stops working too.
    async fn abandon_enrolment(&self, flow_tx: &mut FlowTransaction) -> Result<bool, UseCaseError> {
        let customer = flow_tx.row.customer_id.clone().filter(|_| flow_tx.row.step == EnrolStep::Mail.as_str());
        let known = flow_tx.on(EnrolEvent::Abandoned);
        if let Some(customer) = customer {
            flow_tx.tx.revoke_links_of(&customer, LinkKind::Enrolment, flow_tx.now).await?;
        }
        Ok(known)
    }

    /// What the password of an enrolment is judged by: of the phones on file only the one that was typed, or else the rules would
    /// tell the others.
    async fn enrolment_about(&self, tx: &mut Tx, row: &FlowRow) -> Result<PasswordAbout, UseCaseError> {
        let mut about = self.password_about(tx, row.customer_id.as_ref(), row.user_id.as_deref()).await?;
        about.phones = self.keys.open_sealed(&row.phone).into_iter().collect();
        Ok(about)
    }

    /// Goes on from an identified customer: to the password, or to where else they belong.
    pub(super) async fn enrol_identified(
        &self,
        flow_tx: &mut FlowTransaction,
        found: IdentityMatch,
    ) -> Result<(), UseCaseError> {
        // A user ID is not shown without an end to how often, wherever it is.
        if let Some((account_id, _)) = &found.account
            && let Err(refused) =
                self.counter(Limit::UserIdsTold, account_id).count(&mut flow_tx.tx, &self.limits, flow_tx.now).await?
        {
            flow_tx.problem(None, refused.problem());
            return Ok(());
        }
        flow_tx.row.customer_id = Some(found.customer.id.clone());
        let event = match (found.account, found.address) {
            (Some((_, user_id)), _) => {
                flow_tx.row.user_id = Some(user_id);
                EnrolEvent::MatchedWithAccount
            }
            (None, Some((address, key))) => {
                flow_tx.row.user_id = Some(address);
                flow_tx.row.user_key = Some(key);
                EnrolEvent::Matched
            }
            (None, None) => EnrolEvent::MatchedWithoutEmail,
        };
        flow_tx.on(event);
        self.audit_enrolment(flow_tx, event.as_str()).await
    }

    /// Judges the chosen password and hashes it; nothing when it breaks a rule, or the step is another.
    async fn hash_chosen(&self, visitor: &Visitor, form: &Form) -> Result<Option<String>, UseCaseError> {
        let now = self.clock.now();
        let mut tx = self.store.begin_read().await?;
        let Some(row) = self.flow_row(&mut tx, visitor, Flow::Enrol, now).await?.filter(|row| row.step == "password")
        else {
            return Ok(None);
        };
        let about = self.enrolment_about(&mut tx, &row).await?;
        drop(tx);
        let password = form.field(Field::NewPassword);
        if self.judge_password(password, &about).is_some() {
            return Ok(None);
        }
        Ok(Some(self.passwords.hash(password.to_owned(), &*self.rng).await?))
    }

    async fn enrol_password(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        form: &Form,
        hash: Option<String>,
    ) -> Result<(), UseCaseError> {
        let about = self.enrolment_about(&mut flow_tx.tx, &flow_tx.row).await?;
        if let Some(problem) = self.judge_password(form.field(Field::NewPassword), &about) {
            flow_tx.problem(Some(Field::NewPassword), problem);
            return Ok(());
        }
        let (Some(hash), Some(customer)) = (hash, self.customer_of(flow_tx).await?) else {
            flow_tx.flash.notice = Some(Notice::Stale);
            return Ok(());
        };
        // What was true at the identity check may have changed since: who is enrolled, and where mail goes.
        let found = self.identity_match(&mut flow_tx.tx, customer).await?;
        let Some((address, key)) = found.address.clone().filter(|_| found.account.is_none()) else {
            return self.enrol_identified(flow_tx, found).await;
        };
        flow_tx.row.user_id = Some(address);
        flow_tx.row.user_key = Some(key);
        if self.mail_enrolment(flow_tx, visitor, &found.customer, hash).await? {
            flow_tx.on(EnrolEvent::PasswordChosen);
            self.audit_enrolment(flow_tx, "password-chosen").await?;
        }
        Ok(())
    }

    async fn customer_of(&self, flow_tx: &mut FlowTransaction) -> Result<Option<CustomerRow>, UseCaseError> {
        match &flow_tx.row.customer_id {
            Some(id) => flow_tx.tx.customer(id).await.map_err(UseCaseError::from),
            None => Ok(None),
        }
    }

    /// On to sign-in, with the user ID filled in and steps 4 to 6 of the indicator.
    async fn enrol_proceed(&self, mut flow_tx: FlowTransaction, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let again = !flow_tx.on(EnrolEvent::Proceeded);
        let user_id = flow_tx.row.user_id.clone();
        self.lead_to_sign_in(&mut flow_tx, visitor, user_id, true, again).await?;
        let mut page = self.show_enrolment(flow_tx, visitor).await?;
        page.redirect_to = Some(Flow::SignIn.address().to_owned());
        Ok(page)
    }

    async fn audit_enrolment(&self, flow_tx: &mut FlowTransaction, detail: &str) -> Result<(), UseCaseError> {
        flow_tx
            .tx
            .audit(&self.rng.id(), &entry(&flow_tx.row, AuditEvent::EnrolmentStep, detail), flow_tx.now)
            .await
            .map_err(UseCaseError::from)
    }

    /// Ends the flow_tx and shows the step.
    async fn show_enrolment(&self, flow_tx: FlowTransaction, visitor: &Visitor) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.finish(flow_tx, visitor, Flow::Enrol).await?;
        self.enrolment_page(&row, now).await
    }

    /// The present step after a post that did not belong to it.
    async fn stale_enrolment(
        &self,
        flow_tx: FlowTransaction,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Page, UseCaseError> {
        let now = flow_tx.now;
        let row = self.stale(flow_tx, visitor, Flow::Enrol, form).await?;
        self.enrolment_page(&row, now).await
    }

    async fn enrolment_page(&self, row: &FlowRow, now: i64) -> Result<Page, UseCaseError> {
        let mut tx = self.store.begin_read().await?;
        let screen = self.enrolment_screen(&mut tx, Some(row), now).await?;
        Ok(self.page(Flow::Enrol, Some(row), screen, now))
    }

    async fn enrolment_screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else { return Ok(Screen::Identity) };
        let user_id = row.user_id.clone().unwrap_or_default();
        Ok(match EnrolStep::parse(&row.step).unwrap_or(EnrolStep::Identity) {
            EnrolStep::Identity => Screen::Identity,
            EnrolStep::AlreadyRegistered => {
                Screen::AlreadyRegistered { user_id: self.shown_user_id(&user_id), masked: self.settings.mask_user_id }
            }
            EnrolStep::NoEmail => Screen::NoEmail,
            EnrolStep::Password => Screen::ChoosePassword(self.enrolment_about(tx, row).await?),
            EnrolStep::Mail => self.mail_screen(tx, row, user_id).await?,
            EnrolStep::Created => Screen::Created { user_id },
            EnrolStep::Done => Screen::Ended(EndReason::Done),
            EnrolStep::Abandoned => Screen::Ended(EndReason::Abandoned),
            EnrolStep::Expired => match row.sent_at.map(|sent| sent + self.limits.link_life_ms) {
                Some(until) if until > now => Screen::Ended(EndReason::IdleLinkLives(until)),
                _ => Screen::Ended(EndReason::Idle),
            },
            EnrolStep::Superseded => Screen::Ended(EndReason::Superseded),
            EnrolStep::RegistrationChanged => Screen::Ended(EndReason::RegistrationChanged),
            EnrolStep::Disowned => Screen::Ended(EndReason::Disowned),
            EnrolStep::LinkExpired => Screen::Ended(EndReason::LinkExpired),
        })
    }
}

/// Whether this customer's enrolment waits for its person.
fn is_under_way(row: &FlowRow, customer: &CustomerId) -> bool {
    let step = EnrolStep::parse(&row.step);
    row.customer_id.as_ref() == Some(customer)
        && matches!(step, Some(EnrolStep::Password | EnrolStep::Mail | EnrolStep::Created))
}
