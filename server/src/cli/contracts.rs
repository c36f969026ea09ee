//! `nirin contracts`: imports the insurer's contracts. How a file is read is in `import`; here are the arguments and the output.

use super::Failure;
use super::context::{AdminContext, line};
use crate::import::Importer;
use crate::secret::Keys;
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::{Path, PathBuf};

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
    let bar = progress(from.metadata().map_err(told)?.len())?;
    let AdminContext { store, clock, rng, actor } = *context;
    let report = Importer { store, clock, rng, keys, actor }.run(bar.wrap_read(from), dry_run).await;
    // The bar leaves the terminal before anything is printed.
    bar.finish_and_clear();
    let report = report?;
    for bad in &report.bad {
        line(out, &bad.to_string())?;
    }
    let (rows, customers, contracts) = (report.rows, report.customers, report.contracts);
    if report.bad_total > 0 {
        return Err(format!("{} of {rows} rows are invalid; nothing was changed", report.bad_total).into());
    }
    let done = if dry_run { "would be written" } else { "written" };
    line(out, &format!("{rows} rows read: {contracts} contracts of {customers} customers {done}."))?;
    if report.user_ids_changed > 0 {
        let text = "accounts have a new user ID because the registered address of their customer has changed.";
        line(out, &format!("{} {text}", report.user_ids_changed))?;
    }
    if report.requests_done > 0 {
        let text = "requests of the portal are done because the contracts show what was asked for.";
        line(out, &format!("{} {text}", report.requests_done))?;
    }
    Ok(())
}

/// Shows on standard error how much of the file has been read, if that is a terminal.
fn progress(bytes: u64) -> Result<ProgressBar, Failure> {
    let style = ProgressStyle::with_template("{wide_bar} {bytes} of {total_bytes}, {eta} left")?;
    Ok(ProgressBar::new(bytes).with_style(style))
}
