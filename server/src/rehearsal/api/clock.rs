//! The clock: read, and turned forward.

use super::{Answered, ApiError, ErrorCode, answer};
use crate::http::Site;
use crate::rehearsal::clock::RehearsalClock;
use app::text::time;
use axum::Extension;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use rules::calendar::{day_in_japan, iso_day};
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
pub(super) struct Clock {
    /// Milliseconds since 1970.
    now_ms: i64,
    /// The day in Japan, ISO 8601.
    today: String,
    /// As people in Japan read it, as screens and mails do.
    time: String,
    can_be_turned: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Turn {
    forward_seconds: i64,
}

fn shown(site: &Site, clock: &RehearsalClock) -> Clock {
    let now_ms = site.clock.now();
    Clock {
        now_ms,
        today: iso_day(day_in_japan(now_ms)),
        time: time::date_and_clock(now_ms),
        can_be_turned: clock.can_be_turned(),
    }
}

pub(super) async fn show(State(site): State<Site>, Extension(clock): Extension<RehearsalClock>) -> Answered<Clock> {
    answer(shown(&site, &clock))
}

pub(super) async fn turn(
    State(site): State<Site>,
    Extension(clock): Extension<RehearsalClock>,
    turn: Result<Json<Turn>, JsonRejection>,
) -> Answered<Clock> {
    let Json(turn) = turn?;
    let most = RehearsalClock::MOST_SECONDS;
    if !(0..=most).contains(&turn.forward_seconds) {
        let why = format!("forward_seconds is not between 0 and {most}: a clock never goes back");
        return Err(ApiError::new(ErrorCode::NotAllowed, why));
    }
    if !clock.turn(turn.forward_seconds) {
        return Err(ApiError::new(ErrorCode::ClockFixed, "this server's clock cannot be turned"));
    }
    answer(shown(&site, &clock))
}
