//! The interface of a rehearsal for test suites in any language: who there is, what was mailed, the clock, faults of mail.
//! `end2end/README.md` documents it. Every answer bears [`VERSION`]; fields may be added, and a change of what is there makes a new
//! version.

mod clock;
mod error;
mod faults;
mod mails;
mod new_person;
mod people;

use super::Rehearsal;
use super::clock::RehearsalClock;
use crate::http::Site;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Json, Router};
use error::{ApiError, ErrorCode};
use new_person::Registration;
use serde::Serialize;
use std::sync::Arc;

/// The version of the interface, which every answer bears.
const VERSION: u32 = 1;

/// Where the interface begins.
const ROOT: &str = "/rehearsal/api";

/// What every answer is: its fields beside the version.
#[derive(Serialize)]
struct Versioned<T> {
    version: u32,
    #[serde(flatten)]
    body: T,
}

impl<T> Versioned<T> {
    const fn of(body: T) -> Self {
        Self { version: VERSION, body }
    }
}

/// An answer, or why there is none.
type Answered<T> = Result<Json<Versioned<T>>, ApiError>;

const fn answer<T>(body: T) -> Answered<T> {
    Ok(Json(Versioned::of(body)))
}

pub(super) fn router(rehearsal: &Rehearsal) -> Router<Site> {
    Router::new()
        .route("/rehearsal/api", get(about))
        .route("/rehearsal/api/people", get(people::list).post(new_person::add))
        .route("/rehearsal/api/people/{id}", get(people::one))
        .route("/rehearsal/api/mails", get(mails::list))
        .route("/rehearsal/api/mails/next", get(mails::next))
        .route("/rehearsal/api/clock", get(clock::show).post(clock::turn))
        .route("/rehearsal/api/faults", get(faults::list).post(faults::set))
        .layer(Extension(rehearsal.faults.clone()))
        .layer(Extension(RehearsalClock(rehearsal.clock.clone())))
        .layer(Extension(Arc::new(Registration::default())))
}

/// Returns whether the interface answers this address, so that an error there is JSON too.
pub(crate) fn answers(path: &str) -> bool {
    path.strip_prefix(ROOT).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The answer to what was refused before a handler was asked.
pub(crate) fn refused(status: StatusCode, site: &Site) -> Response {
    ApiError::of_status(status, site).with_status(status)
}

/// What this server is, for a suite that does not know its configuration.
#[derive(Serialize)]
struct About {
    service: String,
    insurer: String,
    /// Where mailed links lead, and what `Origin` has to be.
    public_url: String,
    password_profile: &'static str,
    mask_user_id: bool,
    reset_proof_phone: bool,
    lifetimes: Lifetimes,
    addresses: Vec<&'static str>,
}

/// How long things last.
#[derive(Serialize)]
struct Lifetimes {
    code_seconds: i64,
    link_seconds: i64,
    /// Before a mail can be sent once more.
    resend_seconds: i64,
    flow_idle_seconds: i64,
    session_idle_seconds: i64,
    session_seconds: i64,
}

async fn about(State(site): State<Site>) -> Answered<About> {
    let (brand, limits) = (site.port.brand(), site.port.limits());
    answer(About {
        service: brand.service.clone(),
        insurer: brand.insurer.clone(),
        public_url: site.settings.public_url.trim_end_matches('/').to_owned(),
        password_profile: site.chosen.profile.as_str(),
        mask_user_id: site.chosen.mask_user_id,
        reset_proof_phone: site.chosen.phone,
        lifetimes: Lifetimes {
            code_seconds: limits.code_life_ms / 1_000,
            link_seconds: limits.link_life_ms / 1_000,
            resend_seconds: limits.resend_gap_ms / 1_000,
            flow_idle_seconds: limits.flow_idle_ms / 1_000,
            session_idle_seconds: limits.session_idle_ms / 1_000,
            session_seconds: limits.session_life_ms / 1_000,
        },
        addresses: vec![
            "/rehearsal/api/people",
            "/rehearsal/api/people/{id}",
            "/rehearsal/api/mails",
            "/rehearsal/api/mails/next",
            "/rehearsal/api/clock",
            "/rehearsal/api/faults",
        ],
    })
}
