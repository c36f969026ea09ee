//! Logs: one JSON line an event, in UTC, on standard error. What may be in a line is decided where it is written:
//! never a password, code, token or link; addresses only masked.

use tracing_subscriber::EnvFilter;

/// Starts logging. `NIRIN_LOG` chooses what is logged, `info` by default.
pub fn start() {
    let filter = EnvFilter::try_from_env("NIRIN_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let lines = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_env_filter(filter);
    // What a panic says may quote what somebody typed: only its place is logged.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(event = "panic", place);
    }));
    // A second start, as in tests, changes nothing.
    let _ = lines.try_init();
}
