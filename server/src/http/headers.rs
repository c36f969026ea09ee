//! What every answer carries, errors and assets included (OWASP ASVS 3.4): isolation, no sniffing, no framing, a strict
//! Content-Security-Policy; one log line a request, without addresses that people typed or links they followed.

use super::route::route_of;
use super::{RequestContext, Site};
use crate::config::HttpSettings;
use crate::traces::{self, TracedRequest};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

const FIXED: [(&str, &str); 8] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-frame-options", "DENY"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    ),
    ("reporting-endpoints", "csp=\"/csp-report\""),
];
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// The headers of answers that no handler gives: hyper's to what it cannot read as a request. Nothing is shown, so nothing is allowed.
#[must_use]
pub fn refused_by_hyper(settings: &HttpSettings) -> String {
    let hsts = settings.is_https().then_some(("strict-transport-security", HSTS));
    let policy =
        ("content-security-policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'");
    FIXED
        .into_iter()
        .chain([policy, ("cache-control", "no-store")])
        .chain(hsts)
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect()
}

pub(super) async fn headers(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let started = site.clock.now();
    let asked = RequestContext::of(&request, &site);
    let method = request.method().clone();
    let route = route_of(&request).unwrap_or_else(|| "-".to_owned());
    request.extensions_mut().insert(asked.clone());
    // Every line that is written on the way bears the request's number.
    let span = tracing::info_span!("request", request_id = asked.visitor.request_id);
    let traced = TracedRequest { method: &method, route: &route, id: &asked.visitor.request_id };
    let traced = traces::request(&traced);
    let mut response = next.run(request).instrument(span).instrument(traced.clone()).await;
    let status = response.status();
    traces::answered(&traced, status.as_u16());
    let set = response.headers_mut();
    for (name, value) in FIXED {
        set.insert(name, HeaderValue::from_static(value));
    }
    if site.settings.is_https() {
        set.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{0}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{0}'; \
         img-src 'self'; connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
         report-uri /csp-report; report-to csp",
        asked.nonce
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        set.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    #[cfg(feature = "rehearsal")]
    for (name, value) in preview::headers(&route, &preview::Nonce(asked.nonce.clone())) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            set.insert(name, value);
        }
    }
    if !set.contains_key(header::CACHE_CONTROL) {
        set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(&asked.visitor.request_id) {
        set.insert("x-request-id", id);
    }
    tracing::info!(
        event = "request",
        request_id = asked.visitor.request_id,
        %method,
        route,
        status = status.as_u16(),
        ms = site.clock.now() - started,
        "a request was answered"
    );
    response
}
