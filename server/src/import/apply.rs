//! Applies what an import changes, in short transactions. It can be interrupted at any moment and goes on where it stopped.

use super::pace::Pace;
use super::report::{BadRow, ImportError, Report, RowFault};
use super::{Importer, stage};
use crate::store::{
    Actor, AddressChange, Applied, AppliedNumbers, AuditEntry, AuditEvent, Batch, FileColumn, ImportId, ImportMove,
    ImportRow, ImportState, Reference, Staging, StoreError, Tx,
};
use crate::use_cases::registered_address;
use crate::use_cases::requests::RequestDesk;
use rules::user_id::UserId;

/// How often a user ID is tried that the database refuses because another account has it.
const TRIES: u32 = 3;

/// Whether it is still to be found out if an address is another account's user ID.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Needed,
    Taken,
}

impl Importer<'_> {
    /// Applies the rest of an import that is being applied, and ends it.
    pub(super) async fn apply(&self, staging: &mut Staging, import: &ImportRow) -> Result<Report, ImportError> {
        let ImportRow { id, changes, .. } = import;
        let (mut last, mut applied) = (import.applied_line, import.applied);
        self.tell(applied, *changes);
        let kept = self.apply_address_changes(staging, import).await?;
        let mut pace = Pace::of(self.store);
        loop {
            pace.begin();
            match staging.apply_batch(id, Batch { after: last, most: pace.rows }, self.clock.now()).await? {
                Applied::Rows { last: line, count } => (last, applied) = (line, applied + count),
                Applied::All => break,
                Applied::ByOthers => return Err(ImportError::Overtaken),
            }
            self.tell(applied, *changes);
            pace.committed(staging).await?;
        }
        let mut last = String::new();
        loop {
            pace.begin();
            match staging.apply_numbers(id, &last, pace.rows, self.clock.now()).await? {
                AppliedNumbers::Upto(number) => last = number,
                AppliedNumbers::All => break,
                AppliedNumbers::ByOthers => return Err(ImportError::Overtaken),
            }
            pace.committed(staging).await?;
        }
        let mut requests_done = 0;
        if let Some(keys) = self.keys {
            let desk = RequestDesk { keys, rng: self.rng, actor: Actor::Server };
            requests_done = desk.complete_imported(self.store, self.clock.now()).await?;
        }
        let import = self.end(import).await?;
        Ok(Report { requests_done, kept, ..Report::of(&import) })
    }

    fn tell(&self, applied: i64, changes: i64) {
        let number = |n: i64| u64::try_from(n).unwrap_or_default();
        self.progress.apply(number(applied), number(changes));
    }

    /// The end and its audit line are one transaction.
    async fn end(&self, import: &ImportRow) -> Result<ImportRow, ImportError> {
        let now = self.clock.now();
        let ImportRow { id, contracts, customers, changes, actor, .. } = import;
        let detail = format!("{contracts} contracts of {customers} customers, {changes} rows changed");
        let actor = if actor.is_empty() { Actor::Server } else { Actor::Staff(actor) };
        let no_reference = Reference::default();
        let entry =
            AuditEntry { detail: &detail, ..AuditEntry::new(AuditEvent::ContractsImported, actor, &no_reference) };
        let mut tx = self.store.begin().await?;
        if !tx.move_import(ImportMove { id, from: ImportState::Applying, to: ImportState::Done }, now).await? {
            return Err(ImportError::Overtaken);
        }
        tx.audit(&self.rng.id(), &entry, now).await?;
        let ended = tx.import().await?;
        tx.commit().await?;
        Ok(ended.unwrap_or_else(|| import.clone()))
    }

    /// Customers whose registered address becomes another: what hangs on the old mailbox ends, each in a transaction of its own.
    /// Returns the rows whose account keeps its user ID.
    async fn apply_address_changes(
        &self,
        staging: &mut Staging,
        import: &ImportRow,
    ) -> Result<Vec<BadRow>, ImportError> {
        let (mut last, mut kept) = (import.address_line, Vec::new());
        while let Some(change) = staging.next_address_change(last).await? {
            last = change.line;
            if !self.apply_address_change(&import.id, &change).await? && kept.len() < Report::LISTED {
                let fault = RowFault::new(FileColumn::Email, stage::ADDRESS_TAKEN);
                kept.push(BadRow { line: u64::try_from(last).unwrap_or_default(), faults: vec![fault] });
            }
        }
        Ok(kept)
    }

    /// Returns false where the account keeps its user ID.
    async fn apply_address_change(&self, id: &ImportId, change: &AddressChange) -> Result<bool, ImportError> {
        let mut refused = 0;
        loop {
            let mut tx = self.store.begin().await?;
            if !tx.begin_address_change(id, change.line, self.clock.now()).await? {
                return if self.pending().await?.is_some_and(|pending| pending.id == *id) {
                    Ok(true)
                } else {
                    Err(ImportError::Overtaken)
                };
            }
            // Somebody who gets the address as their user ID between the look and the change is seen by the next try. What is refused
            // again and again is taken in a way that no look shows.
            let look = if refused < TRIES { Look::Needed } else { Look::Taken };
            match self.try_address_change(&mut tx, id, change, look).await {
                Ok(follows) => {
                    tx.commit().await?;
                    return Ok(follows);
                }
                Err(found) if found.is_duplicate() && refused < TRIES => refused += 1,
                Err(found) => return Err(found.into()),
            }
        }
    }

    async fn try_address_change(
        &self,
        tx: &mut Tx,
        id: &ImportId,
        change: &AddressChange,
        look: Look,
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let customer = &change.customer;
        tx.lock_customer(&customer.id).await?;
        let known = tx.customer(&customer.id).await?.and_then(|known| known.email_key);
        let account = tx.account_of(&customer.id).await?;
        tx.put_customer(customer, &change.phones(), now).await?;
        let before = account.as_ref().map(|account| account.user_key.clone()).or(known);
        let address = customer.email.as_deref().and_then(|email| UserId::parse(email).ok());
        let mut follows = true;
        if let Some(address) = address.filter(|address| before.is_some_and(|before| before != address.key())) {
            // The check has refused addresses of others. This one was taken since.
            follows = account.is_none()
                || !(look == Look::Taken || registered_address::is_taken(tx, &customer.id, &address).await?);
            if follows {
                registered_address::apply_email_change(tx, &customer.id, account.as_ref(), &address, now).await?;
            }
            if account.is_some() {
                tx.count_user_id_of_import(id, follows).await?;
            }
        }
        Ok(follows)
    }
}
