//! The insurer's contracts, from a CSV file into the store. The command `nirin contracts import`, the rehearsal and the tests
//! use it.
//!
//! `lines` cuts the file into rows, `row` and `values` know what they mean, `stage` brings them into the database, which checks them
//! as a whole and compares them with what is stored; `apply` makes the changes, `report` is what is told afterwards. Until the last
//! row is checked nothing is changed; from then on everything will be, even if this process ends.
//!
//! In memory are a few thousand rows, however many the file has.

mod apply;
mod dates;
mod lines;
mod pace;
mod progress;
mod report;
mod row;
mod stage;
#[cfg(test)]
mod tests;
mod values;

pub use progress::{Progress, Unwatched};
pub use report::{BadRow, ImportError, Report, RowFault};
pub(crate) use values::user_id_fault;

use crate::clock::Clock;
use crate::rng::Rng;
use crate::secret::Keys;
use crate::store::{Actor, CheckedStaging, ImportMove, ImportRow, ImportState, Staging, Store};
use stage::ContractsFile;
use std::sync::Arc;

/// Finishes an import that was interrupted while it was applied, unless somebody is at it.
pub async fn finish_interrupted(store: Store, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>, keys: Keys) {
    let (keys, actor, progress) = (Some(&keys), Actor::Server, &Unwatched);
    let importer = Importer { store: &store, clock: &*clock, rng: &*rng, keys, actor, progress };
    match importer.finish().await {
        Ok(_) => {}
        Err(found) => {
            tracing::error!(event = "import_not_finished", error = %found, "an interrupted import could not be finished");
        }
    }
}

/// What an import works with.
pub struct Importer<'a> {
    pub store: &'a Store,
    pub clock: &'a dyn Clock,
    pub rng: &'a (dyn Rng + 'static),
    /// The server's keys. Where there are none yet, nobody has asked for anything in the portal either.
    pub keys: Option<&'a Keys>,
    /// Stands in the audit log.
    pub actor: Actor<'a>,
    pub progress: &'a dyn Progress,
}

impl Importer<'_> {
    /// Adds the contracts of a CSV file and brings those up to date that are known by their id; what the file does not
    /// name stays as it is. All rows or none: with a bad row, or with `dry_run`, nothing is changed. Requests of the portal that
    /// the contracts then show to be carried out are done. Columns: `docs/contracts.md`.
    ///
    /// An import that was interrupted while it was applied is finished before.
    ///
    /// # Errors
    /// The file cannot be read, its first line does not name the columns, somebody else imports, or the database fails. Bad rows are
    /// no error: they stand in the [`Report`].
    pub async fn run(&self, from: impl std::io::Read + Send + 'static, dry_run: bool) -> Result<Report, ImportError> {
        let file = ContractsFile::open(from)?;
        if dry_run {
            let mut staging = self.store.stage().await?;
            return Ok(self.check(&mut staging, file).await?.0);
        }
        let mut staging = self.store.stage_alone().await?.ok_or(ImportError::Busy)?;
        let done = self.run_alone(&mut staging, file).await;
        // The next import may begin at once.
        let closed = staging.close().await;
        let report = done?;
        closed?;
        Ok(report)
    }

    async fn run_alone(
        &self,
        staging: &mut Staging,
        file: ContractsFile<impl std::io::Read + Send + 'static>,
    ) -> Result<Report, ImportError> {
        self.finish_alone(staging).await?;
        staging.begin().await?;
        let (report, checked) = self.check(staging, file).await?;
        if report.bad_total > 0 {
            return Ok(report);
        }
        let import = self.keep(staging, &report, &checked).await?;
        self.apply(staging, &import).await
    }

    /// Finishes an import that was interrupted while it was applied, unless somebody is at it. Returns what it did.
    ///
    /// # Errors
    /// The database fails, or what is left to apply is gone.
    pub async fn finish(&self) -> Result<Option<Report>, ImportError> {
        if self.pending().await?.is_none() && !self.store.has_import_rows() {
            return Ok(None);
        }
        let Some(mut staging) = self.store.stage_alone().await? else { return Ok(None) };
        let done = self.finish_alone(&mut staging).await;
        let closed = staging.close().await;
        let finished = done?;
        closed?;
        Ok(finished)
    }

    async fn finish_alone(&self, staging: &mut Staging) -> Result<Option<Report>, ImportError> {
        let Some(pending) = self.pending().await? else { return Ok(None) };
        if !staging.resume(&pending.id).await? {
            let mut tx = self.store.begin().await?;
            let gone = ImportMove { id: &pending.id, from: ImportState::Applying, to: ImportState::Abandoned };
            tx.move_import(gone, self.clock.now()).await?;
            tx.commit().await?;
            return Err(ImportError::Gone);
        }
        let report = self.apply(staging, &pending).await?;
        self.progress.finish_interrupted(&report);
        Ok(Some(report))
    }

    async fn pending(&self) -> Result<Option<ImportRow>, ImportError> {
        let found = self.store.begin_read().await?.import().await?;
        Ok(found.filter(|import| import.state == ImportState::Applying))
    }

    /// Reads and checks the whole file.
    async fn check(
        &self,
        staging: &mut Staging,
        file: ContractsFile<impl std::io::Read + Send + 'static>,
    ) -> Result<(Report, CheckedStaging), ImportError> {
        let columns = file.columns.clone();
        let rows = stage::stage(staging, file, self.progress).await?;
        self.progress.check();
        let mut checked = staging.check(Report::LISTED).await?;
        let mut report = Report {
            rows,
            contracts: rows - checked.bad,
            customers: checked.customers,
            changes: checked.changes,
            bad_total: checked.bad,
            ..Report::default()
        };
        stage::list(&mut report, &columns, std::mem::take(&mut checked.faults));
        Ok((report, checked))
    }

    /// Keeps the changes in the database. From the last transaction on they will be applied, whoever does it.
    async fn keep(
        &self,
        staging: &mut Staging,
        report: &Report,
        checked: &CheckedStaging,
    ) -> Result<ImportRow, ImportError> {
        let now = self.clock.now();
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let actor = if let Actor::Staff(name) = self.actor { name } else { "" };
        let mut import = ImportRow {
            id: self.rng.id().into(),
            state: ImportState::Staging,
            actor: actor.to_owned(),
            rows_read: number(report.rows),
            contracts: number(report.contracts),
            customers: number(report.customers),
            changes: number(checked.changes),
            applied: 0,
            user_ids_changed: 0,
            user_ids_kept: 0,
            started_at: now,
            moved_at: now,
            address_line: 0,
            applied_line: 0,
        };
        let mut tx = self.store.begin().await?;
        if !tx.begin_import(&import).await? {
            return Err(ImportError::Displaced);
        }
        tx.commit().await?;
        if import.changes > 0 {
            staging.keep_changes(&import.id).await?;
        }
        let mut tx = self.store.begin().await?;
        let kept = ImportMove { id: &import.id, from: ImportState::Staging, to: ImportState::Applying };
        if !tx.move_import(kept, self.clock.now()).await? {
            return Err(ImportError::Displaced);
        }
        tx.commit().await?;
        import.state = ImportState::Applying;
        Ok(import)
    }
}
