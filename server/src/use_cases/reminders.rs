//! Renewal reminders: who gets which, each once, and who wants none (spec section 14). State, mail and audit line are one
//! transaction, in which one statement decides whether this node is the one that writes.

use super::UseCaseError;
use super::context::Context;
use super::mails::Envelope;
use crate::mail::{MailContent, OutboxItem, ReminderWriter};
use crate::store::{
    AccountRow, Actor, AuditEntry, AuditEvent, ContractToRemind, CustomerId, MailKind, NewReminder, Reference,
    StoreError, Stored, Tx,
};
use app::fault::Fault;
use app::port::{Account, Visitor};
use app::wire::Form;
use async_trait::async_trait;
use rules::calendar::{DAY_MS, beginning_of, day_in_japan, days_of, hour_in_japan, iso_day};
use rules::renewal::{REMINDER_DAYS, REMINDER_HOURS, ReminderChoice, reminder_days, reminder_due};

/// Contracts that are read at once.
const PAGE: i64 = 200;
/// For how long a reminder that could not be sent is tried, in milliseconds: three days, so that no two come at once.
const TRIED_MS: i64 = 3 * DAY_MS;

/// Writes the reminders that are due, for the outbox worker.
pub struct DueReminders {
    context: Context,
}

impl DueReminders {
    pub(super) const fn new(context: Context) -> Self {
        Self { context }
    }
}

#[async_trait]
impl ReminderWriter for DueReminders {
    async fn write_due(&self) -> Result<u64, StoreError> {
        self.context.reminders().write_due().await
    }
}

/// Who is reminded of what.
pub(super) struct Reminders<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn reminders(&self) -> Reminders<'_> {
        Reminders { context: self }
    }
}

impl Reminders<'_> {
    /// Writes the reminders that are due, each in a transaction of its own. Returns how many there were.
    async fn write_due(&self) -> Stored<u64> {
        let now = self.context.clock.now();
        let mut written = 0;
        if !REMINDER_HOURS.contains(&hour_in_japan(now)) {
            return Ok(written);
        }
        for reminder in REMINDER_DAYS {
            let days = reminder_days(reminder);
            let (first, last) = (iso_day(day_in_japan(now) + days.start()), iso_day(day_in_japan(now) + days.end()));
            let mut page: Vec<ContractToRemind> = Vec::new();
            loop {
                let after = page.last().map_or(("", ""), |last| (last.ends_on.as_str(), last.contract_id.as_str()));
                page = self
                    .context
                    .store
                    .begin_read()
                    .await?
                    .contracts_to_remind(reminder, (&first, &last), after, PAGE)
                    .await?;
                for contract in &page {
                    written += u64::from(self.remind(contract).await?);
                }
                if page.is_empty() {
                    break;
                }
            }
        }
        Ok(written)
    }

    /// Writes the reminder that is due for a contract. Returns whether there was one to write.
    async fn remind(&self, found: &ContractToRemind) -> Stored<bool> {
        let now = self.context.clock.now();
        let Some(last_day) = days_of(&found.ends_on) else { return Ok(false) };
        let Some(days) = reminder_due(last_day - day_in_japan(now)) else { return Ok(false) };
        let reference = self.context.rng.reference();
        let mut tx = self.context.store.begin().await?;
        // Whoever renews holds the customer too: either the renewal is seen here, or it sees this reminder.
        tx.lock_customer(&found.customer_id).await?;
        if !tx.add_reminder(NewReminder { contract: found, days, reference: &reference, at: now }).await? {
            return Ok(false);
        }
        let account = tx.account_of(&found.customer_id).await?;
        let contracts = tx.contracts_of(&found.customer_id).await?;
        let contract = contracts.into_iter().find(|contract| contract.id == found.contract_id);
        let (Some(account), Some(contract)) = (account, contract) else { return Ok(false) };
        let content = MailContent::RenewalReminder {
            vehicle: contract.vehicle,
            ends_on: contract.ends_on,
            useless_at: beginning_of(last_day + 1).min(now + TRIED_MS),
        };
        let envelope = Envelope { recipient: &account.user_id, reference: &reference, pause_ms: 0 };
        self.context.write_item(&mut tx, &OutboxItem::Mail(content), &envelope, now).await?;
        let entry = AuditEntry {
            event: AuditEvent::RenewalReminded,
            actor: Actor::Server,
            customer_id: Some(&account.customer_id),
            account_id: Some(&account.id),
            reference: &reference,
            detail: &format!("{} ends on {}, {days} days", found.contract_id, found.ends_on),
        };
        tx.audit(&self.context.rng.id(), &entry, now).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps whether somebody is reminded. Of reminders that wait to be sent none goes to who wants none.
    pub(super) async fn choose(&self, visitor: &Visitor, form: &Form) -> Result<(), UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let choice = ReminderChoice::parse(form.get(Account::REMINDERS)).ok_or(Fault::BadRequest)?;
        let AccountRow { id, customer_id, .. } = &found.account;
        let mut tx = self.context.store.begin().await?;
        tx.lock_customer(customer_id).await?;
        let changed = match choice {
            ReminderChoice::On => tx.allow_reminders(id).await?,
            ReminderChoice::Off => {
                drop_reminders(&mut tx, customer_id, None, now).await?;
                tx.stop_reminders(id, now).await?
            }
        };
        if changed {
            let reference = self.context.rng.reference();
            self.context
                .sessions()
                .audit(&mut tx, AuditEvent::RemindersChosen, &found.account, &reference, choice.as_str(), now)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}

/// Drops the reminders of a customer that wait to be sent; of one contract, if it is named.
pub(super) async fn drop_reminders(
    tx: &mut Tx,
    customer_id: &CustomerId,
    contract_id: Option<&str>,
    now: i64,
) -> Stored<()> {
    let references: Vec<Reference> = tx.reminders_of(customer_id, contract_id).await?;
    for reference in references {
        tx.drop_mails(&reference, MailKind::RenewalReminder, now).await?;
    }
    Ok(())
}
