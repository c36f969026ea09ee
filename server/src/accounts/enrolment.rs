//! Flow A: identity → password → mail → created. The account itself comes into being on the link's page (`link.rs`).

mod mail;

use super::identity::Identified;
use super::progress::{Turn, entry};
use super::{Accounts, stored};
use crate::store::{CustomerRow, FlowRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Flow, Form, Notice, Over, Page, PasswordAbout, Screen};
use rules::flow::{EnrolEvent, EnrolStep};
use rules::limits::Limit;

const FIRST: &str = EnrolStep::Identity.as_str();

impl Accounts {
    pub(super) async fn look_enrolment(&self, visitor: &Visitor) -> Result<Page, Fault> {
        let now = self.clock.now();
        let mut tx = self.store.look().await.map_err(stored)?;
        let row = self.flow_row(&mut tx, visitor, Flow::Enrol, now).await?;
        let screen = self.enrolment_screen(&mut tx, row.as_ref(), now).await?;
        Ok(self.page(Flow::Enrol, row.as_ref(), screen, now))
    }

    pub(super) async fn act_enrolment(&self, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        // Hashing takes a while: it is done before the row is held.
        let hash =
            if (form.step(), form.act()) == ("password", "") { self.hash_chosen(visitor, form).await? } else { None };
        let mut turn = self.turn(visitor, Flow::Enrol, FIRST, form).await?;
        if !turn.takes(form) {
            return self.stale_enrolment(turn, visitor, form).await;
        }
        let known = match form.act() {
            "restart" => turn.anew || turn.on(EnrolEvent::Restarted),
            "abandon" => self.abandon_enrolment(&mut turn).await?,
            "extend" if form.step() == turn.row.step && !turn.anew => {
                turn.flash.notice = Some(Notice::Extended);
                true
            }
            _ => false,
        };
        if known {
            if form.act() == "restart" {
                self.restart(&mut turn, visitor, Flow::Enrol).await?;
            }
            return self.show_enrolment(turn, visitor).await;
        }
        // The answer that led on to sign-in did not arrive.
        if (form.step(), form.act()) == ("created", "") && self.ended_lately(&turn, EnrolStep::Done.as_str()) {
            return self.enrol_proceed(turn, visitor).await;
        }
        if form.step() != turn.row.step {
            return self.stale_enrolment(turn, visitor, form).await;
        }
        match (form.step(), form.act()) {
            ("identity", "") => {
                if let Some(found) = self.identify(&mut turn, visitor, form).await?
                    && !self.resume(&mut turn, Flow::Enrol, |row| is_under_way(row, &found.customer.id)).await?
                {
                    self.renew(&mut turn).await?;
                    self.keep_phone(&mut turn, &found);
                    self.enrol_identified(&mut turn, found).await?;
                }
            }
            ("password", "") => self.enrol_password(&mut turn, visitor, form, hash).await?,
            ("mail", "resend") => self.enrol_resend(&mut turn, visitor).await?,
            ("created", "") => return self.enrol_proceed(turn, visitor).await,
            _ => return self.stale_enrolment(turn, visitor, form).await,
        }
        self.show_enrolment(turn, visitor).await
    }

    /// 中止する: a link that has been mailed for it stops working too.
    async fn abandon_enrolment(&self, turn: &mut Turn) -> Result<bool, Fault> {
        let customer = turn.row.customer_id.clone().filter(|_| turn.row.step == EnrolStep::Mail.as_str());
        let known = turn.on(EnrolEvent::Abandoned);
        if let Some(customer) = customer {
            turn.tx.void_links_of(&customer, "enrolment", turn.now).await.map_err(stored)?;
        }
        Ok(known)
    }

    /// What the password of an enrolment is judged by: of the phones on file only the one that was typed, or else the rules would
    /// tell the others.
    async fn enrolment_about(&self, tx: &mut Tx, row: &FlowRow) -> Result<PasswordAbout, Fault> {
        let mut about = self.password_about(tx, row.customer_id.as_deref(), row.user_id.as_deref()).await?;
        about.phones = self.keys.open_sealed(&row.phone).into_iter().collect();
        Ok(about)
    }

    /// Goes on from an identified customer: to the password, or to where else they belong.
    pub(super) async fn enrol_identified(&self, turn: &mut Turn, found: Identified) -> Result<(), Fault> {
        // A user ID is not shown without an end to how often, wherever it is.
        if let Some((account_id, _)) = &found.account
            && let Err(refused) = self
                .counter(Limit::UserIdsTold, account_id)
                .count(&mut turn.tx, &self.limits, turn.now)
                .await
                .map_err(stored)?
        {
            turn.problem(None, refused.problem());
            return Ok(());
        }
        turn.row.customer_id = Some(found.customer.id.clone());
        let event = match (found.account, found.address) {
            (Some((_, user_id)), _) => {
                turn.row.user_id = Some(user_id);
                EnrolEvent::MatchedWithAccount
            }
            (None, Some((address, key))) => {
                turn.row.user_id = Some(address);
                turn.row.user_key = Some(key);
                EnrolEvent::Matched
            }
            (None, None) => EnrolEvent::MatchedWithoutEmail,
        };
        turn.on(event);
        self.audit_enrolment(turn, event.as_str()).await
    }

