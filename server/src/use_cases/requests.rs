//! Requests: made in the portal, moved on by the person or by staff. State, history, audit line and mail are one transaction.

mod imported;

use super::UseCaseError;
use super::context::Context;
use super::mails::{Envelope, add_item};
use super::reminders::drop_reminders;
use super::sealed;
use crate::mail::{MailContent, OutboxItem};
use crate::rng::Rng;
use crate::secret::Keys;
use crate::store::{
    AccountRow, Actor, AuditEntry, AuditEvent, ContractRow, Reference, RequestHistoryRow, RequestMove, RequestRow,
    StoreError, Stored, Tx,
};
use app::fault::Fault;
use app::port::{ContractId, Request, RequestDetails, RequestMoved, RequestReference, Visitor};
use rules::calendar::{day_in_japan, days_of};
use rules::{Offer, RequestEvent, RequestKind, RequestState};

/// Returns whether a contract can be renewed in the portal now.
pub(super) fn offer(contract: &ContractRow, now: i64) -> Offer {
    days_of(&contract.ends_on).map_or(Offer::None, |last| Offer::of(contract.status, last, day_in_japan(now)))
}

/// Returns whether changes of a contract can be requested now.
pub(super) fn can_change(contract: &ContractRow, now: i64) -> bool {
    contract.status.is_in_force() && days_of(&contract.ends_on).is_some_and(|last| day_in_japan(now) <= last)
}

/// What is needed of the server to move requests on.
pub(crate) struct RequestDesk<'a> {
    pub keys: &'a Keys,
    pub rng: &'a (dyn Rng + 'static),
    pub actor: Actor<'a>,
}

/// A request that is made.
pub(super) struct NewRequest<'a> {
    pub reference: &'a Reference,
    pub account: &'a AccountRow,
    pub contract: &'a ContractRow,
    pub details: &'a RequestDetails,
}

/// Returns a request as the portal shows it.
pub(super) async fn shown(tx: &mut Tx, keys: &Keys, row: RequestRow) -> Stored<Request> {
    let history = tx.request_history(&row.id).await?;
    Ok(Request {
        details: details(keys, &row),
        reference: RequestReference(row.reference.to_string()),
        kind: row.kind,
        state: row.state,
        made_at: row.created_at,
        contract_id: ContractId(row.contract_id),
        term_ends_on: row.term_ends_on,
        history: history
            .into_iter()
            .map(|line| RequestMoved { state: line.state, at: line.at, reason: keys.open_sealed(&line.reason) })
            .collect(),
    })
}

/// Returns what was asked for; nothing if its key is gone.
pub(crate) fn details(keys: &Keys, row: &RequestRow) -> Option<RequestDetails> {
    sealed::open(keys, &row.sealed)
}

impl RequestDesk<'_> {
    /// Moves a request on, and tells the person. Returns its new state, or nothing if the event does not belong to the present one.
    pub async fn move_on(
        &self,
        tx: &mut Tx,
        row: &RequestRow,
        event: RequestEvent,
        reason: Option<&str>,
        now: i64,
    ) -> Result<Option<RequestState>, StoreError> {
        let Ok(state) = row.state.on(event) else { return Ok(None) };
        if !tx.move_request(&row.id, RequestMove { from: row.state, to: state }, now).await? {
            return Ok(None);
        }
        let sealed = reason.map(|reason| self.keys.seal(self.rng, reason)).unwrap_or_default();
        self.note(tx, row, state, sealed, now).await?;
        self.audit(tx, AuditEvent::RequestMoved, row, state, now).await?;
        if let Some(account) = tx.account(&row.account_id).await? {
            let contracts = tx.contracts_of(&row.customer_id).await?;
            let vehicle = contracts.into_iter().find(|contract| contract.id == row.contract_id);
            let content = MailContent::RequestMoved {
                kind: row.kind,
                state,
                vehicle: vehicle.map(|contract| contract.vehicle).unwrap_or_default(),
                reason: reason.map(ToOwned::to_owned),
                at: now,
            };
            self.mail(tx, content, &account.user_id, &row.reference, now).await?;
        }
        Ok(Some(state))
    }

    async fn note(&self, tx: &mut Tx, row: &RequestRow, state: RequestState, reason: String, at: i64) -> Stored<()> {
        let line = RequestHistoryRow { id: self.rng.id(), request_id: row.id.clone(), at, state, reason };
        tx.add_request_history(&line).await
    }

    async fn audit(
        &self,
        tx: &mut Tx,
        event: AuditEvent,
        row: &RequestRow,
        state: RequestState,
        now: i64,
    ) -> Stored<()> {
        let detail = format!("{} {} of {}", row.kind.as_str(), state.as_str(), row.contract_id);
        let entry = AuditEntry {
            event,
            actor: self.actor,
            customer_id: Some(&row.customer_id),
            account_id: Some(&row.account_id),
            reference: &row.reference,
            detail: &detail,
        };
        tx.audit(&self.rng.id(), &entry, now).await
    }

    async fn mail(
        &self,
        tx: &mut Tx,
        content: MailContent,
        recipient: &str,
        reference: &Reference,
        now: i64,
    ) -> Stored<()> {
        let envelope = Envelope { recipient, reference, pause_ms: 0 };
        add_item(tx, self.keys, self.rng, &OutboxItem::Mail(content), &envelope, now).await?;
        Ok(())
    }
}

