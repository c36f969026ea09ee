//! `nirin account`: what staff may do to an account. Nobody here sees, sets or bypasses a password.

use super::Failure;
use super::context::{About, AdminContext, count, line, masked};
use crate::import::user_id_fault;
use crate::secret::Keys;
use crate::store::{AccountRow, AuditEvent, BrowserId, CustomerId, IdentityKeys, SessionEnd, Tx};
use crate::use_cases::counters::Counter;
use crate::use_cases::end_flows;
use crate::use_cases::identity::identity_pairs;
use clap::Subcommand;
use rules::limits::Limit;
use rules::user_id::UserId;
use std::io::Write;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lifts the waits after wrong passwords, wrong codes and failed identity checks.
    Unlock {
        /// The user ID, or the registered address of somebody who has no account yet.
        user_id: String,
    },
    /// Signs the account out on every device.
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

/// Somebody whose counters are cleared.
struct Person {
    user_id: UserId,
    account: Option<AccountRow>,
    /// The browsers that have signed in to the account.
    browsers: Vec<BrowserId>,
    /// The counters of the identity check that their own name, numbers and phones come to.
    identity: Vec<Counter>,
}

impl Person {
    /// Returns the counters of a limit that are about this person. The limits of mails stay: they keep a mailbox from being flooded,
    /// whoever asks for it. So do those that strangers share.
    fn counters(&self, limit: Limit, keys: &Keys) -> Vec<Counter> {
        match limit {
            Limit::WrongCodes | Limit::WrongPresentPasswords => {
                self.account.iter().map(|account| Counter::new(keys, limit, &account.id)).collect()
            }
            Limit::WrongPasswords => Counter::new(keys, limit, &self.user_id.key()).parts(&self.browsers),
            Limit::IdentityOfBrowser => {
                self.browsers.iter().map(|browser| Counter::new(keys, limit, browser)).collect()
            }
            Limit::IdentityOfNumberAndName | Limit::IdentityOfNumberAndPhone | Limit::IdentityOfNameAndPhone => {
                self.identity.iter().filter(|counter| counter.limit() == limit).cloned().collect()
            }
            Limit::CodeMails
            | Limit::EnrolmentMails
            | Limit::ResetMails
            | Limit::UserIdsTold
            | Limit::IdentityFromAddress
            | Limit::ClosedNumbers
            | Limit::LinkPasswords
            | Limit::LinkPhones
            | Limit::PasswordsFromAddress
            | Limit::ResetsFromAddress
            | Limit::FlowsFromAddress => Vec::new(),
        }
    }
}

/// Clears what the limits have counted against this user ID: of strangers and known browsers, of codes, and of the identity
/// check on the customer's contract numbers and in the browsers that are known.
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
    let browsers = match &account {
        Some(account) => tx.known_browsers(&account.id).await?,
        None => Vec::new(),
    };
    let mut identity = Vec::new();
    for customer in &customers {
        identity.extend(identity_counters(&mut tx, keys, customer).await?);
    }
    let person = Person { user_id, account, browsers, identity };
    let mut cleared = 0;
    for limit in Limit::ALL {
        for counter in person.counters(*limit, keys) {
            cleared += u64::from(counter.clear(&mut tx).await?);
        }
    }
    let about = About {
        customer_id: customers.first(),
        account_id: person.account.as_ref().map(|account| &account.id),
        ..About::default()
    };
    let reference = context.audit(&mut tx, AuditEvent::Unlocked, about, &count(cleared, "counter"), now).await?;
    tx.commit().await?;
    line(out, &format!("{}: cleared {}.", person.user_id.masked(), count(cleared, "counter")))?;
    Ok(line(out, &format!("Reference number: {reference}"))?)
}

/// Returns what the customer's own name, numbers and phones are counted by. Under other people's names the numbers stay closed.
async fn identity_counters(tx: &mut Tx, keys: &Keys, customer_id: &CustomerId) -> Result<Vec<Counter>, Failure> {
    let Some(customer) = tx.customer(customer_id).await? else { return Ok(Vec::new()) };
    let phones = tx.phones(customer_id).await?;
    let mut counters = Vec::new();
    for contract in tx.contracts_of(customer_id).await? {
        for number in contract.numbers().into_iter().flatten() {
            for phone in &phones {
                counters.extend(identity_pairs(keys, &IdentityKeys { number, kana_key: &customer.kana_key, phone }));
            }
        }
    }
    Ok(counters)
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
    UserId::parse(typed).map_err(|fault| format!("the user ID {}", user_id_fault(&fault)).into())
}

fn nobody(user_id: &UserId) -> String {
    format!("no account or customer has the user ID {}", user_id.masked())
}