    /// Judges the chosen password and hashes it; nothing when it breaks a rule, or the step is another.
    async fn hash_chosen(&self, visitor: &Visitor, form: &Form) -> Result<Option<String>, Fault> {
        let now = self.clock.now();
        let mut tx = self.store.look().await.map_err(stored)?;
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
        self.passwords
            .hash(password.to_owned(), &*self.dice)
            .await
            .map(Some)
            .map_err(|found| self.password_fault(found))
    }

    async fn enrol_password(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        form: &Form,
        hash: Option<String>,
    ) -> Result<(), Fault> {
        let about = self.enrolment_about(&mut turn.tx, &turn.row).await?;
        if let Some(problem) = self.judge_password(form.field(Field::NewPassword), &about) {
            turn.problem(Some(Field::NewPassword), problem);
            return Ok(());
        }
        let (Some(hash), Some(customer)) = (hash, self.customer_of(turn).await?) else {
            turn.flash.notice = Some(Notice::Stale);
            return Ok(());
        };
        // What was true at the identity check may have changed since: who is enrolled, and where mail goes.
        let found = self.standing(&mut turn.tx, customer).await?;
        let Some((address, key)) = found.address.clone().filter(|_| found.account.is_none()) else {
            return self.enrol_identified(turn, found).await;
        };
        turn.row.user_id = Some(address);
        turn.row.user_key = Some(key);
        if self.mail_enrolment(turn, visitor, &found.customer, hash).await? {
            turn.on(EnrolEvent::PasswordChosen);
            self.audit_enrolment(turn, "password-chosen").await?;
        }
        Ok(())
    }

    async fn customer_of(&self, turn: &mut Turn) -> Result<Option<CustomerRow>, Fault> {
        match &turn.row.customer_id {
            Some(id) => turn.tx.customer(id).await.map_err(stored),
            None => Ok(None),
        }
    }

    /// On to sign-in, with the user ID filled in and steps 4 to 6 of the indicator.
    async fn enrol_proceed(&self, mut turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        let again = !turn.on(EnrolEvent::Proceeded);
        let user_id = turn.row.user_id.clone();
        self.lead_to_sign_in(&mut turn, visitor, user_id, true, again).await?;
        let mut page = self.show_enrolment(turn, visitor).await?;
        page.leave = Some(Flow::SignIn.address().to_owned());
        Ok(page)
    }

    async fn audit_enrolment(&self, turn: &mut Turn, detail: &str) -> Result<(), Fault> {
        turn.tx.audit(&self.dice.id(), &entry(&turn.row, "enrolment_step", detail), turn.now).await.map_err(stored)
    }

    /// Ends the turn and shows the step.
    async fn show_enrolment(&self, turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.finish(turn, visitor, Flow::Enrol).await?;
        self.enrolment_page(&row, now).await
    }

    /// The present step after a post that did not belong to it.
    async fn stale_enrolment(&self, turn: Turn, visitor: &Visitor, form: &Form) -> Result<Page, Fault> {
        let now = turn.now;
        let row = self.stale(turn, visitor, Flow::Enrol, form).await?;
        self.enrolment_page(&row, now).await
    }

    async fn enrolment_page(&self, row: &FlowRow, now: i64) -> Result<Page, Fault> {
        let mut tx = self.store.look().await.map_err(stored)?;
        let screen = self.enrolment_screen(&mut tx, Some(row), now).await?;
        Ok(self.page(Flow::Enrol, Some(row), screen, now))
    }

    async fn enrolment_screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, Fault> {
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
            EnrolStep::Done => Screen::Over(Over::Done),
            EnrolStep::Abandoned => Screen::Over(Over::Abandoned),
            EnrolStep::Expired => match row.sent_at.map(|sent| sent + self.limits.link_life_ms) {
                Some(until) if until > now => Screen::Over(Over::IdleLinkLives(until)),
                _ => Screen::Over(Over::Idle),
            },
            EnrolStep::Superseded => Screen::Over(Over::Superseded),
            EnrolStep::RegistrationChanged => Screen::Over(Over::RegistrationChanged),
            EnrolStep::Disowned => Screen::Over(Over::Disowned),
            EnrolStep::LinkExpired => Screen::Over(Over::LinkExpired),
        })
    }
}

/// Whether this customer's enrolment waits for its person.
fn is_under_way(row: &FlowRow, customer: &str) -> bool {
    let step = EnrolStep::parse(&row.step);
    row.customer_id.as_deref() == Some(customer)
        && matches!(step, Some(EnrolStep::Password | EnrolStep::Mail | EnrolStep::Created))
}