/// What people have asked for in the portal.
pub(super) struct Requests<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn requests(&self) -> Requests<'_> {
        Requests { context: self }
    }
}

impl Requests<'_> {
    fn request_desk(&self) -> RequestDesk<'_> {
        RequestDesk { keys: &self.context.keys, rng: &*self.context.rng, actor: Actor::Customer }
    }

    /// Makes a request, unless there is one already that stands in its way: of many at once exactly one is made.
    pub(super) async fn send(&self, tx: &mut Tx, new: NewRequest<'_>, now: i64) -> Result<(), UseCaseError> {
        let row = RequestRow {
            id: self.context.rng.id(),
            kind: new.details.kind(),
            state: RequestState::Received,
            reference: new.reference.clone(),
            contract_id: new.contract.id.clone(),
            customer_id: new.account.customer_id.clone(),
            account_id: new.account.id.clone(),
            term_ends_on: new.contract.ends_on.clone(),
            sealed: sealed::seal(&self.context.keys, &*self.context.rng, new.details)?,
            created_at: now,
            moved_at: now,
        };
        if !tx.add_request(&row).await? {
            return Ok(());
        }
        if row.kind == RequestKind::Renewal {
            drop_reminders(tx, &row.customer_id, Some(&row.contract_id), now).await?;
        }
        let desk = self.request_desk();
        desk.note(tx, &row, row.state, String::new(), now).await?;
        desk.audit(tx, AuditEvent::RequestMade, &row, row.state, now).await?;
        let content = MailContent::RequestReceived { kind: row.kind, vehicle: new.contract.vehicle.clone(), at: now };
        desk.mail(tx, content, &new.account.user_id, &row.reference, now).await?;
        Ok(())
    }

    /// Takes a request back, if staff has not begun with it. The request's page says what it came to.
    pub(super) async fn withdraw(&self, visitor: &Visitor, reference: &RequestReference) -> Result<(), UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin().await?;
        let row = tx.request_by_reference(&Reference::typed(&reference.0)).await?;
        let row = row.filter(|row| row.customer_id == found.account.customer_id).ok_or(Fault::NotFound)?;
        if self.request_desk().move_on(&mut tx, &row, RequestEvent::Withdrawn, None, now).await?.is_some() {
            tx.commit().await?;
            self.context.outbox_wakeup.notify_one();
        }
        Ok(())
    }

    /// Returns how many states the requests of the person who is signed in have come to. Does not note that they are there.
    pub(super) async fn moves(&self, visitor: &Visitor) -> Result<i64, UseCaseError> {
        let found =
            self.context.sessions().signed_in(visitor, self.context.clock.now()).await?.ok_or(Fault::SignedOut)?;
        let mut tx = self.context.store.begin_read().await?;
        Ok(tx.request_moves(&found.account.customer_id).await?)
    }
}
