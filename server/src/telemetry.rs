//! The log: one JSON line for each event, in UTC, on standard error. The code that writes a line decides what is in it: never a
//! password, code, token or link, and addresses only masked.

use crate::traces::{self, Traces};
use tracing_subscriber::filter::{FilterExt as _, filter_fn};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

/// Starts logging, and tracing where spans are sent. `NIRIN_LOG` chooses what is logged, `info` by default.
pub fn start(traces: Option<&Traces>) {
    let filter = EnvFilter::try_from_env("NIRIN_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_filter(filter.and(filter_fn(|metadata| metadata.target() != traces::TARGET)));
    // The message of a panic may quote what somebody typed, so only its place is logged.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(event = "panic", place, "the program panicked");
    }));
    // A second start, as in tests, changes nothing.
    let _ = tracing_subscriber::registry().with(lines).with(traces.map(Traces::layer)).try_init();
}
