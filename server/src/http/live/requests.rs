//! The stream of a page that shows requests: it says once that one has come to another state, and the page is loaded again.

use super::{LIFE, answer};
use crate::http::{RequestContext, Site, errors};
use crate::store::SessionId;
use crate::use_cases::SESSION_COOKIE;
use app::fault::Fault;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::Event;
use axum::response::{IntoResponse as _, Response};
use futures::{FutureExt as _, StreamExt as _};
use tokio::time::sleep;

/// How many states the person's requests had come to before the page was read. A page of an earlier build does not say it.
#[derive(serde::Deserialize)]
pub(in crate::http) struct Seen {
    moves: Option<i64>,
}

pub(in crate::http) async fn follow(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Query(Seen { moves }): Query<Seen>,
) -> Response {
    let now = match site.port.request_moves(&asked.visitor).await {
        Ok(moves) => moves,
        // The page finds out itself that the session has ended; 204 tells the browser not to come back.
        Err(Fault::SignedOut) => return StatusCode::NO_CONTENT.into_response(),
        Err(fault) => return errors::fault(&asked, &fault),
    };
    let id = SessionId::of_token(asked.visitor.cookie(SESSION_COOKIE).unwrap_or_default());
    let Some(place) = site.live.places.take(id.as_str()) else {
        return errors::refuse(StatusCode::SERVICE_UNAVAILABLE);
    };
    let mut follower = site.live.follow_session(id);
    let stop = site.stop;
    let moved = async move {
        let _place = place;
        tokio::select! {
            () = stop.cancelled() => None,
            () = sleep(LIFE) => None,
            // With the session the stream is over, and nothing has moved.
            moved = follower.differs_from(Some(moves.unwrap_or(now))) => moved.map(|_| Event::default().data("look")),
        }
    };
    answer(moved.into_stream().filter_map(std::future::ready))
}
