//! What a node counts for Prometheus (spec section 10b). Labels are words of the program alone: nothing that a person typed, no
//! address, no id. Where no listener is configured nothing is collected.

use crate::store::MailState;
use app::samples::kinds::{EndKind, ProblemKind};
use app::wire::{Notice, Page, Screen};
use axum::http::{Method, StatusCode};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use rules::RequestKind;
use rules::limits::Limit;
use std::sync::{Mutex, OnceLock};
use std::time::Duration;

const REQUESTS: &str = "nirin_http_requests_total";
const REQUEST_SECONDS: &str = "nirin_http_request_seconds";
const STEPS: &str = "nirin_flow_posts_total";
const MAILS_SETTLED: &str = "nirin_mails_settled_total";
const MAILS_POSTPONED: &str = "nirin_mails_postponed_total";
const LIMITS: &str = "nirin_limit_refusals_total";

/// The upper ends of the classes of times, in seconds.
const SECONDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

rules::words! {
    /// What a post to a flow comes to.
    PostOutcome {
        /// It began the flow.
        Started = "started",
        /// Another step is reached.
        MovedOn = "moved-on",
        /// The step stays, without a problem: a code was sent again, more time was asked for.
        Stayed = "stayed",
        /// Something was wrong with what was typed.
        Refused = "refused",
        /// It was made for another step.
        Stale = "stale",
        /// The flow is over.
        Ended = "ended",
    }
}

/// Begins to collect. Of several calls in a process the first one does.
///
/// # Errors
/// Something else in this process collects already.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(REQUEST_SECONDS.to_owned()), &SECONDS)?;
    let handle = builder.install_recorder()?;
    describe();
    Ok(HANDLE.get_or_init(|| handle).clone())
}

fn describe() {
    use ::metrics::{describe_counter, describe_histogram};
    describe_counter!(REQUESTS, "Requests by method, route and status.");
    describe_histogram!(REQUEST_SECONDS, "How long requests took until the head of the answer, by route.");
    describe_counter!(STEPS, "Posts to flows by what they came to; reason is the problem or the end.");
    describe_counter!(MAILS_SETTLED, "Mails that came to their end, by kind and state.");
    describe_counter!(MAILS_POSTPONED, "Tries of mails that are to be repeated, by kind.");
    describe_counter!(LIMITS, "Tries that were refused because a limit was reached, by limit.");
}

/// Counts a request. `route` is the pattern that it matched.
pub fn request(method: &Method, route: &str, status: StatusCode, took: Duration) {
    // Other methods are refused, and clients may invent any.
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let (route, status) = (route.to_owned(), status.as_str().to_owned());
    ::metrics::histogram!(REQUEST_SECONDS, "route" => route.clone()).record(took.as_secs_f64());
    ::metrics::counter!(REQUESTS, "method" => method, "route" => route, "status" => status).increment(1);
}

/// Counts what a post to a flow came to.
pub(crate) fn flow_post(page: &Page, outcome: PostOutcome) {
    let reason = match (outcome, &page.screen) {
        (PostOutcome::Refused, _) => {
            page.problems.first().map(|found| ProblemKind::of(&found.problem).name()).unwrap_or_default()
        }
        (PostOutcome::Ended, Screen::Ended(reason)) => EndKind::of(reason).name(),
        _ => String::new(),
    };
    let (flow, outcome) = (page.flow.as_str(), outcome.as_str());
    ::metrics::counter!(STEPS, "flow" => flow, "outcome" => outcome, "reason" => reason).increment(1);
}

/// Counts a post to a mailed link or to the account, which its page tells all of.
pub(crate) fn page_post(page: &Page) {
    let outcome = match (page.notice, &page.screen) {
        (Some(Notice::Stale), _) => PostOutcome::Stale,
        _ if !page.problems.is_empty() => PostOutcome::Refused,
        _ if page.redirect_to.is_some() => PostOutcome::MovedOn,
        (_, Screen::Ended(_) | Screen::LinkDone { .. } | Screen::LinkDisowned { .. }) => PostOutcome::Ended,
        _ => PostOutcome::Stayed,
    };
    flow_post(page, outcome);
}

/// Counts what a post to a procedure of the portal came to.
pub(crate) fn procedure_post(kind: RequestKind, outcome: PostOutcome) {
    ::metrics::counter!(STEPS, "flow" => kind.as_str(), "outcome" => outcome.as_str(), "reason" => "").increment(1);
}

/// Counts a mail that came to its end.
pub(crate) fn mail_settled(kind: &str, state: MailState) {
    ::metrics::counter!(MAILS_SETTLED, "kind" => kind.to_owned(), "state" => state.as_str()).increment(1);
}

/// Counts a try of a mail that is to be repeated.
pub(crate) fn mail_postponed(kind: &str) {
    ::metrics::counter!(MAILS_POSTPONED, "kind" => kind.to_owned()).increment(1);
}

/// Counts a try that was refused because a limit was reached.
pub(crate) fn refused_by(limit: Limit) {
    ::metrics::counter!(LIMITS, "limit" => limit.as_str()).increment(1);
}
