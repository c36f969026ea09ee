//! Flow A: identity → password → mail → created. The account itself comes into being on the link's page (`link.rs`).

mod mail;
mod state;

pub(super) use self::state::EnrolState;
use super::UseCaseError;
use super::context::Context;
use super::flow::{FlowHandler, FlowOutcome, FlowPost, FlowTransaction, entry, is_idle, step_of};
use super::identity::IdentityMatch;
use super::sign_in::SignInFor;
use crate::store::{AuditEvent, CustomerId, CustomerRow, FlowRow, Tx};
use app::form_checks;
use app::port::{SetCookie, Visitor};
use app::wire::{Action, Field, Flow, Notice, PasswordAbout, Screen};
use async_trait::async_trait;
use rules::flow::{EnrolEvent, EnrolStep, LinkKind};
use rules::limits::Limits;

/// Flow A.
pub(super) struct Enrolment<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn enrolment(&self) -> Enrolment<'_> {
        Enrolment { context: self }
    }
}

#[async_trait]
impl FlowHandler for Enrolment<'_> {
    type Step = EnrolStep;
    type Event = EnrolEvent;
    const RESTARTED: EnrolEvent = EnrolEvent::Restarted;
    const ABANDONED: EnrolEvent = EnrolEvent::Abandoned;
    const FIRST_STEP_PROVES: bool = true;
    /// The hash of the chosen password.
    type Prepared = Option<String>;

    fn timed_out(limits: &Limits, row: &FlowRow, step: EnrolStep, now: i64) -> Option<EnrolEvent> {
        let link_is_over = row.sent_at.is_some_and(|sent| sent + limits.link_life_ms <= now);
        match step {
            EnrolStep::Mail if link_is_over => Some(EnrolEvent::LinkTimedOut),
            _ => is_idle(limits, row, now).then_some(EnrolEvent::IdleTooLong),
        }
    }

    async fn prepare(
        &self,
        post: &FlowPost<'_, EnrolStep>,
        _cookies: &mut Vec<SetCookie>,
    ) -> Result<Option<String>, UseCaseError> {
        match post.submits(EnrolStep::Password) {
            true => self.hash_chosen(post).await,
            false => Ok(None),
        }
    }

    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, EnrolStep>,
        hash: Option<String>,
    ) -> Result<FlowOutcome, UseCaseError> {
        // The answer that led on to sign-in did not arrive.
        if post.submits(EnrolStep::Created) && self.context.flows().ended_lately(flow_tx, EnrolStep::Done) {
            return self.proceed(flow_tx, post.visitor).await;
        }
        let Some(step) = post.step.filter(|step| *step == flow_tx.step()) else { return Ok(FlowOutcome::Stale) };
        match (step, post.action) {
            (EnrolStep::Identity, Some(Action::Submit)) => {
                if let Some(found) = self.context.identity_check().identify(flow_tx, post.visitor, post.form).await?
                    && !self
                        .context
                        .flows()
                        .resume::<Self>(flow_tx, |row| is_under_way(row, &found.customer.id))
                        .await?
                {
                    self.context.flows().renew(flow_tx).await?;
                    self.context.identity_check().keep_phone(flow_tx, &found);
                    self.identified(flow_tx, found).await?;
                }
            }
            (EnrolStep::Password, Some(Action::Submit)) => self.take_password(flow_tx, post, hash).await?,
            (EnrolStep::Mail, Some(Action::Resend)) => self.resend(flow_tx, post.visitor).await?,
            (EnrolStep::Created, Some(Action::Submit)) => return self.proceed(flow_tx, post.visitor).await,
            _ => return Ok(FlowOutcome::Stale),
        }
        Ok(FlowOutcome::Render)
    }

    /// 中止する: a link that has been mailed stops working too.
    async fn after_step(&self, flow_tx: &mut FlowTransaction, left: EnrolStep) -> Result<(), UseCaseError> {
        if let (EnrolStep::Mail, EnrolStep::Abandoned, Some(customer)) =
            (left, flow_tx.step(), flow_tx.row.customer_id.clone())
        {
            flow_tx.tx.revoke_links_of(&customer, LinkKind::Enrolment, flow_tx.now).await?;
        }
        Ok(())
    }

    async fn screen(&self, tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else { return Ok(Screen::Identity) };
        Ok(match EnrolState::read(row, &self.context.limits, now)? {
            EnrolState::Identity => Screen::Identity,
            EnrolState::AlreadyRegistered { user_id } => Screen::AlreadyRegistered {
                user_id: self.context.shown_user_id(user_id),
                masked: self.context.account_settings.mask_user_id,
            },
            EnrolState::NoEmail => Screen::NoEmail,
            EnrolState::Password => Screen::ChoosePassword(self.enrolment_about(tx, row).await?),
            EnrolState::Mail { user_id, sent_at } => self.mail_screen(tx, row, user_id, sent_at).await?,
            EnrolState::Created { user_id } => Screen::Created { user_id: user_id.to_owned() },
            EnrolState::Ended(reason) => Screen::Ended(reason),
        })
    }
}

