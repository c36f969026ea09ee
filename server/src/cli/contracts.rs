//! `nirin contracts`: imports the insurer's contracts. How a file is read is in `import`; here are the arguments and the output.

use super::Failure;
use super::context::{AdminContext, line};
use crate::import::{Importer, Progress, Report};
use crate::secret::Keys;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Adds and updates contracts from a CSV file: all rows or none.
    Import {
        file: PathBuf,
        /// Only checks the file.
        #[arg(long)]
        dry_run: bool,
    },
}

/// `keys`: none before the first start of the server.
pub(super) async fn run(
    context: &AdminContext<'_>,
    keys: Option<&Keys>,
    command: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Command::Import { file, dry_run } = command;
    import_file(context, keys, &file, dry_run, out).await
}

async fn import_file(
    context: &AdminContext<'_>,
    keys: Option<&Keys>,
    file: &Path,
    dry_run: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let told = |found: std::io::Error| format!("{}: {found}", file.display());
    let from = std::fs::File::open(file).map_err(told)?;
    let bar = Bar::new(from.metadata().map_err(told)?.len())?;
    let AdminContext { store, clock, rng, actor } = *context;
    let importer = Importer { store, clock, rng, keys, actor, progress: &bar };
    let report = importer.run(bar.bar.wrap_read(from), dry_run).await;
    // The bar leaves the terminal before anything is printed.
    bar.bar.finish_and_clear();
    if let Some(finished) = bar.finished.lock().unwrap_or_else(PoisonError::into_inner).take() {
        line(out, "An earlier import that was interrupted is finished:")?;
        tell(out, &finished, Verb::WRITTEN)?;
        line(out, "This file:")?;
    }
    let report = report?;
    for bad in &report.bad {
        line(out, &bad.to_string())?;
    }
    if report.bad_total > 0 {
        return Err(format!("{} of {} rows are invalid; nothing was changed", report.bad_total, report.rows).into());
    }
    tell(out, &report, if dry_run { Verb::WOULD_BE_WRITTEN } else { Verb::WRITTEN })?;
    Ok(())
}

/// How it is said what an import does.
struct Verb {
    writes: &'static str,
    changes: &'static str,
}

impl Verb {
    const WRITTEN: Self = Self { writes: "written", changes: "were new or had changed" };
    const WOULD_BE_WRITTEN: Self = Self { writes: "would be written", changes: "would change" };
}

fn tell(out: &mut dyn Write, report: &Report, verb: Verb) -> std::io::Result<()> {
    let Report { rows, customers, contracts, changes, .. } = report;
    line(out, &format!("{rows} rows read: {contracts} contracts of {customers} customers {}.", verb.writes))?;
    let same = contracts.saturating_sub(*changes);
    line(out, &format!("{changes} rows {}, {same} are stored like that already.", verb.changes))?;
    if report.user_ids_changed > 0 {
        let text = "accounts have a new user ID because the registered address of their customer has changed.";
        line(out, &format!("{} {text}", report.user_ids_changed))?;
    }
    if report.user_ids_kept > 0 {
        let text = "accounts kept their user ID because somebody else has just taken the new address.";
        line(out, &format!("{} {text}", report.user_ids_kept))?;
    }
    for kept in &report.kept {
        line(out, &format!("  {kept}"))?;
    }
    if report.requests_done > 0 {
        let text = "requests of the portal are done because the contracts show what was asked for.";
        line(out, &format!("{} {text}", report.requests_done))?;
    }
    Ok(())
}

/// Shows on standard error how far the import is, if that is a terminal.
struct Bar {
    bar: ProgressBar,
    rows: Arc<AtomicU64>,
    /// What an earlier import did that was finished before this one.
    finished: Mutex<Option<Report>>,
}

impl Bar {
    /// Begins with the reading of a file of so many bytes.
    fn new(bytes: u64) -> Result<Self, Failure> {
        let rows = Arc::new(AtomicU64::new(0));
        let read = rows.clone();
        let speed = move |state: &ProgressState, text: &mut dyn fmt::Write| {
            let seconds = state.elapsed().as_secs_f64().max(0.001);
            #[expect(clippy::cast_precision_loss, reason = "a speed to look at")]
            let speed = read.load(Ordering::Relaxed) as f64 / seconds;
            // What cannot be written is not shown.
            write!(text, "{speed:.0}").unwrap_or_default();
        };
        let style = ProgressStyle::with_template(
            "Reading  {wide_bar} {bytes} of {total_bytes}, {speed} rows a second, {eta} left",
        )?
        .with_key("speed", speed);
        Ok(Self { bar: ProgressBar::new(bytes).with_style(style), rows, finished: Mutex::default() })
    }

    fn show(&self, template: &str) {
        // The templates are constants; one that could not be read would leave the bar as it was.
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.bar.set_style(style);
        }
    }
}

impl Progress for Bar {
    fn read(&self, rows: u64) {
        self.rows.store(rows, Ordering::Relaxed);
    }

    fn check(&self) {
        self.show("Checking {spinner} {elapsed}");
    }

    fn apply(&self, applied: u64, changes: u64) {
        if self.bar.length() != Some(changes) {
            self.bar.set_length(changes);
            self.bar.reset();
            self.show("Applying {wide_bar} {pos} of {len} rows, {per_sec}, {eta} left");
        }
        self.bar.set_position(applied);
    }

    fn finish_interrupted(&self, report: &Report) {
        *self.finished.lock().unwrap_or_else(PoisonError::into_inner) = Some(report.clone());
    }
}
