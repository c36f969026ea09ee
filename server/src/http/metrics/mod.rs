//! Requests are counted here, and here somebody who watches the server asks for what it counts, on a listener of its own.

mod scrape;

pub use scrape::Scrape;

use super::route::route_of;
use crate::metrics;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::Instant;

/// What stands for the route of a request that matches none.
const NO_ROUTE: &str = "none";

/// Counts a request and how long it took.
pub(super) async fn count(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = route_of(&request);
    let began = Instant::now();
    let response = next.run(request).await;
    metrics::request(&method, route.as_deref().unwrap_or(NO_ROUTE), response.status(), began.elapsed());
    response
}

/// Returns the one address of the listener.
pub fn metrics_router(scrape: Scrape) -> Router {
    Router::new().route("/metrics", get(text)).with_state(scrape)
}

async fn text(State(scrape): State<Scrape>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], scrape.text().await)
}
