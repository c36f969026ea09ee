//! Live state for a waiting screen: server-sent events that say "look again". The store is asked, so it does not matter
//! which node a link was confirmed on.

use super::{RequestContext, Site, errors};
use crate::secret::token_hash;
use crate::use_cases::flow_cookie;
use app::wire::{Delivery, Flow, Page, StepName};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::{StreamExt as _, stream};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::OwnedSemaphorePermit;

/// How often the store is asked.
const EVERY: Duration = Duration::from_millis(1_000);
/// How many times one stream asks before the browser has to connect again.
const TURNS: u32 = 600;
/// Streams of one flow or one session at the same time: as many tabs as anybody has open.
const OF_ONE: usize = 5;

struct Following {
    site: Site,
    asked: RequestContext,
    flow: Flow,
    seen: Option<(StepName, Option<Delivery>)>,
    turns: u32,
    /// One of the streams that a node holds at the same time.
    _place: OwnedSemaphorePermit,
    _seat: Seat,
}

/// Who follows on this node, by the hash of the cookie of flow or session: nobody takes the places of all others.
#[derive(Clone, Default)]
pub struct Seats(Arc<Mutex<HashMap<String, usize>>>);

/// One stream; given back when it ends.
pub(super) struct Seat(Seats, String);

impl Seats {
    pub(super) fn take(&self, cookie: &str) -> Option<Seat> {
        let mut taken = self.0.lock().ok()?;
        let count = taken.entry(cookie.to_owned()).or_default();
        (*count < OF_ONE).then(|| {
            *count += 1;
            Seat(self.clone(), cookie.to_owned())
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Ok(mut taken) = self.0.0.lock()
            && let Some(count) = taken.get_mut(&self.1)
        {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.1);
            }
        }
    }
}

pub(super) async fn live(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(flow): Path<String>,
) -> Response {
    let Some(flow) = Flow::from_name(&flow).filter(|flow| matches!(flow, Flow::Enrol | Flow::SignIn)) else {
        return errors::not_found().await;
    };
    let seen = match site.port.view(&asked.visitor, flow).await {
        // Nothing to wait for: 204 tells the browser not to come back.
        Ok(page) if !page.screen.waits() => return StatusCode::NO_CONTENT.into_response(),
        Ok(page) => Some(state_of(&page)),
        Err(fault) => return errors::fault(&asked, &fault),
    };
    let cookie = asked.visitor.cookie(flow_cookie(flow)).map(token_hash).unwrap_or_default();
    let (Ok(place), Some(seat)) = (site.streams.clone().try_acquire_owned(), site.seats.take(&cookie)) else {
        // The browser asks now and then instead.
        return errors::refuse(StatusCode::SERVICE_UNAVAILABLE);
    };
    let following = Following { site, asked, flow, seen, turns: 0, _place: place, _seat: seat };
    let events = stream::unfold(following, |mut following| async move {
        loop {
            following.turns += 1;
            if following.turns > TURNS {
                return None;
            }
            tokio::select! {
                () = following.site.stop.cancelled() => return None,
                () = tokio::time::sleep(EVERY) => {}
            }
            let page = following.site.port.view(&following.asked.visitor, following.flow).await.ok()?;
            let state = Some(state_of(&page));
            if state != following.seen {
                following.seen = state;
                if !page.screen.waits() {
                    // This is the last event of the stream, because the step is over.
                    following.turns = TURNS;
                }
                return Some((Ok::<_, Infallible>(Event::default().event("changed").data("look")), following));
            }
        }
    });
    // Some browsers call a stream open only with its first bytes.
    let opened = stream::once(async { Ok(Event::default().comment("")) });
    let events = opened.chain(events);
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // A proxy that gathers answers would keep the events back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

fn state_of(page: &Page) -> (StepName, Option<Delivery>) {
    (page.screen.step(), page.screen.delivery())
}
