//! What a request is named by in log, metrics and traces: the pattern of its route, never the address, which may hold a token. The
//! script's calls share one route, and are named by their function.

use app::wire::Flow;
use axum::extract::{MatchedPath, Request};

/// Before the name of a function, which is a flow's or the following one.
const CALL: &str = "/api/";
/// Reads the state of a flow again.
const VIEW: &str = "view";

/// Returns what a request is named by, or nothing if it matches no route.
pub(super) fn route_of(request: &Request) -> Option<String> {
    let pattern = request.extensions().get::<MatchedPath>()?.as_str();
    let function = request.uri().path().strip_prefix(CALL).filter(|_| pattern.starts_with(CALL));
    let known = function.filter(|word| *word == VIEW || Flow::parse(word).is_some());
    Some(known.map_or_else(|| pattern.to_owned(), |word| format!("{CALL}{word}")))
}
