//! The commands of the binary. Each change is written to the audit log with who did it.

pub mod import;
mod serve;

use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::dice::{Dice, SystemDice};
use crate::store::Store;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::sync::Arc;

/// Whatever a command ends with.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The account-access system of a motorcycle-insurance customer portal.
#[derive(Debug, Parser)]
#[command(name = "nirin", version)]
pub struct Command {
    /// The configuration file.
    #[arg(long, env = "NIRIN_CONFIG", default_value = "nirin.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Answers requests and sends mail until it is told to stop.
    Serve,
    /// Brings the tables up to date.
    Migrate,
    /// Contracts from the insurer.
    Contracts {
        #[command(subcommand)]
        verb: ContractsVerb,
    },
    /// The configuration.
    Config {
        #[command(subcommand)]
        verb: ConfigVerb,
    },
}

#[derive(Debug, Subcommand)]
enum ContractsVerb {
    /// Adds and updates contracts from a CSV file: all rows or none.
    Import {
        file: PathBuf,
        /// Only checks the file.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigVerb {
    /// Reads everything and says what is wrong.
    Check,
}

/// What every command stands on.
pub(crate) struct Desk {
    pub settings: Settings,
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
}

impl Desk {
    async fn store(&self) -> Result<Store, Failure> {
        let store = Store::open(&self.settings.store).await?;
        store.migrate().await?;
        Ok(store)
    }
}

/// Carries a command out.
///
/// # Errors
/// Says in a sentence what went wrong.
pub async fn run(command: Command) -> Result<(), Failure> {
    let settings = Settings::read(&command.config)?;
    let desk = Desk { settings, clock: Arc::new(SystemClock::default()), dice: Arc::new(SystemDice) };
    match command.verb {
        Verb::Serve => serve::serve(desk).await,
        Verb::Migrate => {
            desk.store().await?;
            say("The tables are up to date.");
            Ok(())
        }
        Verb::Contracts { verb: ContractsVerb::Import { file, dry_run } } => import_contracts(&desk, &file, dry_run).await,
        Verb::Config { verb: ConfigVerb::Check } => {
            say("The configuration is complete.");
            Ok(())
        }
    }
}

async fn import_contracts(desk: &Desk, file: &std::path::Path, dry_run: bool) -> Result<(), Failure> {
    let from = std::fs::File::open(file).map_err(|found| format!("{}: {found}", file.display()))?;
    let store = desk.store().await?;
    let report = import::import(&store, &*desk.clock, &*desk.dice, &actor(), from, dry_run).await?;
    for bad in &report.bad {
        say(&bad.to_string());
    }
    let (rows, customers, contracts) = (report.rows, report.customers, report.contracts);
    if report.bad_total > 0 {
        return Err(format!("{} of {rows} rows are bad; nothing was changed", report.bad_total).into());
    }
    let done = if dry_run { "would be written" } else { "written" };
    say(&format!("{contracts} contracts of {customers} customers {done}."));
    Ok(())
}

/// Who runs the command, for the audit log.
fn actor() -> String {
    let name = std::env::var("SUDO_USER").or_else(|_| std::env::var("USER")).unwrap_or_default();
    format!("staff:{name}")
}

/// Tells the person at the terminal.
#[expect(clippy::print_stdout, reason = "a command answers on standard output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Tells the person at the terminal what went wrong.
#[expect(clippy::print_stderr, reason = "a command complains on standard error")]
pub fn complain(found: &dyn std::fmt::Display) {
    eprintln!("nirin: {found}");
}
