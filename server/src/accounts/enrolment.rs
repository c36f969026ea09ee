//! Flow A: identity → password → mail → created. The account itself comes into being on the link's page (`link.rs`).

use super::identity::Identified;
use super::progress::{Turn, entry};
use super::{Accounts, stored};
use crate::mail::Letter;
use crate::secret::token_hash;
use crate::store::{CustomerRow, FlowRow, LinkRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Flow, Form, MailWait, Notice, Over, Page, PasswordAbout, Problem, Screen};
use rules::flow::{EnrolEvent, EnrolStep};
use rules::limits::resend_wait_ms;

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
        let mut turn = self.turn(visitor, Flow::Enrol, FIRST).await?;
        if !form.is_for(&turn.row.reference) {
            return self.show_enrolment(turn, visitor, false).await;
        }
        let known = match form.act() {
            "restart" => turn.on(EnrolEvent::Restarted),
            "abandon" => self.abandon_enrolment(&mut turn).await?,
            "extend" if form.step() == turn.row.step => {
                turn.flash.notice = Some(Notice::Extended);
                true
            }
            _ => false,
        };
        if known {
            if form.act() == "restart" {
                self.restart(&mut turn, visitor, Flow::Enrol, FIRST);
            }
            return self.show_enrolment(turn, visitor, true).await;
        }
        if form.step() != turn.row.step {
            return self.show_enrolment(turn, visitor, false).await;
        }
        match (form.step(), form.act()) {
            ("identity", "") => {
                if let Some(found) = self.identify(&mut turn, visitor, form).await? {
                    self.enrol_identified(&mut turn, found).await?;
                }
            }
            ("password", "") => self.enrol_password(&mut turn, visitor, form, hash).await?,
            ("mail", "resend") => self.enrol_resend(&mut turn, visitor).await?,
            ("created", "") => return self.enrol_proceed(turn, visitor).await,
            _ => return self.show_enrolment(turn, visitor, false).await,
        }
        self.show_enrolment(turn, visitor, true).await
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

    /// Goes on from an identified customer: to the password, or to where else they belong.
    pub(super) async fn enrol_identified(&self, turn: &mut Turn, found: Identified) -> Result<(), Fault> {
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
        let about = self.password_about(&mut tx, row.customer_id.as_deref(), row.user_id.as_deref()).await?;
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
        let about =
            self.password_about(&mut turn.tx, turn.row.customer_id.as_deref(), turn.row.user_id.as_deref()).await?;
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

    async fn enrol_resend(&self, turn: &mut Turn, visitor: &Visitor) -> Result<(), Fault> {
        let wait = resend_wait_ms(turn.row.sent_at.unwrap_or(0), turn.now, &self.limits);
        if wait > 0 {
            turn.problem(None, Problem::ResendAt(turn.now + wait));
            return Ok(());
        }
        let link = match &turn.row.link_id {
            Some(id) => turn.tx.link_by_id(id).await.map_err(stored)?,
            None => None,
        };
        let (Some(hash), Some(customer)) = (link.and_then(|link| link.password_hash), self.customer_of(turn).await?)
        else {
            // Its link was voided by something newer: this procedure leads nowhere any more.
            turn.on(EnrolEvent::Superseded);
            return Ok(());
        };
        let found = self.standing(&mut turn.tx, customer).await?;
        let same = found.address.as_ref().is_some_and(|(_, key)| Some(key) == turn.row.user_key.as_ref());
        if found.account.is_some() || !same {
            turn.tx.void_links_of(&found.customer.id, "enrolment", turn.now).await.map_err(stored)?;
            turn.on(EnrolEvent::RegistrationChanged);
            return Ok(());
        }
        if self.mail_enrolment(turn, visitor, &found.customer, hash).await? {
            turn.on(EnrolEvent::Resent);
            turn.flash.notice = Some(Notice::Resent(turn.now));
        }
        Ok(())
    }

    async fn customer_of(&self, turn: &mut Turn) -> Result<Option<CustomerRow>, Fault> {
        match &turn.row.customer_id {
            Some(id) => turn.tx.customer(id).await.map_err(stored),
            None => Ok(None),
        }
    }

    /// Makes the newest link and its mail; older ones of the same customer stop working. Says whether one may go now.
    async fn mail_enrolment(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        customer: &CustomerRow,
        password_hash: String,
    ) -> Result<bool, Fault> {
        let now = turn.now;
        let (Some(user_id), Some(user_key)) = (turn.row.user_id.clone(), turn.row.user_key.clone()) else {
            return Err(Fault::Internal);
        };
        let mut wait = self.count_mail(&mut turn.tx, "enrolment", &user_key, now).await.map_err(stored)?;
        if wait.is_none() {
            wait = self.count_mail_from(&mut turn.tx, &visitor.address, now).await.map_err(stored)?;
            if wait.is_some() {
                self.uncount_mail(&mut turn.tx, "enrolment", &user_key).await.map_err(stored)?;
            }
        }
        if let Some(at) = wait {
            turn.problem(None, Problem::MailsUntil(at));
            return Ok(false);
        }
        // Flows before links, as everywhere: two at once wait for each other instead of for ever.
        let (mail, superseded) = (EnrolStep::Mail.as_str(), EnrolStep::Superseded.as_str());
        turn.tx.move_flows_of(&customer.id, &turn.row.id, mail, superseded, now).await.map_err(stored)?;
        turn.tx.void_links_of(&customer.id, "enrolment", now).await.map_err(stored)?;
        let token = self.dice.token();
        let link = LinkRow {
            id: self.dice.id(),
            token_hash: token_hash(&token),
            kind: "enrolment".to_owned(),
            reference: turn.row.reference.clone(),
            customer_id: Some(customer.id.clone()),
            account_id: None,
            user_id: user_id.clone(),
            user_key,
            flow_id: turn.row.id.clone(),
            device: visitor.device.clone(),
            password_hash: Some(password_hash),
            created_at: now,
            expires_at: now + self.limits.link_life_ms,
            used_at: None,
            void_at: None,
            void_why: None,
        };
        turn.tx.add_link(&link).await.map_err(stored)?;
        let letter =
            Letter::ConfirmEnrolment { token, asked_at: now, expires_at: link.expires_at, device: link.device };
        let reference = turn.row.reference.clone();
        let mail_id = self.write(&mut turn.tx, &letter, &user_id, &reference, now).await?;
        turn.row.link_id = Some(link.id);
        turn.row.mail_id = Some(mail_id);
        turn.row.sends += 1;
        turn.row.sent_at = Some(now);
        Ok(true)
    }

    /// On to sign-in, with the user ID filled in and steps 4 to 6 of the indicator.
    async fn enrol_proceed(&self, mut turn: Turn, visitor: &Visitor) -> Result<Page, Fault> {
        turn.on(EnrolEvent::Proceeded);
        let (mut sign_in, token) = self.new_row(visitor, Flow::SignIn, "password", turn.now);
        sign_in.user_id.clone_from(&turn.row.user_id);
        sign_in.enrolling = true;
        turn.tx.put_flow(&sign_in).await.map_err(stored)?;
        visitor.jar.set(super::session_lifetime_cookie(super::flow_cookie(Flow::SignIn), &token));
        let mut page = self.show_enrolment(turn, visitor, true).await?;
        page.leave = Some(Flow::SignIn.address().to_owned());
        Ok(page)
    }

    async fn audit_enrolment(&self, turn: &mut Turn, detail: &str) -> Result<(), Fault> {
        turn.tx.audit(&self.dice.id(), &entry(&turn.row, "enrolment_step", detail), turn.now).await.map_err(stored)
    }

    /// Ends the turn and shows the step; `moved` is false for a post that did not belong to it.
    async fn show_enrolment(&self, turn: Turn, visitor: &Visitor, moved: bool) -> Result<Page, Fault> {
        let now = turn.now;
        let row = if moved {
            self.finish(turn, visitor, Flow::Enrol).await?
        } else {
            self.stale(turn, visitor, Flow::Enrol).await?
        };
        let mut tx = self.store.look().await.map_err(stored)?;
        let screen = self.enrolment_screen(&mut tx, Some(&row), now).await?;
        Ok(self.page(Flow::Enrol, Some(&row), screen, now))
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
            EnrolStep::Password => {
                let mut about = self.password_about(tx, row.customer_id.as_deref(), row.user_id.as_deref()).await?;
                // Of the phones on file only the one that was typed is shown to whoever typed it; the server judges by all.
                about.phones = self.keys.open_sealed(&row.phone).into_iter().collect();
                Screen::ChoosePassword(about)
            }
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

    async fn mail_screen(&self, tx: &mut Tx, row: &FlowRow, address: String) -> Result<Screen, Fault> {
        let sent_at = row.sent_at.unwrap_or(row.stepped_at);
        Ok(Screen::MailSent(MailWait {
            address,
            sent_at,
            expires_at: sent_at + self.limits.link_life_ms,
            resend_at: Some(sent_at + self.limits.resend_gap_ms),
            delivery: self.delivery(tx, row.mail_id.as_deref()).await?,
        }))
    }

    /// What a new password of this customer is judged by.
    pub(super) async fn password_about(
        &self,
        tx: &mut Tx,
        customer_id: Option<&str>,
        user_id: Option<&str>,
    ) -> Result<PasswordAbout, Fault> {
        let (kana, phones) = match customer_id {
            Some(id) => {
                let kana = tx.customer(id).await.map_err(stored)?.map(|customer| customer.kana).unwrap_or_default();
                (kana, tx.phones(id).await.map_err(stored)?)
            }
            None => (String::new(), Vec::new()),
        };
        Ok(PasswordAbout {
            profile: self.password_settings.profile,
            user_id: user_id.unwrap_or_default().to_owned(),
            kana,
            phones,
            brand: self.brand_words.to_vec(),
        })
    }

    /// What is wrong with a new password, every unmet rule at once.
    pub(super) fn judge_password(&self, password: &str, about: &PasswordAbout) -> Option<Problem> {
        if password.is_empty() {
            return Some(Problem::Empty);
        }
        let context = rules::password::PasswordContext {
            user_id: &about.user_id,
            kana: &about.kana,
            phones: &about.phones,
            brand: &about.brand,
        };
        let report = rules::password::assess(password, about.profile, &context);
        (!report.is_ok()).then(|| Problem::Rules {
            unmet: report.unmet().collect(),
            full_width: report.full_width(),
            length: u32::try_from(report.length()).unwrap_or(u32::MAX),
        })
    }
}
