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

fn is_ours(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("-"));
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == public_url.trim_end_matches('/'),
        (None, None) => false,
    }
}
