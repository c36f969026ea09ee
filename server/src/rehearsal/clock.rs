//! The clock that can be turned forward: five minutes until a code expires, a day until a link does.

use crate::clock::SystemClock;
use crate::http::{RequestContext, Site};
use app::pages::rehearsal;
use axum::Extension;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;

/// The clock, where it may be turned.
#[derive(Clone)]
pub(super) struct RehearsalClock(pub Option<Arc<SystemClock>>);

impl RehearsalClock {
    /// Further it is not turned at once: 400 days.
    pub const MOST_SECONDS: i64 = 400 * 86_400;

    pub const fn can_be_turned(&self) -> bool {
        self.0.is_some()
    }

    /// Turns it forward, where it can be. Returns whether it did.
    pub fn turn(&self, seconds: i64) -> bool {
        let turned = self.0.as_ref().map(|clock| clock.turn(seconds * 1_000));
        turned.is_some()
    }
}

#[derive(Deserialize)]
pub(super) struct Turn {
    /// How far, in seconds.
    seconds: i64,
}

pub(super) async fn show(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    let props = site.document_props(&asked);
    Html(rehearsal::clock(site.port.brand(), site.clock.now(), props)).into_response()
}

pub(super) async fn turn(Extension(clock): Extension<RehearsalClock>, Form(turn): Form<Turn>) -> Response {
    if clock.turn(turn.seconds.clamp(0, RehearsalClock::MOST_SECONDS)) {
        Redirect::to("/rehearsal/clock").into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
