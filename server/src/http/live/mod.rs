//! Live state for screens and pages that wait: server-sent events that say "look again". The store is asked, once a second for all
//! of a node together, so it does not matter which node a link was confirmed on.

mod flows;
mod followed;
mod places;
mod requests;

pub(super) use flows::follow as follow_flow;
pub(super) use requests::follow as follow_requests;

use self::followed::{Followed, Follower};
use self::places::Places;
use crate::http::streaming::Streaming;
use crate::store::{FlowId, SessionId, Stored};
use crate::use_cases::{Standing, UseCases};
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, StreamExt as _, stream};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// How often the store is asked.
const EVERY: Duration = Duration::from_secs(1);
/// How long one stream lives before the browser has to connect again.
const LIFE: Duration = Duration::from_secs(600);
/// How many are asked for with one statement: those who wait hear as soon as their own answer is there, and no more answers are held
/// at once.
const AT_ONCE: usize = 512;

/// The live streams of a node.
#[derive(Clone)]
pub struct Live {
    places: Places,
    flows: Followed<FlowId, Standing>,
    /// How many moves the requests of the customer have made; nothing once the session is over.
    sessions: Followed<SessionId, Option<i64>>,
    /// Wakes the task that asks the store, when somebody comes.
    begun: Arc<Notify>,
}

impl Live {
    /// Makes room for so many streams.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self {
            places: Places::new(most),
            flows: Followed::default(),
            sessions: Followed::default(),
            begun: Arc::default(),
        }
    }

    /// Returns how many streams there may be.
    #[must_use]
    pub fn most(&self) -> usize {
        self.places.most()
    }

    /// Returns how many streams there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.count_taken()
    }

    fn follow_flow(&self, id: FlowId) -> Follower<FlowId, Standing> {
        let follower = self.flows.follow(id);
        self.begun.notify_one();
        follower
    }

    fn follow_session(&self, id: SessionId) -> Follower<SessionId, Option<i64>> {
        let follower = self.sessions.follow(id);
        self.begun.notify_one();
        follower
    }

    /// Asks the store once a second for all that is followed, and tells the streams. Asks nothing while nobody waits.
    pub async fn run(self, use_cases: UseCases, stop: CancellationToken) {
        let mut turns = interval(EVERY);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut answers = true;
        loop {
            let (flows, sessions) = (self.flows.keys(), self.sessions.keys());
            if flows.is_empty() && sessions.is_empty() {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = self.begun.notified() => continue,
                }
            }
            let asked = (self.ask_flows(&use_cases, &flows).await, self.ask_sessions(&use_cases, &sessions).await);
            let failed = asked.0.and(asked.1).err();
            // The streams stay, and hear of what they missed once the database answers.
            if let Some(found) = failed.as_ref().filter(|_| answers) {
                tracing::error!(event = "live_unavailable", reason = %found, "the database did not answer for waiting screens");
            }
            answers = failed.is_none();
            tokio::select! {
                () = stop.cancelled() => return,
                _ = turns.tick() => {}
            }
        }
    }

    async fn ask_flows(&self, use_cases: &UseCases, ids: &[FlowId]) -> Stored<()> {
        for ids in ids.chunks(AT_ONCE) {
            let standings = use_cases.standings(ids).await?;
            let read = |id: &FlowId| standings.get(id).copied().unwrap_or(Standing::Unknown);
            self.flows.tell(ids, read, |standing| standing == Standing::Unknown);
        }
        Ok(())
    }

    async fn ask_sessions(&self, use_cases: &UseCases, ids: &[SessionId]) -> Stored<()> {
        for ids in ids.chunks(AT_ONCE) {
            let moves = use_cases.request_moves(ids).await?;
            self.sessions.tell(ids, |id| moves.get(id).copied(), |_| false);
        }
        Ok(())
    }
}

/// An answer that stays open and brings these events.
fn answer(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    // Some browsers call a stream open only with its first bytes.
    let opened = stream::once(async { Event::default().comment("") });
    let events = opened.chain(events).map(Ok::<_, Infallible>);
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
    // A proxy that gathers answers would keep the events back.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response.extensions_mut().insert(Streaming);
    response
}