impl Enrolment<'_> {
    /// What the password of an enrolment is judged by: of the phones on file only the one that was typed, or else the rules would
    /// tell the others.
    async fn enrolment_about(&self, tx: &mut Tx, row: &FlowRow) -> Result<PasswordAbout, UseCaseError> {
        let mut about = self.context.password_about(tx, row.customer_id.as_ref(), row.user_id.as_deref()).await?;
        about.phones = self.context.keys.open_sealed(&row.phone).into_iter().collect();
        Ok(about)
    }

    /// Goes on from an identified customer: to the password, or to where else they belong.
    pub(super) async fn identified(
        &self,
        flow_tx: &mut FlowTransaction,
        found: IdentityMatch,
    ) -> Result<(), UseCaseError> {
        if !self.context.identity_check().may_tell_user_id(flow_tx, &found).await? {
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
        self.audit(flow_tx, event.as_str()).await
    }

    /// Judges the chosen password and hashes it; nothing when it breaks a rule, or the step is another.
    async fn hash_chosen(&self, post: &FlowPost<'_, EnrolStep>) -> Result<Option<String>, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin_read().await?;
        let found = self.context.flows().flow_row::<Enrolment>(&mut tx, post.visitor, now).await?;
        let Some(row) = found.filter(|row| step_of::<EnrolStep>(row) == EnrolStep::Password) else {
            return Ok(None);
        };
        let about = self.enrolment_about(&mut tx, &row).await?;
        drop(tx);
        let password = post.form.field(Field::NewPassword);
        if form_checks::new_password(password, &about).is_some() {
            return Ok(None);
        }
        Ok(Some(self.context.passwords.hash(password.to_owned(), &*self.context.rng).await?))
    }

    async fn take_password(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &FlowPost<'_, EnrolStep>,
        hash: Option<String>,
    ) -> Result<(), UseCaseError> {
        let about = self.enrolment_about(&mut flow_tx.tx, &flow_tx.row).await?;
        if let Some(problem) = form_checks::new_password(post.form.field(Field::NewPassword), &about) {
            flow_tx.problem(Some(Field::NewPassword), problem);
            return Ok(());
        }
        let (Some(hash), Some(customer)) = (hash, self.customer_of(flow_tx).await?) else {
            flow_tx.flash.notice = Some(Notice::Stale);
            return Ok(());
        };
        // What was true at the identity check may have changed since: who is enrolled, and where mail goes.
        let found = self.context.identity_check().identity_match(&mut flow_tx.tx, customer).await?;
        let Some((address, key)) = found.address.clone().filter(|_| found.account.is_none()) else {
            return self.identified(flow_tx, found).await;
        };
        flow_tx.row.user_id = Some(address);
        flow_tx.row.user_key = Some(key);
        if self.mail_link(flow_tx, post.visitor, &found.customer, hash).await? {
            let event = EnrolEvent::PasswordChosen;
            flow_tx.on(event);
            self.audit(flow_tx, event.as_str()).await?;
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
    async fn proceed(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<FlowOutcome, UseCaseError> {
        let again = !flow_tx.on(EnrolEvent::Proceeded);
        let user_id = flow_tx.row.user_id.clone();
        self.context.sign_in().begin_for(flow_tx, visitor, SignInFor { user_id, enrolling: true, again }).await?;
        Ok(FlowOutcome::Redirect(Flow::SignIn.address()))
    }

    async fn audit(&self, flow_tx: &mut FlowTransaction, detail: &str) -> Result<(), UseCaseError> {
        flow_tx
            .tx
            .audit(&self.context.rng.id(), &entry(&flow_tx.row, AuditEvent::EnrolmentStep, detail), flow_tx.now)
            .await
            .map_err(UseCaseError::from)
    }
}

/// Whether this customer's enrolment waits for its person.
fn is_under_way(row: &FlowRow, customer: &CustomerId) -> bool {
    row.customer_id.as_ref() == Some(customer)
        && matches!(step_of(row), EnrolStep::Password | EnrolStep::Mail | EnrolStep::Created)
}
