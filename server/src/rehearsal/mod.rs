//! Only in rehearsal builds: the mailbox page, the gallery, a clock that can be turned forward, demo contracts, the interface for
//! test suites.
//! A build without the feature has none of these routes.

mod api;
mod clock;
mod demo;
mod faults;
mod mailbox;

use crate::clock::SystemClock;
use crate::config::Settings;
use crate::http::{RequestContext, Site};
use crate::import::{BadRow, ImportError, Importer, Unwatched};
use crate::mail::Transport;
use crate::secret::Keys;
use crate::store::{Actor, StoreError};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use clock::RehearsalClock;
use demo::DemoFile;
use faults::{FaultyTransport, MailFaults};
use preview::{Nonce, Preview, Skin, StyleSource, Workshop};
use rules::calendar::{day_in_japan, days_of};
use std::sync::Arc;

pub(crate) use api::{answers, refused};

/// What a rehearsal has besides the product.
#[derive(Default)]
pub(crate) struct Rehearsal {
    /// Without one, none can be turned.
    pub clock: Option<Arc<SystemClock>>,
    faults: Arc<MailFaults>,
}

impl Rehearsal {
    /// Returns what sends mails, with the faults that are asked for.
    pub fn faulty(&self, transport: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(FaultyTransport { faults: self.faults.clone(), transport })
    }
}

/// Returns the addresses of a rehearsal.
pub(crate) fn router(site: &Site, rehearsal: &Rehearsal) -> Router<Site> {
    let shown = preview(site);
    let mailbox = Router::new()
        .route("/rehearsal/mailbox/{id}/parts", get(mailbox::parts))
        .route("/rehearsal/mailbox/{id}/bare/{theme}", get(mailbox::bare))
        .route("/rehearsal/mailbox/{id}/message.eml", get(mailbox::message))
        .layer(Extension(Arc::new(shown.clone())));
    Router::new()
        .merge(preview::router(shown).layer(from_fn(give_nonce)))
        .merge(mailbox)
        .merge(api::router(rehearsal))
        .route("/rehearsal/mailbox", get(mailbox::list))
        .route("/rehearsal/mailbox/{id}", get(mailbox::one))
        .route("/rehearsal/clock", get(clock::show).post(clock::turn))
        .layer(Extension(RehearsalClock(rehearsal.clock.clone())))
}

/// The reason why the demo contracts could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    #[error("rehearsal.contracts: {file}: {error}")]
    File { file: String, error: std::io::Error },
    #[error("rehearsal.contracts: {0}")]
    Import(#[from] ImportError),
    #[error("rehearsal.contracts: {0}")]
    Row(BadRow),
    #[error("rehearsal.contracts: {0}")]
    Csv(#[from] csv::Error),
    #[error("rehearsal.contracts: {0}")]
    Store(#[from] StoreError),
    #[error("rehearsal.contracts_as_of: is not a date like 2026-04-01")]
    AsOf,
}

/// The gallery as this configuration shows the screens.
fn preview(site: &Site) -> Preview {
    let own = Skin { names: site.port.brand().clone(), assets: (*site.brand_assets).clone() };
    Preview {
        // A test reads the example.
        other: Skin::example().unwrap_or_else(|_| own.clone()),
        own,
        limits: site.port.limits().clone(),
        chosen: site.chosen,
        style: StyleSource::Bundle(site.settings.assets.join("style.css")),
        site: site.settings.assets.clone(),
        workshop: Workshop::default(),
    }
}

/// Tells the gallery the nonce of the response's policy.
async fn give_nonce(Extension(asked): Extension<RequestContext>, mut request: Request, next: Next) -> Response {
    request.extensions_mut().insert(Nonce(asked.nonce));
    next.run(request).await
}

/// Loads the demo contracts that the configuration names.
///
/// # Errors
/// The file cannot be read, a row is bad, or the day for which it was written is not a date.
pub async fn prepare(settings: &Settings, site: &Site, keys: &Keys) -> Result<(), PrepareError> {
    let file = &settings.rehearsal.contracts;
    if file.is_empty() {
        return Ok(());
    }
    let mut contracts = std::fs::read(file).map_err(|error| PrepareError::File { file: file.clone(), error })?;
    let actor = Actor::Staff("rehearsal");
    let (store, clock, rng) = (&site.store, &*site.clock, &*site.rng);
    if !settings.rehearsal.contracts_as_of.is_empty() {
        let as_of = days_of(&settings.rehearsal.contracts_as_of).ok_or(PrepareError::AsOf)?;
        let demo = DemoFile::read(&contracts)?;
        contracts = demo.moved(demo.days_to_move(store, as_of, day_in_japan(clock.now())).await?)?;
    }
    let importer = Importer { store, clock, rng, keys: Some(keys), actor, progress: &Unwatched };
    let report = importer.run(std::io::Cursor::new(contracts), false).await?;
    match report.bad.first() {
        Some(bad) => Err(PrepareError::Row(bad.clone())),
        None => Ok(()),
    }
}
