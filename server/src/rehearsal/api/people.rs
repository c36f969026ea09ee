//! The customers: what to type to get through the identity check, and what they have.

use super::{Answered, ApiError, ErrorCode, answer};
use crate::http::Site;
use crate::store::{ContractRow, CustomerId, CustomerRow, Stored, Tx};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use rules::Offer;
use rules::calendar::{day_in_japan, days_of};
use serde::{Deserialize, Serialize};

/// Customers in one answer, unless fewer are asked for.
const MOST: i64 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    /// The last id of the answer before.
    #[serde(default)]
    after: String,
    limit: Option<i64>,
    /// Only those who have an account, or none.
    account: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct People {
    people: Vec<Person>,
    /// Where there are more: what `after` has to be.
    next: Option<CustomerId>,
}

#[derive(Serialize)]
pub(super) struct OnePerson {
    person: Person,
}

#[derive(Serialize)]
struct Person {
    id: CustomerId,
    /// What the identity check takes: a number of the first contract, the name, a phone.
    number: Option<String>,
    kana: String,
    phone: Option<String>,
    /// The registered address, which is the user ID.
    email: Option<String>,
    account: bool,
    phones: Vec<String>,
    contracts: Vec<Contract>,
}

#[derive(Serialize)]
struct Contract {
    id: String,
    numbers: Vec<String>,
    product: String,
    status: &'static str,
    starts_on: String,
    ends_on: String,
    /// Whether a renewal is offered now.
    renewable: bool,
}

fn contract(row: ContractRow, now: i64) -> Contract {
    let last_day = days_of(&row.ends_on);
    Contract {
        numbers: row.numbers().into_iter().flatten().map(ToOwned::to_owned).collect(),
        status: row.status.as_str(),
        renewable: last_day.is_some_and(|day| Offer::of(row.status, day, day_in_japan(now)).is_open()),
        id: row.id,
        product: row.product,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
    }
}

async fn person(tx: &mut Tx, row: CustomerRow, now: i64) -> Stored<Person> {
    let phones = tx.phones(&row.id).await?;
    let account = tx.account_of(&row.id).await?.is_some();
    let contracts: Vec<_> = tx.contracts_of(&row.id).await?.into_iter().map(|row| contract(row, now)).collect();
    Ok(Person {
        number: contracts.iter().flat_map(|contract| &contract.numbers).next().cloned(),
        kana: row.kana,
        phone: phones.first().cloned(),
        email: row.email,
        account,
        phones,
        contracts,
        id: row.id,
    })
}

/// Returns a customer by the id.
pub(super) async fn find(site: &Site, id: &CustomerId) -> Result<OnePerson, ApiError> {
    let mut tx = site.store.begin_read().await?;
    let row = tx.customer(id).await?;
    let row = row.ok_or_else(|| ApiError::new(ErrorCode::NotFound, "no customer has this id"))?;
    Ok(OnePerson { person: person(&mut tx, row, site.clock.now()).await? })
}

pub(super) async fn one(State(site): State<Site>, Path(id): Path<String>) -> Answered<OnePerson> {
    answer(find(&site, &CustomerId::from(id)).await?)
}

pub(super) async fn list(State(site): State<Site>, which: Result<Query<Which>, QueryRejection>) -> Answered<People> {
    let Query(which) = which?;
    let limit = which.limit.unwrap_or(MOST).clamp(1, MOST);
    let mut tx = site.store.begin_read().await?;
    let mut rows = tx.customers(&CustomerId::from(which.after), which.account, limit + 1).await?;
    let most = usize::try_from(limit).unwrap_or_default();
    let more = rows.len() > most;
    rows.truncate(most);
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        people.push(person(&mut tx, row, site.clock.now()).await?);
    }
    let next = people.last().filter(|_| more).map(|last| last.id.clone());
    answer(People { people, next })
}
