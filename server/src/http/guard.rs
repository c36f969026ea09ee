//! What is asked of every unsafe request before anything reads it: it comes from our own pages (Fetch Metadata, Origin as
//! fallback, neither refused: OWASP ASVS 3.5.1–3.5.3), it is small, and it arrives in time.

use super::{Site, errors};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::time::Duration;

/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(10);

pub(super) async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let reports = request.uri().path() == "/csp-report";
    if !reports && !is_ours(request.headers(), &site.settings.public_url) {
        return errors::refuse(StatusCode::FORBIDDEN);
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(BODY_TIME, to_bytes(body, site.body_limit)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => errors::refuse(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => errors::refuse(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Whether a browser says that the request comes from one of our own pages. Where a header stands more than once, each must.
fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let said = |name: &str, wanted: &str| {
        let lines = headers.get_all(name);
        lines.iter().next().map(|_| lines.iter().all(|line| line == wanted))
    };
    said("sec-fetch-site", "same-origin")
        .or_else(|| said(header::ORIGIN.as_str(), public_url.trim_end_matches('/')))
        .unwrap_or(false)
}
