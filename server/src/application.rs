//! Puts the parts together: store, use cases, worker, router. `nirin serve` runs it until it is told to stop.

use crate::clock::Clock;
use crate::config::{Settings, TransportKind};
use crate::http::serve::{ConnectionLimits, serve};
use crate::http::{Scrape, Site, assets, metrics_router, refused_by_hyper, router};
use crate::import;
use crate::mail::{MailboxTransport, Relay, SmtpTransport, Transport, Worker};
use crate::rng::Rng;
use crate::secret::Keys;
use crate::store::Store;
use crate::use_cases::{Parts, UseCases};
use mails::Palette;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// Connections of those who watch the server.
const METRICS_CONNECTIONS: usize = 16;

/// The reason why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error("{0}")]
    Store(#[from] crate::store::StoreError),
    #[error("{0}")]
    Keys(#[from] crate::secret::KeyError),
    #[error("{0}")]
    PasswordHasher(#[from] crate::secret::PasswordFault),
    #[error("{0}")]
    Smtp(#[from] crate::mail::SmtpError),
    #[error("{0}")]
    Settings(#[from] crate::config::SettingsError),
    #[error("http.listen: {0}")]
    Listen(#[from] std::io::Error),
    #[error("http.metrics_listen: {0}")]
    MetricsListen(std::io::Error),
    #[error("http.metrics_listen: {0}")]
    Metrics(#[from] metrics_exporter_prometheus::BuildError),
    #[error("traces.endpoint: {0}")]
    Traces(#[from] opentelemetry_otlp::ExporterBuildError),
}

/// The server, which listens but does not answer yet.
pub struct Application {
    worker: Worker,
    site: Site,
    #[cfg(feature = "rehearsal")]
    rehearsal: crate::rehearsal::Rehearsal,
    listener: TcpListener,
    address: SocketAddr,
    /// Where the metrics are asked for, if they are.
    metrics: Option<(TcpListener, Scrape)>,
}

impl Application {
    /// Connects and migrates the store, opens the keys, binds the port.
    ///
    /// # Errors
    /// A part could not be built; the error names it.
    pub async fn build(settings: &Settings, clock: Arc<dyn Clock>, rng: Arc<dyn Rng>) -> Result<Self, BuildError> {
        let store = Store::open(&settings.store).await?;
        store.migrate().await?;
        let keys = Keys::open(&settings.secrets.key_file, &*rng)?;
        let outbox_wakeup = Arc::new(Notify::new());
        let relay = Arc::new(Relay::new(settings.mail.smtp.connections));
        let brand = settings.brand.brand(&settings.http, &settings.mail);
        let brand_assets = settings.brand.assets()?;
        let parts = Parts {
            store: store.clone(),
            clock: clock.clone(),
            rng: rng.clone(),
            keys: keys.clone(),
            brand: brand.clone(),
            outbox_wakeup: outbox_wakeup.clone(),
            relay: relay.clone(),
        };
        let use_cases = UseCases::new(settings, parts)?;
        let transport: Arc<dyn Transport> = match settings.mail.transport {
            TransportKind::Mailbox => Arc::new(MailboxTransport::new(store.clone(), clock.clone())),
            TransportKind::Smtp => Arc::new(SmtpTransport::new(&settings.mail.smtp, clock.clone())?),
        };
        #[cfg(feature = "rehearsal")]
        let rehearsal = crate::rehearsal::Rehearsal::default();
        #[cfg(feature = "rehearsal")]
        let transport = rehearsal.faulty(transport);
        let worker = Worker {
            store: store.clone(),
            clock: clock.clone(),
            keys,
            brand,
            palette: Palette::of(&brand_assets.tokens(&design::shipped())),
            settings: settings.mail.clone(),
            transport,
            resolver: Arc::new(use_cases.reset_requests()),
            reminders: Arc::new(use_cases.due_reminders()),
            outbox_wakeup,
            relay,
        };
        let listener = TcpListener::bind(settings.http.listen).await?;
        let address = listener.local_addr()?;
        let site = Site::new(settings, use_cases, store, clock, rng, brand_assets);
        assets::keep(&site).await?;
        let metrics = match settings.http.metrics_listen {
            Some(address) => Some(Self::metrics(address, &site).await?),
            None => None,
        };
        Ok(Self {
            worker,
            site,
            #[cfg(feature = "rehearsal")]
            rehearsal,
            listener,
            address,
            metrics,
        })
    }

    async fn metrics(address: SocketAddr, site: &Site) -> Result<(TcpListener, Scrape), BuildError> {
        let listener = TcpListener::bind(address).await.map_err(BuildError::MetricsListen)?;
        let address = listener.local_addr().map_err(BuildError::MetricsListen)?;
        tracing::info!(event = "metrics", listen = %address, "metrics can be asked for");
        Ok((listener, Scrape::install(site.clone())?))
    }

    /// Lets the rehearsal pages turn this clock.
    #[cfg(feature = "rehearsal")]
    #[must_use]
    pub fn with_rehearsal_clock(mut self, clock: Arc<crate::clock::SystemClock>) -> Self {
        self.rehearsal.clock = Some(clock);
        self
    }

    /// Returns the address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the address at which metrics can be asked for, if they can.
    #[must_use]
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().and_then(|(listener, _)| listener.local_addr().ok())
    }

    /// Returns what the handlers are given.
    #[must_use]
    pub const fn site(&self) -> &Site {
        &self.site
    }

    /// Returns the outbox worker, for tests that run it by hand.
    #[must_use]
    pub const fn worker(&self) -> &Worker {
        &self.worker
    }

    /// Answers requests and sends mail until it is told to stop. Requests under way and mails in hand are then finished. An import of
    /// contracts that was interrupted is finished too.
    pub async fn run(self, stop: CancellationToken) {
        let worker = tokio::spawn(self.worker.clone().run(stop.clone()));
        let store = self.site.store.clone();
        let (clock, rng, keys) = (self.site.clock.clone(), self.site.rng.clone(), self.worker.keys.clone());
        let interrupted = import::finish_interrupted(store.clone(), clock, rng, keys);
        // Where it stops once more, the next start goes on with it.
        let import = tokio::spawn(stop.clone().run_until_cancelled_owned(interrupted));
        self.answer(stop.clone()).await;
        stop.cancel();
        let _ = worker.await;
        let _ = import.await;
        store.close().await;
    }

    /// Answers requests only. Mails wait for a worker, which tests run by hand.
    pub async fn answer(mut self, stop: CancellationToken) {
        let metrics = self.metrics.take().map(|(listener, scrape)| {
            let none = Arc::new(|_: IpAddr| false);
            let limits = ConnectionLimits { connections: METRICS_CONNECTIONS, ..ConnectionLimits::default() };
            tokio::spawn(serve(listener, metrics_router(scrape), limits, none, "".into(), stop.clone()))
        });
        let live = tokio::spawn(self.site.live.clone().run(self.site.use_cases.clone(), stop.clone()));
        // Addresses that only some builds have.
        #[cfg(feature = "rehearsal")]
        let more = crate::rehearsal::router(&self.site, &self.rehearsal);
        #[cfg(not(feature = "rehearsal"))]
        let more = axum::Router::new();
        let settings = self.site.settings.clone();
        let limits = ConnectionLimits {
            connections: settings.connections,
            per_peer: settings.connections_per_peer,
            ..ConnectionLimits::default()
        };
        let headers = refused_by_hyper(&settings).into();
        let unbounded = Arc::new(move |peer: IpAddr| settings.trusts(peer));
        serve(self.listener, router(self.site, more, stop.clone()), limits, unbounded, headers, stop).await;
        let _ = live.await;
        if let Some(metrics) = metrics {
            let _ = metrics.await;
        }
    }
}
