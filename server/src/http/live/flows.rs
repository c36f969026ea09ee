//! The stream of a waiting screen: it says "look" whenever the screen would show something else.

use super::followed::Follower;
use super::places::Place;
use super::{LIFE, answer};
use crate::http::{RequestContext, Site, errors};
use crate::store::FlowId;
use crate::use_cases::{Standing, flow_cookie};
use app::port::{Port, Visitor};
use app::wire::{Delivery, Flow, Page, StepName};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::sse::Event;
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use std::sync::Arc;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

/// What of a screen can change while somebody waits in front of it.
#[derive(PartialEq)]
struct Shown {
    step: StepName,
    delivery: Option<Delivery>,
    waits: bool,
}

impl Shown {
    fn of(page: &Page) -> Self {
        Self { step: page.screen.step(), delivery: page.screen.delivery(), waits: page.screen.waits() }
    }
}

struct Following {
    port: Arc<dyn Port>,
    stop: CancellationToken,
    visitor: Visitor,
    flow: Flow,
    seen: Shown,
    follower: Follower<FlowId, Standing>,
    until: Instant,
    _place: Place,
}

pub(in crate::http) async fn follow(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(flow): Path<String>,
) -> Response {
    let Some(flow) = Flow::parse(&flow).filter(|flow| matches!(flow, Flow::Enrol | Flow::SignIn)) else {
        return errors::not_found().await;
    };
    let seen = match site.port.view(&asked.visitor, flow).await {
        // Nothing to wait for: 204 tells the browser not to come back.
        Ok(page) if !page.screen.waits() => return StatusCode::NO_CONTENT.into_response(),
        Ok(page) => Shown::of(&page),
        Err(fault) => return errors::fault(&asked, &fault),
    };
    let id = FlowId::of_token(asked.visitor.cookie(flow_cookie(flow)).unwrap_or_default());
    let Some(place) = site.live.places.take(id.as_str()) else {
        // The browser asks now and then instead.
        return errors::refuse(StatusCode::SERVICE_UNAVAILABLE);
    };
    let follower = site.live.follow_flow(id);
    let until = Instant::now() + LIFE;
    let Site { port, stop, .. } = site;
    let following = Following { port, stop, visitor: asked.visitor, flow, seen, follower, until, _place: place };
    answer(stream::unfold(following, |mut following| async move {
        following.changed().await.then(|| (Event::default().event("changed").data("look"), following))
    }))
}

impl Following {
    /// Waits until the screen shows something else. Returns whether it does, or the stream has come to its end.
    async fn changed(&mut self) -> bool {
        // After the event that says that nothing is waited for any more, the stream ends.
        while self.seen.waits {
            tokio::select! {
                () = self.stop.cancelled() => return false,
                () = sleep_until(self.until) => return false,
                // The screen decides; that its row stands otherwise only says that it is time to look.
                _ = self.follower.differs_from(Standing::Waits(self.seen.delivery)) => {}
            }
            let Ok(page) = self.port.view(&self.visitor, self.flow).await else { return false };
            let shown = Shown::of(&page);
            if shown != self.seen {
                self.seen = shown;
                return true;
            }
        }
        false
    }
}
