//! Script, WASM, style and icons of this build, precompressed, under an address that changes with their content.

use super::Site;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use sha2::{Digest as _, Sha256};
use std::path::Path;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// `/assets/` and a hash of all files: browsers may keep them for ever.
pub(super) fn address(folder: &Path) -> String {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).unwrap_or_default());
    }
    let digest = hash.finalize();
    let name = digest.iter().take(6).fold(String::new(), |name, byte| format!("{name}{byte:02x}"));
    format!("/assets/{name}")
}

pub(super) fn router(site: &Site) -> Router<Site> {
    let files = ServeDir::new(&site.settings.assets)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let kept = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, |response: &axum::http::Response<_>| {
        Some(HeaderValue::from_static(if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
            "public, max-age=31536000, immutable"
        } else {
            "no-store"
        }))
    });
    // Assets are small and answered whole: a range that cannot be read would be refused instead.
    let whole = ServiceBuilder::new().map_request(|mut request: Request| {
        request.headers_mut().remove(header::RANGE);
        request
    });
    Router::new().nest_service(&site.assets, whole.layer(kept).service(files))
}
