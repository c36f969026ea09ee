//! Only in rehearsal builds: the mailbox page, a clock that can be turned forward, demo contracts.
//! A build without the feature has none of these routes.

mod clock;
mod mailbox;

pub use clock::RehearsalClock;

use crate::cli::Failure;
use crate::config::Settings;
use crate::http::Site;
use crate::import;
use crate::store::Actor;
use crate::use_cases::Accounts;
use axum::Router;
use axum::routing::get;

pub(crate) fn router() -> Router<Site> {
    Router::new()
        .route("/rehearsal/mailbox", get(mailbox::list))
        .route("/rehearsal/mailbox.json", get(mailbox::json))
        .route("/rehearsal/mailbox/{id}", get(mailbox::one))
        .route("/rehearsal/clock", get(clock::show).post(clock::turn))
}

/// Loads the demo contracts that the configuration names.
///
/// # Errors
/// The file cannot be read, or a row is bad.
pub async fn prepare(settings: &Settings, accounts: &Accounts) -> Result<(), Failure> {
    let file = &settings.rehearsal.contracts;
    if file.is_empty() {
        return Ok(());
    }
    let from = std::fs::File::open(file).map_err(|found| format!("rehearsal.contracts: {file}: {found}"))?;
    let report =
        import::import(&accounts.store, &*accounts.clock, &*accounts.rng, Actor::Staff("rehearsal"), from, false)
            .await?;
    match report.bad.first() {
        Some(bad) => Err(format!("rehearsal.contracts: {bad}").into()),
        None => Ok(()),
    }
}
