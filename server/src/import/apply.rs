//! Applies what an import changes, in short transactions. It can be interrupted at any moment and goes on where it stopped.

use super::report::{BadRow, ImportError, Report, RowFault};
use super::{Importer, stage};
use crate::store::{
    Actor, AddressChange, Applied, AuditEntry, AuditEvent, Batch, FileColumn, ImportId, ImportMove, ImportRow,
    ImportState, Reference, Store, StoreError, Stored, Tx,
};
use crate::use_cases::registered_address;
use crate::use_cases::requests::RequestDesk;
use rules::user_id::UserId;
use std::time::Duration;
use tokio::time::Instant;

impl Importer<'_> {
    /// Applies the rest of an import that is being applied, and ends it.
    pub(super) async fn apply(&self, import: &ImportRow) -> Result<Report, ImportError> {
        let (mut last, mut applied) = (0, import.applied);
        self.tell(applied, import.changes);
        let kept = self.apply_address_changes(&import.id).await?;
        let mut pace = Pace::of(self.store);
        loop {
            let mut tx = pace.begin(self.store).await?;
            match tx.apply_import(&import.id, Batch { after: last, most: pace.rows }, self.clock.now()).await? {
                Applied::Rows { last: line, count } => {
                    tx.commit().await?;
                    (last, applied) = (line, applied + count);
                }
                Applied::All => break,
                Applied::ByOthers => return Err(ImportError::Overtaken),
            }
            self.tell(applied, import.changes);
            pace.committed().await;
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
    async fn apply_address_changes(&self, id: &ImportId) -> Result<Vec<BadRow>, ImportError> {
        let (mut last, mut taken, mut kept) = (0, 0, Vec::new());
        loop {
            let mut tx = self.store.begin().await?;
            if !tx.lock_import(id, self.clock.now()).await? {
                return Err(ImportError::Overtaken);
            }
            let Some(change) = tx.next_address_change(last).await? else { return Ok(kept) };
            // Somebody who gets the address as their user ID between the look and the change is seen by the next try. What is refused
            // again and again is taken in a way that no look shows.
            let found = if taken < TRIES { Look::Needed } else { Look::Taken };
            match self.apply_address_change(&mut tx, id, &change, found).await {
                Ok(follows) => {
                    tx.commit().await?;
                    (last, taken) = (change.line, 0);
                    if !follows && kept.len() < Report::LISTED {
                        let fault = RowFault::new(FileColumn::Email, stage::ADDRESS_TAKEN);
                        kept.push(BadRow { line: u64::try_from(change.line).unwrap_or_default(), faults: vec![fault] });
                    }
                }
                Err(found) if found.is_duplicate() && taken < TRIES => taken += 1,
                Err(found) => return Err(found.into()),
            }
        }
    }

    /// Returns false where the account keeps its user ID.
    async fn apply_address_change(
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
        tx.put_customer(customer, &change.phones, now).await?;
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
        tx.address_change_applied(change.line).await?;
        Ok(follows)
    }
}

/// How often a user ID is tried that the database refuses because another account has it.
const TRIES: u32 = 3;

/// Whether it is still to be found out if an address is another account's user ID.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Needed,
    Taken,
}

/// How many rows a transaction takes, and how long others may write before the next one.
///
/// On PostgreSQL only those wait who need a customer of the transaction, on SQLite everybody who writes; and they look again only now
/// and then, so that they need longer pauses. Whether somebody is there is seen from having to wait oneself.
struct Pace {
    one_writer: bool,
    rows: i64,
    /// When the present transaction began.
    began: Instant,
    /// Transactions during which others are taken to be there.
    shared: u32,
}

impl Pace {
    const LEAST_ROWS: i64 = 100;
    const MOST_ROWS: i64 = 20_000;
    /// Waiting longer than this for the beginning of a transaction, others are there.
    const PROMPT: Duration = Duration::from_millis(2);
    const SHARED: u32 = 50;
    /// How long a transaction may take, alone and with others.
    const ALONE_FOR: Duration = Duration::from_millis(100);
    const SHARED_FOR: Duration = Duration::from_millis(15);
    const PAUSE: Duration = Duration::from_millis(2);
    const SHARED_PAUSE: Duration = Duration::from_millis(25);

    fn of(store: &Store) -> Self {
        Self { one_writer: store.has_one_writer(), rows: 500, began: Instant::now(), shared: 0 }
    }

    async fn begin(&mut self, store: &Store) -> Stored<Tx> {
        let asked = Instant::now();
        let tx = store.begin().await?;
        self.began = Instant::now();
        self.shared = if self.began - asked > Self::PROMPT { Self::SHARED } else { self.shared.saturating_sub(1) };
        Ok(tx)
    }

    async fn committed(&mut self) {
        let shared = self.one_writer && self.shared > 0;
        let (took, due) = (self.began.elapsed(), if shared { Self::SHARED_FOR } else { Self::ALONE_FOR });
        if took > due {
            self.rows = (self.rows / 2).max(Self::LEAST_ROWS);
        } else if took < due / 2 {
            self.rows = (self.rows * 2).min(Self::MOST_ROWS);
        }
        if self.one_writer {
            tokio::time::sleep(if shared { Self::SHARED_PAUSE } else { Self::PAUSE }).await;
        }
    }
}
