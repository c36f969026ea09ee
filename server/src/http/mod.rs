//! HTTP: the routes, and what every response carries. There are no rules here.

pub mod assets;
mod cookies;
mod counted_places;
mod device;
mod errors;
mod flows;
mod form;
mod guard;
mod headers;
mod live;
mod metrics;
mod pages;
mod procedures;
mod route;
pub mod serve;
mod socket;
mod streaming;
mod visitor;

pub use headers::refused_by_hyper;
pub use live::Live;
pub use metrics::{Scrape, metrics_router};
pub use visitor::RequestContext;

use crate::clock::Clock;
use crate::config::{HttpSettings, ResetProof, Settings};
use crate::rng::Rng;
use crate::store::Store;
use crate::use_cases::UseCases;
use app::pages::guide::{Chosen, Guide};
use app::pages::shell::DocumentProps;
use app::port::Port;
use assets::{BrandFiles, InlineStyles};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, post};
use design::BrandAssets;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{Predicate as _, SizeAbove};
use tower_http::compression::{CompressionLayer, DefaultPredicate};

/// Smaller answers are not compressed, in bytes: with their head they leave in one packet anyhow, as most answers to the script do, and the
/// encoder would clear its memory for each.
const COMPRESSED_FROM: u64 = 1_000;
/// How hard the encoders try. Brotli takes as long with one less, and leaves a tenth more.
const COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// What the handlers need. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub use_cases: UseCases,
    pub port: Arc<dyn Port>,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub rng: Arc<dyn Rng>,
    pub settings: Arc<HttpSettings>,
    /// The brand's own colours and drawings.
    pub brand_assets: Arc<BrandAssets>,
    /// What of the build's files is the brand's.
    pub brand_files: Arc<BrandFiles>,
    /// Where this build's assets are, with a hash of their content: `/assets/1a2b3c4d`.
    pub assets: Arc<str>,
    pub inline_styles: InlineStyles,
    pub body_limit: usize,
    /// The first page, drawn once.
    pub guide: Arc<Guide>,
    /// Whether a mail that the mail server accepted has only been sent, and not yet arrived.
    pub through_relay: bool,
    /// What the configuration decides about screens, for the gallery.
    #[cfg(feature = "rehearsal")]
    pub chosen: Chosen,
    pub live: Live,
    /// Ends live streams when the server stops.
    pub stop: CancellationToken,
}

impl Site {
    #[must_use]
    pub fn new(
        settings: &Settings,
        use_cases: UseCases,
        store: Store,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        brand_assets: BrandAssets,
    ) -> Self {
        let chosen = Chosen {
            profile: settings.password.profile,
            mask_user_id: settings.accounts.mask_user_id,
            phone: settings.accounts.reset_proof == ResetProof::Phone,
            through_relay: settings.mail.through_relay(),
        };
        let brand_files = assets::of_brand(&settings.http.assets, &brand_assets);
        let guide = Guide::draw(use_cases.brand(), &settings.limits, chosen);
        Self {
            port: Arc::new(use_cases.clone()),
            use_cases,
            store,
            clock,
            rng,
            assets: assets::address(&settings.http.assets, &brand_files).into(),
            inline_styles: InlineStyles::read(&settings.http.assets, &brand_assets),
            brand_assets: Arc::new(brand_assets),
            brand_files: Arc::new(brand_files),
            settings: Arc::new(settings.http.clone()),
            body_limit: settings.limits.body_bytes as usize,
            guide: Arc::new(guide),
            through_relay: settings.mail.through_relay(),
            #[cfg(feature = "rehearsal")]
            chosen,
            live: Live::new(settings.http.live_streams()),
            stop: CancellationToken::new(),
        }
    }

    /// Returns what a document that answers this request needs besides its content.
    #[must_use]
    pub fn document_props(&self, asked: &RequestContext) -> DocumentProps {
        DocumentProps {
            nonce: asked.nonce.clone(),
            assets: self.assets.to_string(),
            style: self.inline_styles.whole.clone().filter(|_| asked.comes_from_elsewhere),
            ..DocumentProps::default()
        }
    }
}

/// Returns every address of the product, and those of `more`. The route test holds this list against who may call what.
pub fn router(mut site: Site, more: Router<Site>, stop: CancellationToken) -> Router {
    site.stop = stop;
    let flows = Router::new()
        .route("/enrol", get(flows::view).post(flows::submit))
        .route("/user-id", get(flows::view).post(flows::submit))
        .route("/password-reset", get(flows::view).post(flows::submit))
        .route("/sign-in", get(flows::view).post(flows::submit))
        .route("/link", get(flows::view).post(flows::submit))
        .route("/link/{*token}", get(flows::open_link))
        .route("/api/{*function}", any(flows::server_function));
    let streams =
        Router::new().route("/live/{flow}", get(live::follow_flow)).route("/live/requests", get(live::follow_requests));
    let portal = Router::new()
        .route("/portal", get(pages::portal))
        .route("/portal/contracts/{id}", get(pages::contract))
        .route("/portal/contracts/{id}/{procedure}", get(procedures::view).post(procedures::submit))
        .route("/portal/requests/{reference}", get(procedures::request))
        .route("/portal/requests/withdraw", post(procedures::withdraw))
        .route("/portal/account", get(pages::account).post(flows::submit))
        .route("/portal/sessions", post(pages::end_sessions))
        .route("/portal/reminders", post(pages::choose_reminders))
        .route("/sign-out", post(pages::sign_out));
    let open = Router::new()
        .route("/", get(pages::guide))
        .route("/help", get(pages::help_index))
        .route("/help/{topic}", get(pages::help))
        .route("/healthz", get(pages::healthz))
        .route("/readyz", get(pages::readyz))
        .route("/robots.txt", get(pages::robots))
        .route("/.well-known/change-password", get(pages::change_password))
        .route("/.well-known/security.txt", get(pages::security_txt))
        .route("/csp-report", post(pages::csp_report));
    let all = flows.merge(portal).merge(open).merge(assets::router(&site)).merge(more).fallback(errors::not_found);
    let guarded = |routes: Router<Site>| {
        routes
            .method_not_allowed_fallback(errors::method_not_allowed)
            .layer(from_fn_with_state(site.clone(), guard::guard))
            .layer(CatchPanicLayer::custom(errors::panicked))
            .layer(from_fn_with_state(site.clone(), errors::render_error_page))
    };
    let compressed = DefaultPredicate::new().and(SizeAbove::new(COMPRESSED_FROM));
    let compression = CompressionLayer::new().quality(COMPRESSION).compress_when(compressed);
    guarded(all)
        .layer(compression)
        // Events are never compressed, and even so the layer would cost each waiting screen 7 KB.
        .merge(guarded(streams))
        .layer(from_fn_with_state(site.clone(), headers::headers))
        .layer(from_fn(metrics::count))
        .with_state(site)
}
