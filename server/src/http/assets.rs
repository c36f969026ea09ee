//! Script, WASM, style and icons of this build, precompressed, under an address that changes with their content.

use super::{Site, errors};
use crate::store::{AssetName, Stored};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use design::{BrandAssets, FLOWS_STYLE, ICON, LOGO, STYLE};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Browsers ask for these again only under another address.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Builds whose files are kept: the present one, the one before, and some that were tried.
const BUILDS: i64 = 5;

/// Files that stand in for those of the build of the same name, because they are the brand's.
pub type BrandFiles = BTreeMap<&'static str, Bytes>;

/// Returns the brand's files: the build's style with the brand's colours behind it, and its drawings.
pub(super) fn of_brand(folder: &std::path::Path, brand: &BrandAssets) -> BrandFiles {
    let mut files = BrandFiles::new();
    let colours = brand.style(&design::shipped());
    if let (false, Some(style)) = (colours.is_empty(), branded(folder, STYLE, &colours)) {
        files.insert(STYLE, style.into());
    }
    for name in [LOGO, ICON] {
        if let Some(svg) = brand.drawing(name) {
            files.insert(name, Bytes::copy_from_slice(svg.as_bytes()));
        }
    }
    files
}

/// Returns a style of the build with the brand's colours behind it, if the build has it.
fn branded(folder: &std::path::Path, name: &str, colours: &str) -> Option<String> {
    Some(std::fs::read_to_string(folder.join(name)).ok()? + colours)
}

/// The style for pages that have it inside.
#[derive(Clone, Debug, Default)]
pub struct InlineStyles {
    pub whole: Option<Arc<str>>,
    /// Without what only pages behind the sign-in use.
    pub flows: Option<Arc<str>>,
}

impl InlineStyles {
    /// Reads them from the build; one that it has not got stays a file of its own.
    pub(super) fn read(folder: &std::path::Path, brand: &BrandAssets) -> Self {
        let colours = brand.style(&design::shipped());
        let read = |name| branded(folder, name, &colours).map(Arc::from);
        Self { whole: read(STYLE), flows: read(FLOWS_STYLE) }
    }
}

/// Answers with the brand's file of a name, if there is one.
async fn brand_first(State(site): State<Site>, request: Request, next: Next) -> Response {
    let name = request.uri().path().trim_start_matches('/');
    match (kind(name), site.brand_files.get(name)) {
        (Some(kind), Some(bytes)) => ([(header::CONTENT_TYPE, kind)], bytes.clone()).into_response(),
        _ => next.run(request).await,
    }
}

/// Returns the type of a file by its name, or nothing for what is not an asset. Compressed copies are made as they are asked for.
fn kind(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css"),
        "js" => Some("text/javascript"),
        "svg" => Some("image/svg+xml"),
        "wasm" => Some("application/wasm"),
        _ => None,
    }
}

/// Stores this build's files in the database, so that nodes of other builds have them too.
///
/// # Errors
/// The database does not accept them.
pub async fn keep(site: &Site) -> Stored<()> {
    let build = site.assets.rsplit('/').next().unwrap_or_default();
    let mut tx = site.store.begin().await?;
    for file in std::fs::read_dir(&site.settings.assets).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let own = site.brand_files.get(name.as_str()).map(|bytes| Ok(bytes.to_vec()));
        if let (Some(_), Ok(bytes)) = (kind(&name), own.unwrap_or_else(|| std::fs::read(file.path()))) {
            tx.keep_asset(AssetName { build, file: &name }, &BASE64.encode(bytes), site.clock.now()).await?;
        }
    }
    tx.forget_builds_but(BUILDS).await?;
    tx.commit().await
}

/// Serves a file of a build that another node runs or ran, because requests of its pages may arrive here.
async fn of_another_build(State(site): State<Site>, Path((build, name)): Path<(String, String)>) -> Response {
    // A character that no name has may be one that no database takes.
    let is_name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    let Some(kind) = kind(&name).filter(|_| is_name(&build) && is_name(&name)) else {
        return errors::not_found().await;
    };
    let found = async { site.store.begin_read().await?.asset(AssetName { build: &build, file: &name }).await };
    match found.await {
        Ok(Some(body)) => match BASE64.decode(body) {
            Ok(bytes) => ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, FOR_EVER)], bytes).into_response(),
            Err(_) => errors::refuse(StatusCode::INTERNAL_SERVER_ERROR),
        },
        Ok(None) => errors::not_found().await,
        Err(found) => {
            tracing::error!(event = "store_unavailable", reason = %found, "the database did not answer");
            errors::refuse(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// `/assets/` and a hash of all files: browsers may keep them for ever.
pub(super) fn address(folder: &std::path::Path, brand: &BrandFiles) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).unwrap_or_default());
    }
    for file in brand.values() {
        hash.update(file);
    }
    format!("/assets/{}", hex::encode(&hash.finalize()[..6]))
}

pub(super) fn router(site: &Site) -> Router<Site> {
    let files = ServeDir::new(&site.settings.assets)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let kept = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, |response: &axum::http::Response<_>| {
        Some(HeaderValue::from_static(
            if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
                FOR_EVER
            } else {
                "no-store"
            },
        ))
    });
    // Assets are small and answered whole: a range that cannot be read would be refused instead.
    let whole = ServiceBuilder::new().map_request(|mut request: Request| {
        request.headers_mut().remove(header::RANGE);
        request
    });
    Router::new()
        .nest_service(
            &site.assets,
            whole.layer(kept).layer(from_fn_with_state(site.clone(), brand_first)).service(files),
        )
        .route("/assets/{build}/{name}", get(of_another_build))
}
