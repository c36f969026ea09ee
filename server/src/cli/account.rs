//! `nirin account`: what staff may do to an account. Nobody here sees, sets or bypasses a password.

use super::Failure;
use super::context::{About, AdminContext, count, line, masked};
use crate::secret::Keys;
use crate::store::{AccountRow, AuditEvent, CustomerId, SessionEnd, Tx};
use crate::use_cases::counters::Counter;
use crate::use_cases::end_flows;
use crate::use_cases::identity::identity_pairs;
use clap::Subcommand;
use rules::limits::Limit;
use rules::user_id::UserId;
use std::io::Write;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Takes back the waits after wrong passwords, wrong codes and missed identity checks.
    Unlock {
        /// The user ID; the registered address of somebody who has no account yet does as well.
        user_id: String,
    },
    /// Signs the account out everywhere.
    EndSessions { user_id: String },
}

pub(super) async fn run(
    context: &AdminContext<'_>,
    keys: impl FnOnce() -> Result<Keys, Failure>,
    command: Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    match command {
        Command::Unlock { user_id } => unlock(context, &keys()?, &user_id, out).await,
        Command::EndSessions { user_id } => end_sessions(context, &user_id, out).await,
    }
}

/// Sets back what the limits have counted against this user ID: for strangers and known browsers, for codes, and for the
/// identity check on the customer's contract numbers and in the browsers that are known.
pub(super) async fn unlock(
    context: &AdminContext<'_>,
    keys: &Keys,
    user_id: &str,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let user_id = parse(user_id)?;
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let account = tx.account_by_key(&user_id.key()).await?;
    let customers: Vec<CustomerId> = match &account {
        Some(account) => vec![account.customer_id.clone()],
        None => tx.customers_by_email(&user_id.key()).await?.into_iter().map(|customer| customer.id).collect(),
    };
    if customers.is_empty() {
        return Err(nobody(&user_id).into());
    }
    // Codes before passwords, as the sign-in counts them.
    let mut cleared = 0;
    if let Some(account) = &account {
        cleared += unlock_account(&mut tx, keys, account).await?;
    }
    cleared += Counter::new(keys, Limit::WrongPasswords, &user_id.key()).clear_all(&mut tx).await?;
    for customer in &customers {
        cleared += unlock_identity(&mut tx, keys, customer).await?;
    }
    let about = About {
        customer_id: customers.first(),
        account_id: account.as_ref().map(|account| &account.id),
        ..About::default()
    };
    let reference = context.audit(&mut tx, AuditEvent::Unlocked, about, &count(cleared, "counter"), now).await?;
    tx.commit().await?;
    line(out, &format!("{}: {} set back.", user_id.masked(), count(cleared, "counter")))?;
    Ok(line(out, &format!("Reference number: {reference}"))?)
}

async fn unlock_account(tx: &mut Tx, keys: &Keys, account: &AccountRow) -> Result<u64, Failure> {
    let mut cleared = Counter::new(keys, Limit::WrongCodes, &account.id).clear_all(tx).await?;
    cleared += Counter::new(keys, Limit::WrongPresentPasswords, &account.id).clear_all(tx).await?;
    for browser in tx.known_browsers(&account.id).await? {
        cleared += Counter::new(keys, Limit::IdentityOfBrowser, &browser).clear_all(tx).await?;
    }
    Ok(cleared)
}

/// What was missed with the customer's own name and numbers; under other people's names the numbers stay closed.
async fn unlock_identity(tx: &mut Tx, keys: &Keys, customer_id: &CustomerId) -> Result<u64, Failure> {
    let Some(customer) = tx.customer(customer_id).await? else { return Ok(0) };
    let phones = tx.phones(customer_id).await?;
    let mut cleared = 0;
    for contract in tx.contracts_of(customer_id).await? {
        for number in [contract.policy_number, contract.renewal_number, contract.quote_number].into_iter().flatten() {
            for phone in &phones {
                for counter in identity_pairs(keys, &number, &customer.kana_key, phone) {
                    cleared += counter.clear_all(tx).await?;
                }
            }
        }
    }
    Ok(cleared)
}

pub(super) async fn end_sessions(
    context: &AdminContext<'_>,
    user_id: &str,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let user_id = parse(user_id)?;
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let account = tx.account_by_key(&user_id.key()).await?.ok_or_else(|| nobody(&user_id))?;
    // First: a sign-in that waits for its code would open a new session.
    end_flows(&mut tx, &account.customer_id, now).await?;
    let ended = tx.end_sessions_of(&account.id, None, SessionEnd::EndedByStaff, now).await?;
    let about = About { customer_id: Some(&account.customer_id), account_id: Some(&account.id), ..About::default() };
    let reference = context
        .audit(
            &mut tx,
            AuditEvent::SessionEnded,
            about,
            &format!("{}: {}", SessionEnd::EndedByStaff.as_str(), count(ended, "session")),
            now,
        )
        .await?;
    tx.commit().await?;
    line(out, &format!("{}: {} ended.", masked(&account.user_id), count(ended, "session")))?;
    Ok(line(out, &format!("Reference number: {reference}"))?)
}

fn parse(typed: &str) -> Result<UserId, Failure> {
    UserId::parse(typed).map_err(|fault| format!("the user ID is not an address: {fault:?}").into())
}

fn nobody(user_id: &UserId) -> String {
    format!("nobody has the user ID {}", user_id.masked())
}
