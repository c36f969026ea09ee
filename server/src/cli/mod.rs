//! The commands of the binary, one file a group. Each change is written to the audit log with who did it.
//! What a command shows is fit for the contact centre: addresses and phones masked, no secrets (docs/staff.md).

mod account;
mod config;
mod context;
mod contracts;
mod customer;
mod mail;
mod purge;
mod requests;
mod serve;
mod support;
#[cfg(test)]
mod tests;

use crate::clock::{Clock, SystemClock};
use crate::config::Settings;
use crate::rng::{Rng, SystemRng};
use crate::secret::Keys;
use crate::store::{Actor, Store};
use clap::{Parser, Subcommand};
use context::AdminContext;
use std::path::PathBuf;
use std::sync::Arc;

/// The error of a command.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The account-access system of a motorcycle-insurance customer portal.
#[derive(Debug, Parser)]
#[command(name = "nirin", version)]
pub struct Arguments {
    /// The configuration file.
    #[arg(long, env = "NIRIN_CONFIG", default_value = "nirin.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves requests and sends mail until it is stopped.
    Serve,
    /// Updates the database schema.
    Migrate,
    /// Imports contracts from the insurer.
    #[command(subcommand)]
    Contracts(contracts::Command),
    /// Shows and changes customers, with or without an account.
    #[command(subcommand)]
    Customer(customer::Command),
    /// Unlocks accounts and ends their sessions.
    #[command(subcommand)]
    Account(account::Command),
    /// Shows mails and sends them again.
    #[command(subcommand)]
    Mail(mail::Command),
    /// What people have asked for in the portal.
    #[command(subcommand)]
    Requests(requests::Command),
    /// Shows what is known about a reference number.
    Support {
        /// The number on the screen or in the mail, for instance 7K2M-4XQ9.
        reference: String,
    },
    /// Deletes what is past its retention period (docs/security.md).
    Purge {
        /// Only counts the rows.
        #[arg(long)]
        dry_run: bool,
    },
    /// Checks the configuration.
    #[command(subcommand)]
    Config(config::Command),
}

/// What every command needs.
pub(crate) struct CommandContext {
    pub settings: Settings,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
}

impl CommandContext {
    async fn store(&self) -> Result<Store, Failure> {
        let store = Store::open(&self.settings.store).await?;
        store.migrate().await?;
        Ok(store)
    }

    /// Reads the keys of the server. None are created: with other keys than the server's nothing would be found.
    fn keys(&self) -> Result<Keys, Failure> {
        let file = &self.settings.secrets.key_file;
        if !file.exists() {
            return Err(format!(
                "secrets.key_file: {} does not exist; `nirin serve` creates it at its first start",
                file.display()
            )
            .into());
        }
        Ok(Keys::open(file, &*self.rng)?)
    }
}

/// Runs a command.
///
/// # Errors
/// The command failed; the error says why in a sentence.
pub async fn run(arguments: Arguments) -> Result<(), Failure> {
    let settings = Settings::read(&arguments.config)?;
    let command_context =
        CommandContext { settings, clock: Arc::new(SystemClock::default()), rng: Arc::new(SystemRng) };
    let command = match arguments.command {
        Command::Serve => return serve::serve(command_context).await,
        Command::Config(config::Command::Check) => {
            return config::check(&command_context, &mut std::io::stdout());
        }
        command => command,
    };
    let store = command_context.store().await?;
    let actor = actor();
    let context = AdminContext {
        store: &store,
        clock: &*command_context.clock,
        rng: &*command_context.rng,
        actor: Actor::Staff(&actor),
    };
    let mut out = std::io::stdout();
    match command {
        Command::Serve | Command::Config(_) => Ok(()),
        Command::Migrate => Ok(context::line(&mut out, "The database schema is up to date.")?),
        Command::Contracts(command) => {
            let keys =
                command_context.settings.secrets.key_file.exists().then(|| command_context.keys()).transpose()?;
            contracts::run(&context, keys.as_ref(), command, &mut out).await
        }
        Command::Customer(command) => customer::run(&context, command, &mut out).await,
        Command::Account(command) => account::run(&context, || command_context.keys(), command, &mut out).await,
        Command::Mail(command) => mail::run(&context, command, &mut out).await,
        Command::Requests(command) => requests::run(&context, command_context.keys()?, command, &mut out).await,
        Command::Support { reference } => support::support(&context, &reference, &mut out).await,
        Command::Purge { dry_run } => purge::purge(&context, &command_context.settings.limits, dry_run, &mut out).await,
    }
}

/// Returns who runs the command, for the audit log. A service or timer may have no name; then it is the number of its user.
fn actor() -> String {
    use std::os::unix::fs::MetadataExt as _;
    let named = ["SUDO_USER", "LOGNAME", "USER"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.is_empty());
    let name = named.or_else(|| std::fs::metadata("/proc/self").ok().map(|process| format!("uid {}", process.uid())));
    name.unwrap_or_default()
}

/// Prints an error for the person at the terminal.
#[expect(clippy::print_stderr, reason = "a command prints its error on standard error")]
pub fn complain(found: &dyn std::fmt::Display) {
    eprintln!("nirin: {found}");
}
