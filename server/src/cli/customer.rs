//! `nirin customer`: shows a customer as far as the contact centre may see, and registers another address.

use super::Failure;
use super::context::{About, AdminContext, count, fact, jst, line, masked};
use crate::import::user_id_fault;
use crate::store::{AuditEvent, ContractRow, CustomerId, CustomerRow, FileColumn, RequestRow, StoreError, Tx};
use crate::use_cases::registered_address;
use clap::Subcommand;
use rules::PhoneNumber;
use rules::contract_number::ContractNumber;
use rules::user_id::UserId;
use std::io::{self, Write};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Shows a customer, with the address and the phones masked.
    Show {
        /// A customer's id, registered address or user ID, or a contract number.
        whom: String,
    },
    /// Registers another address: the user ID changes with it, and open links and sessions end.
    SetEmail {
        /// A customer's id or a contract number.
        customer: String,
        address: String,
    },
}

pub(super) async fn run(context: &AdminContext<'_>, command: Command, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::Show { whom } => show(context, &whom, out).await,
        Command::SetEmail { customer, address } => {
            let address = UserId::parse(&address).map_err(|fault| format!("the address {}", user_id_fault(&fault)))?;
            set_email(context, &customer, &address, out).await
        }
    }
}

pub(super) async fn show(context: &AdminContext<'_>, whom: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let mut tx = context.store.begin_read().await?;
    for customer in find(&mut tx, whom).await? {
        tell(&mut tx, &customer, out).await?;
    }
    Ok(())
}

/// Returns the customers that an id, an address or a number matches. Several may share an address.
async fn find(tx: &mut Tx, whom: &str) -> Result<Vec<CustomerRow>, Failure> {
    let mut found = Vec::new();
    if let Ok(address) = UserId::parse(whom) {
        if let Some(account) = tx.account_by_key(&address.key()).await? {
            found.extend(tx.customer(&account.customer_id).await?);
        }
        for customer in tx.customers_by_email(&address.key()).await? {
            if !found.contains(&customer) {
                found.push(customer);
            }
        }
    } else {
        found.extend(tx.customer(&whom.trim().into()).await?);
        if let (true, Ok(number)) = (found.is_empty(), ContractNumber::parse(whom)) {
            found.extend(tx.customer_by_number(number.as_str()).await?);
        }
    }
    if found.is_empty() { Err("no customer matches this id, address or number".into()) } else { Ok(found) }
}

async fn tell(tx: &mut Tx, customer: &CustomerRow, out: &mut dyn Write) -> Result<(), Failure> {
    fact(out, "Customer", customer.id.as_str())?;
    fact(out, "Name", &customer.kana)?;
    fact(out, "Registered address", &customer.email.as_deref().map_or_else(|| "none".to_owned(), masked))?;
    if let Some(key) = &customer.email_key {
        let others = others_with(tx, key, &customer.id).await?;
        if !others.is_empty() {
            fact(out, "", &format!("also registered for {}", others.join(", ")))?;
        }
    }
    let phones = tx.phones(&customer.id).await?;
    fact(out, "Phones", &phones.iter().map(|phone| PhoneNumber::masked(phone)).collect::<Vec<_>>().join(", "))?;
    match tx.account_of(&customer.id).await? {
        None => fact(out, "Account", "none")?,
        Some(account) => {
            fact(out, "Account", &format!("since {}", jst(account.created_at)))?;
            fact(out, "User ID", &masked(&account.user_id))?;
            fact(out, "Password set", &jst(account.password_at))?;
        }
    }
    for contract in tx.contracts_of(&customer.id).await? {
        tell_contract(out, &contract)?;
    }
    for request in tx.requests_of(&customer.id).await?.into_iter().filter(|request| request.state.is_open()) {
        let RequestRow { reference, kind, state, contract_id, created_at, .. } = &request;
        let (kind, state, made) = (kind.as_str(), state.as_str(), jst(*created_at));
        fact(out, "Open request", &format!("{reference}, {kind}, {state}, contract {contract_id}, made {made}"))?;
    }
    Ok(())
}

fn tell_contract(out: &mut dyn Write, contract: &ContractRow) -> io::Result<()> {
    let ContractRow { id, status, starts_on, ends_on, product, vehicle, .. } = contract;
    let named = |(column, number): (FileColumn, Option<&str>)| {
        Some(format!("{} {}", column.as_str().split('_').next()?, number?))
    };
    let numbers: Vec<_> = ContractRow::NUMBERS.into_iter().zip(contract.numbers()).filter_map(named).collect();
    fact(
        out,
        "Contract",
        &format!("{id}, {}, {starts_on} to {ends_on}, {product}, {vehicle}, {}", status.as_str(), numbers.join(", ")),
    )
}

async fn others_with(tx: &mut Tx, email_key: &str, customer_id: &CustomerId) -> Result<Vec<String>, StoreError> {
    let all = tx.customers_by_email(email_key).await?;
    Ok(all.into_iter().map(|other| other.id).filter(|id| id != customer_id).map(|id| id.to_string()).collect())
}

/// Registers another address. What depends on the old mailbox changes with it: the user ID, mailed links, procedures under
/// way and sessions.
pub(super) async fn set_email(
    context: &AdminContext<'_>,
    whom: &str,
    address: &UserId,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let key = address.key();
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let found = find(&mut tx, whom).await?;
    let [customer] = found.as_slice() else {
        let ids: Vec<_> = found.iter().map(|customer| customer.id.as_str()).collect();
        return Err(format!("matches several customers; name one of them: {}", ids.join(", ")).into());
    };
    // An enrolment that is confirmed at this moment comes before, or finds the new address.
    tx.lock_customer(&customer.id).await?;
    let account = tx.account_of(&customer.id).await?;
    if account.is_some() && registered_address::is_taken(&mut tx, &customer.id, address).await? {
        return Err(TAKEN.into());
    }
    if customer.email.as_deref() == Some(address.as_str())
        && account.as_ref().is_none_or(|account| account.user_id == address.as_str())
    {
        return Ok(line(out, "This address is already registered. Nothing was changed.")?);
    }
    tx.set_email(&customer.id, address, now).await?;
    let ended = registered_address::apply_email_change(&mut tx, &customer.id, account.as_ref(), address, now).await?;
    let others = others_with(&mut tx, &key, &customer.id).await?;
    let about = About {
        customer_id: Some(&customer.id),
        account_id: account.as_ref().map(|account| &account.id),
        ..About::default()
    };
    let before = customer.email.as_deref().map_or_else(|| "none".to_owned(), masked);
    let reference = context
        .audit(&mut tx, AuditEvent::UserUpdated, about, &format!("address {before} to {}", address.masked()), now)
        .await?;
    tx.commit().await?;

    line(
        out,
        &format!("{}: the registered address is now {}, before it was {before}.", customer.id, address.masked()),
    )?;
    if account.is_some() {
        line(out, "It is now the user ID. The password stays the same.")?;
    }
    line(
        out,
        &format!(
            "Revoked {}, ended {} and {}.",
            count(ended.links, "link"),
            count(ended.flows, "procedure"),
            count(ended.sessions, "session")
        ),
    )?;
    if !others.is_empty() {
        line(
            out,
            &format!(
                "This address is also registered for {}. Only one of them can have an account with it.",
                others.join(", ")
            ),
        )?;
    }
    Ok(line(out, &format!("Reference number: {reference}"))?)
}

const TAKEN: &str = "another customer's account already has this address as its user ID; nothing was changed";
