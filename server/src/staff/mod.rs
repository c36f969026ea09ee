//! The commands of the binary, one file a group. Each change is written to the audit log with who did it.
//! What a command shows is fit for the contact centre: addresses and phones masked, no secrets (docs/staff.md).

mod account;
mod config;
mod contracts;
mod customer;
mod mail;
mod office;
mod purge;
mod serve;
mod support;
#[cfg(test)]
mod tests;

use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::dice::{Dice, SystemDice};
use crate::secret::Keys;
use crate::store::Store;
use clap::{Parser, Subcommand};
use office::Office;
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
    #[command(subcommand)]
    Contracts(contracts::Verb),
    /// Policyholders, with or without an account.
    #[command(subcommand)]
    Customer(customer::Verb),
    /// Accounts: user ID and password.
    #[command(subcommand)]
    Account(account::Verb),
    /// Mails on their way, and what became of them.
    #[command(subcommand)]
    Mail(mail::Verb),
    /// Everything about a reference number that a person reads out.
    Support {
        /// As on the screen or in the mail, for instance 7K2M-4XQ9.
        reference: String,
    },
    /// Forgets what is past its retention (docs/security.md).
    Purge {
        /// Only counts.
        #[arg(long)]
        dry_run: bool,
    },
    /// The configuration.
    #[command(subcommand)]
    Config(config::Verb),
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

    /// The keys of the server. None are made: other keys than the server's would find nothing.
    fn keys(&self) -> Result<Keys, Failure> {
        let file = &self.settings.secrets.key_file;
        if !file.exists() {
            return Err(format!(
                "secrets.key_file: {} is not there; `nirin serve` makes it at its first start",
                file.display()
            )
            .into());
        }
        Ok(Keys::open(file, &*self.dice)?)
    }
}

/// Carries a command out.
///
/// # Errors
/// Says in a sentence what went wrong.
pub async fn run(command: Command) -> Result<(), Failure> {
    let settings = Settings::read(&command.config)?;
    let desk = Desk { settings, clock: Arc::new(SystemClock::default()), dice: Arc::new(SystemDice) };
    let verb = match command.verb {
        Verb::Serve => return serve::serve(desk).await,
        Verb::Config(config::Verb::Check) => return config::check(&desk, &mut std::io::stdout()),
        verb => verb,
    };
    let store = desk.store().await?;
    let actor = actor();
    let office = Office { store: &store, clock: &*desk.clock, dice: &*desk.dice, actor: &actor };
    let mut out = std::io::stdout();
    match verb {
        Verb::Serve | Verb::Config(_) => Ok(()),
        Verb::Migrate => Ok(office::line(&mut out, "The tables are up to date.")?),
        Verb::Contracts(verb) => contracts::run(&office, verb, &mut out).await,
        Verb::Customer(verb) => customer::run(&office, verb, &mut out).await,
        Verb::Account(verb) => account::run(&office, || desk.keys(), verb, &mut out).await,
        Verb::Mail(verb) => mail::run(&office, verb, &mut out).await,
        Verb::Support { reference } => support::support(&office, &reference, &mut out).await,
        Verb::Purge { dry_run } => purge::purge(&office, &desk.settings.limits, dry_run, &mut out).await,
    }
}

/// Who runs the command, for the audit log. Services and timers may have no name: then the number of their user.
fn actor() -> String {
    use std::os::unix::fs::MetadataExt as _;
    let named = ["SUDO_USER", "LOGNAME", "USER"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.is_empty());
    let name = named.or_else(|| std::fs::metadata("/proc/self").ok().map(|process| format!("uid {}", process.uid())));
    format!("staff:{}", name.unwrap_or_default())
}

/// Tells the person at the terminal what went wrong.
#[expect(clippy::print_stderr, reason = "a command complains on standard error")]
pub fn complain(found: &dyn std::fmt::Display) {
    eprintln!("nirin: {found}");
}
