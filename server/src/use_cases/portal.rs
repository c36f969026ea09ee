//! What the portal shows: only what belongs to the person who is signed in.

use super::UseCaseError;
use super::context::Context;
use super::requests::{can_change, offer, shown};
use crate::store::{AuditEvent, ContractRow, CustomerId, Tx};
use app::fault::Fault;
use app::port::{
    Account, Contract, ContractId, Portal, Procedure, ProcedureScreen, PublicSessionId, Request, RequestReference,
    Session, SignInAttempt, Visitor,
};
use rules::ContractStatus;
use rules::calendar::{day_in_japan, days_of};
use rules::renewal::ReminderChoice;

/// Lines of the sign-in history, of either outcome: a stranger's failures never push the owner's sign-ins out.
const HISTORY: i64 = 10;

/// The portal's pages.
pub(super) struct PortalPages<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn portal_pages(&self) -> PortalPages<'_> {
        PortalPages { context: self }
    }
}

impl PortalPages<'_> {
    pub(super) async fn home(&self, visitor: &Visitor) -> Result<Portal, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin_read().await?;
        let customer = tx.customer(&found.account.customer_id).await?.ok_or(Fault::Internal)?;
        let contracts = self.contracts_with_requests(&mut tx, &customer.id, now).await?;
        let history = tx.audit_of(&found.account.id, AuditEvent::SignedIn, 2).await?;
        Ok(Portal {
            kana: customer.kana,
            last_sign_in: history.get(1).map(|before| before.at),
            contracts: in_order(contracts),
        })
    }

    pub(super) async fn contract(&self, visitor: &Visitor, id: &ContractId) -> Result<Contract, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin_read().await?;
        let contracts = self.contracts_with_requests(&mut tx, &found.account.customer_id, now).await?;
        contracts.into_iter().find(|contract| contract.id == *id).ok_or_else(|| Fault::NotFound.into())
    }

    /// The page of one request, open or at its end.
    pub(super) async fn request(
        &self,
        visitor: &Visitor,
        reference: &RequestReference,
    ) -> Result<Procedure, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin_read().await?;
        let contracts = self.contracts_with_requests(&mut tx, &found.account.customer_id, now).await?;
        let its = |contract: Contract| {
            let request = contract.requests.iter().find(|request| request.reference == *reference)?.clone();
            Some((contract, request))
        };
        let (contract, request) = contracts.into_iter().find_map(its).ok_or(Fault::NotFound)?;
        Ok(Procedure {
            kind: request.kind,
            contract,
            screen: ProcedureScreen::Receipt(request),
            reference: None,
            notice: None,
            problems: Vec::new(),
        })
    }

    /// Returns the contracts of a customer, each with what was requested for it.
    async fn contracts_with_requests(
        &self,
        tx: &mut Tx,
        customer: &CustomerId,
        now: i64,
    ) -> Result<Vec<Contract>, UseCaseError> {
        let rows = tx.contracts_of(customer).await?;
        let mut requests = Vec::new();
        for row in tx.requests_of(customer).await? {
            requests.push(shown(tx, &self.context.keys, row).await?);
        }
        let of = |id: &str| requests.iter().filter(|request| request.contract_id.0 == id).cloned().collect();
        Ok(rows
            .into_iter()
            .map(|row| {
                let requests = of(&row.id);
                contract(row, requests, now)
            })
            .collect())
    }

    pub(super) async fn account(&self, visitor: &Visitor) -> Result<Account, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin_read().await?;
        let sessions = self.context.sessions().open_of(&mut tx, &found.account.id, now).await?;
        let mut history = tx.audit_of(&found.account.id, AuditEvent::SignedIn, HISTORY).await?;
        history.extend(tx.audit_of(&found.account.id, AuditEvent::SignInFailed, HISTORY).await?);
        history.sort_by_key(|row| std::cmp::Reverse(row.at));
        let reminders = match tx.wants_reminders(&found.account.id).await? {
            true => ReminderChoice::On,
            false => ReminderChoice::Off,
        };
        Ok(Account {
            reminders,
            user_id: found.account.user_id,
            sessions: sessions
                .into_iter()
                .map(|row| Session {
                    current: row.id == found.session.id,
                    public_id: PublicSessionId(row.public_id),
                    device: row.device,
                    created_at: row.created_at,
                    seen_at: row.seen_at,
                })
                .collect(),
            history: history
                .into_iter()
                .map(|row| SignInAttempt {
                    at: row.at,
                    device: row.detail,
                    succeeded: row.event == AuditEvent::SignedIn.as_str(),
                })
                .collect(),
        })
    }
}

/// What ends next comes first; after what is in force come quotes, then what has ended.
fn in_order(mut contracts: Vec<Contract>) -> Vec<Contract> {
    contracts.sort_by_key(|contract| {
        let rank = match contract.status {
            ContractStatus::Active | ContractStatus::Renewal => 0,
            ContractStatus::Quote => 1,
            ContractStatus::Ended => 2,
        };
        (rank, if rank < 2 { contract.days_left } else { -contract.days_left })
    });
    contracts
}

pub(super) fn contract(row: ContractRow, requests: Vec<Request>, now: i64) -> Contract {
    Contract {
        offer: offer(&row, now),
        can_change: can_change(&row, now),
        requests,
        days_left: days_of(&row.ends_on).map_or(0, |ends| ends - day_in_japan(now)),
        id: ContractId(row.id),
        policy_number: row.policy_number,
        renewal_number: row.renewal_number,
        quote_number: row.quote_number,
        product: row.product,
        status: row.status,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        vehicle: row.vehicle,
        plate: row.plate,
        displacement_cc: row.displacement_cc,
        first_registered: row.first_registered,
        usage: row.usage,
        rider_scope: row.rider_scope,
        grade: row.grade,
        bodily_injury: row.bodily_injury,
        property_damage: row.property_damage,
        personal_injury: row.personal_injury,
        vehicle_cover: row.vehicle_cover,
        roadside: row.roadside,
        premium_yen: row.premium_yen,
        payment: row.payment,
    }
}
