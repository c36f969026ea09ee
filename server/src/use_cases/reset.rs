//! Flow C up to the mail: the same answer, in the same time, whether or not the user ID exists. Who it is, is found out
//! by the outbox worker; what the link does is in `link.rs`.

use super::UseCaseError;
use super::context::Context;
use super::flow::{FlowHandler, FlowTransaction, Outcome, Post, entry, is_idle, step_of};
use super::mails::Envelope;
use crate::mail::{MailContent, OutboxItem, ResetRequest, ResetResolver};
use crate::store::{
    AccountId, AccountRow, Actor, AuditEntry, AuditEvent, CustomerId, CustomerRow, FlowRow, LinkRow, Reference,
    StoreError, TokenHash, Tx,
};
use app::port::{SetCookie, Visitor};
use app::wire::{Action, EndReason, Field, Notice, Problem, Screen};
use async_trait::async_trait;
use rules::flow::{LinkKind, ResetEvent, ResetStep};
use rules::limits::{Limit, Limits, resend_wait_ms};
use rules::user_id::UserId;

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
    type Prepared = ();

    fn timed_out(limits: &Limits, row: &FlowRow, _step: ResetStep, now: i64) -> Option<ResetEvent> {
        is_idle(limits, row, now).then_some(ResetEvent::IdleTooLong)
    }

    async fn prepare(&self, _post: &Post<'_, ResetStep>, _cookies: &mut Vec<SetCookie>) -> Result<(), UseCaseError> {
        Ok(())
    }

    async fn submit(
        &self,
        flow_tx: &mut FlowTransaction,
        post: &Post<'_, ResetStep>,
        (): (),
    ) -> Result<Outcome, UseCaseError> {
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
            _ => return Ok(Outcome::Stale),
        }
        Ok(Outcome::Shown)
    }

    async fn screen(&self, _tx: &mut Tx, row: Option<&FlowRow>, now: i64) -> Result<Screen, UseCaseError> {
        let Some(row) = row else { return Ok(Screen::ResetUserId) };
        let sent_at = row.sent_at.unwrap_or(row.stepped_at);
        Ok(match step_of(row) {
            ResetStep::UserId => Screen::ResetUserId,
            ResetStep::Sent => Screen::ResetSent {
                user_id: row.user_id.clone().unwrap_or_default(),
                sent_at,
                resend_at: Some(sent_at + self.context.limits.resend_gap_ms),
            },
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
    async fn ask(&self, flow_tx: &mut FlowTransaction, post: &Post<'_, ResetStep>) -> Result<(), UseCaseError> {
        flow_tx.keep(post.form, &[Field::UserId]);
        match UserId::parse(post.form.field(Field::UserId)) {
            Ok(user_id) => {
                flow_tx.flash.old_input.clear();
                flow_tx.row.user_id = Some(user_id.as_str().to_owned());
                self.write_request(flow_tx, post.visitor).await?;
                flow_tx.on(ResetEvent::Requested);
            }
            Err(fault) => flow_tx.problem(Some(Field::UserId), super::sign_in::user_id_problem(&fault)),
        }
        Ok(())
    }

    async fn resend(&self, flow_tx: &mut FlowTransaction, visitor: &Visitor) -> Result<(), UseCaseError> {
        let wait = resend_wait_ms(flow_tx.row.sent_at.unwrap_or(0), flow_tx.now, &self.context.limits);
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
            user_id: flow_tx.row.user_id.clone().unwrap_or_default(),
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

/// What a request comes to. The words are those of the audit log.
enum Found {
    /// A link is mailed.
    Account(AccountRow),
    /// A contract, and no account yet: a mail says so.
    NotEnrolled(CustomerRow),
    /// Nobody is written to.
    Nobody,
    /// The owner has signed in or chosen a password since: it is not needed any more.
    NotNeeded(AccountRow),
}

impl Found {
    const fn event(&self) -> AuditEvent {
        match self {
            Self::Account(_) => AuditEvent::ResetRequested,
            Self::NotEnrolled(_) | Self::Nobody | Self::NotNeeded(_) => AuditEvent::ResetNotSent,
        }
    }

    const fn detail(&self) -> &'static str {
        match self {
            Self::Account(_) => "",
            Self::NotEnrolled(_) => "not-enrolled",
            Self::Nobody => "no-account",
            Self::NotNeeded(_) => "not-needed",
        }
    }

    /// Customer and account that it is about.
    fn about(&self) -> (Option<&CustomerId>, Option<&AccountId>) {
        match self {
            Self::Account(account) | Self::NotNeeded(account) => (Some(&account.customer_id), Some(&account.id)),
            Self::NotEnrolled(customer) => (Some(&customer.id), None),
            Self::Nobody => (None, None),
        }
    }
}

/// Answers the reset requests that wait in the outbox.
#[derive(Clone)]
pub struct ResetRequests {
    context: Context,
}

impl ResetRequests {
    pub(super) const fn new(context: Context) -> Self {
        Self { context }
    }

    /// Finds out what a request comes to. Everything is read for every user ID.
    async fn find(&self, tx: &mut Tx, user_key: &str, asked_at: i64, now: i64) -> Result<Found, StoreError> {
        let account = tx.account_by_key(user_key).await?;
        let customer = tx.customer_without_account(user_key).await?;
        let account_id = account.as_ref().map(|account| account.id.clone()).unwrap_or_default();
        let signed_in = tx.audit_of(&account_id, AuditEvent::SignedIn, 1).await?;
        // What bears a time that is still to come was written by a clock that was ahead, and says nothing about the order.
        let since = |at: i64| at > asked_at && at <= now;
        Ok(match (account, customer) {
            (Some(account), _)
                if since(account.password_at) || signed_in.first().is_some_and(|line| since(line.at)) =>
            {
                Found::NotNeeded(account)
            }
            (Some(account), _) => Found::Account(account),
            (None, Some(customer)) => Found::NotEnrolled(customer),
            (None, None) => Found::Nobody,
        })
    }
}

#[async_trait]
impl ResetResolver for ResetRequests {
    /// Whoever it is, the same statements change the same number of rows: a link, a mail and an audit line are written, and the
    /// link before is revoked. Without an account the link belongs to nobody, its token is thrown away, and no mail goes out.
    async fn resolve(&self, tx: &mut Tx, asked: ResetRequest, reference: &Reference) -> Result<(), StoreError> {
        let Ok(user_id) = UserId::parse(&asked.user_id) else { return Ok(()) };
        let now = self.context.clock.now();
        let asked = ResetRequest { at: asked.at.min(now), ..asked };
        // By the user ID alone, whether or not it exists.
        let counter = self.context.counter(Limit::ResetMails, &user_id.key());
        if counter.count(tx, &self.context.limits, now).await?.is_err() {
            return Ok(());
        }
        let found = self.find(tx, &user_id.key(), asked.at, now).await?;
        let (token, nobody) = (self.context.rng.token(), self.context.keys.pseudonym(&user_id.key()));
        let mut link = LinkRow {
            id: self.context.rng.id().into(),
            token_hash: TokenHash::of_token(&token),
            kind: LinkKind::Reset,
            reference: reference.clone(),
            customer_id: Some(CustomerId::from(nobody.as_str())),
            account_id: None,
            user_id: nobody.clone(),
            user_key: nobody.clone(),
            flow_id: asked.flow_id,
            device: asked.device.clone(),
            password_hash: None,
            created_at: asked.at,
            expires_at: asked.at + self.context.limits.link_life_ms,
            used_at: None,
            revoked_at: None,
            revocation: None,
            used_by: None,
        };
        if let Found::Account(account) = &found {
            link.customer_id = Some(account.customer_id.clone());
            link.account_id = Some(account.id.clone());
            link.user_id.clone_from(&account.user_id);
            link.user_key.clone_from(&account.user_key);
        }
        tx.revoke_links_of(&link.customer_id.clone().unwrap_or_default(), LinkKind::Reset, now).await?;
        tx.add_link(&link).await?;
        let reset =
            MailContent::ResetPassword { token, asked_at: asked.at, expires_at: link.expires_at, device: asked.device };
        let (item, recipient) = match &found {
            Found::Account(account) => (OutboxItem::Mail(reset), account.user_id.as_str()),
            Found::NotEnrolled(CustomerRow { email: Some(address), .. }) => {
                (OutboxItem::Mail(MailContent::NotEnrolled { asked_at: asked.at }), address.as_str())
            }
            Found::NotEnrolled(_) | Found::Nobody | Found::NotNeeded(_) => (OutboxItem::NoMail(reset), ""),
        };
        self.context.write_item(tx, &item, &Envelope { recipient, reference, pause_ms: 0 }, now).await?;
        let (customer_id, account_id) = found.about();
        let (event, detail) = (found.event(), found.detail());
        let entry = AuditEntry { event, actor: Actor::Customer, customer_id, account_id, reference, detail };
        tx.audit(&self.context.rng.id(), &entry, now).await
    }
}
