//! The procedures of the portal: GET shows the step that the server holds, POST moves it on and answers 303. Pages that follow
//! requests hear of a new state by a stream.

use super::form::parse_form;
use super::{RequestContext, Site, errors, pages};
use crate::secret::token_hash;
use crate::use_cases::SESSION_COOKIE;
use app::fault::Fault;
use app::pages::portal::{procedure, procedure_address, request_address};
use app::port::{Procedure, ProcedureScreen};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use futures::{StreamExt as _, stream};
use rules::RequestKind;
use std::convert::Infallible;
use std::time::Duration;

/// How often the store is asked.
const EVERY: Duration = Duration::from_secs(1);
/// How many times one stream asks before the browser has to connect again.
const TURNS: u32 = 600;

pub(super) async fn view(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path((id, kind)): Path<(String, String)>,
) -> Response {
    let Some(kind) = RequestKind::parse(&kind) else { return errors::not_found().await };
    match site.port.procedure(&asked.visitor, kind, &id).await {
        // What was sent has an address of its own, where it stays when it comes to its end and the procedure can begin again.
        Ok(Procedure { screen: ProcedureScreen::Receipt(request), .. }) => {
            Redirect::to(&request_address(&request.reference)).into_response()
        }
        Ok(data) => {
            let status = if data.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            let props = pages::watched(&site, &asked).await;
            (status, Html(procedure(site.port.brand(), data, props))).into_response()
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// One request, open or at its end.
pub(super) async fn request(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(reference): Path<String>,
) -> Response {
    match site.port.request(&asked.visitor, &reference).await {
        Ok(data) => Html(procedure(site.port.brand(), data, pages::watched(&site, &asked).await)).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn submit(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path((id, kind)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(kind) = RequestKind::parse(&kind) else { return errors::not_found().await };
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    match site.port.submit_procedure(&asked.visitor, kind, &id, form).await {
        Ok(true) => Redirect::to(&procedure_address(kind, &id)).into_response(),
        Ok(false) => Redirect::to(&format!("/portal/contracts/{id}")).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}

pub(super) async fn withdraw(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    match site.port.withdraw_request(&asked.visitor, form.get("reference")).await {
        Ok(contract) => Redirect::to(&format!("/portal/contracts/{contract}")).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}

/// Says once that a request has come to another state: the page is loaded again then.
pub(super) async fn follow(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    let seen = match site.port.requests_moved_at(&asked.visitor).await {
        Ok(seen) => seen,
        // The page finds out itself that the session has ended; 204 tells the browser not to come back.
        Err(Fault::SignedOut) => return StatusCode::NO_CONTENT.into_response(),
        Err(fault) => return errors::fault(&asked, &fault),
    };
    let session = asked.visitor.cookie(SESSION_COOKIE).map(token_hash).unwrap_or_default();
    let places = site.streams.clone().try_acquire_owned().ok().zip(site.seats.take(&session));
    let Some(places) = places else { return errors::refuse(StatusCode::SERVICE_UNAVAILABLE) };
    let events = stream::unfold((site, asked, places, TURNS), move |(site, asked, places, mut turns)| async move {
        while turns > 0 {
            turns -= 1;
            tokio::select! {
                () = site.stop.cancelled() => return None,
                () = tokio::time::sleep(EVERY) => {}
            }
            let moved = site.port.requests_moved_at(&asked.visitor).await.ok()?;
            if moved != seen {
                return Some((Ok::<_, Infallible>(Event::default().data("look")), (site, asked, places, 0)));
            }
        }
        None
    });
    // Some browsers call a stream open only with its first bytes.
    let opened = stream::once(async { Ok(Event::default().comment("")) });
    let events = opened.chain(events);
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // A proxy that gathers answers would keep the events back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
