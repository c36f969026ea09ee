//! Traces: what took how long, sent to a collector by OTLP where the configuration names one (spec section 10b). A span holds words
//! of the program alone: nothing that a person typed, no address that was followed, no id of a person. Spans that nobody takes are
//! dropped, and no request waits for them.

use crate::config::TraceSettings;
use async_trait::async_trait;
use axum::http::Method;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::hyper::HyperClient;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::field::Empty;
use tracing::{Span, Subscriber, info_span};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// Spans with this target are sent, and no others. The log does not have them.
pub const TARGET: &str = "traces";

const METHOD: &str = "http.request.method";
const ROUTE: &str = "http.route";
const STATUS: &str = "http.response.status_code";
const REQUEST_ID: &str = "nirin.request_id";
const MAIL_KIND: &str = "nirin.mail.kind";
const MAIL_STATE: &str = "nirin.mail.state";

/// Spans that wait for being sent at most; further ones are dropped.
const QUEUE: usize = 4_096;
/// How long spans are collected before they are sent together.
const PAUSE: Duration = Duration::from_secs(1);
/// How long the collector may take.
const COLLECTOR_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the end of the server waits for the last spans.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// Sends spans for as long as the server runs.
#[derive(Clone, Debug)]
pub struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins to send, if the configuration says where. In a runtime, which outlives it.
    ///
    /// # Errors
    /// The address cannot be one.
    pub fn begin(settings: &TraceSettings) -> Result<Option<Self>, ExporterBuildError> {
        let Some(address) = settings.address() else { return Ok(None) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(address)
            .build()?;
        let batches = BatchConfigBuilder::default().with_max_queue_size(QUEUE).with_scheduled_delay(PAUSE).build();
        let processor = BatchSpanProcessor::builder(exporter).with_batch_config(batches).build();
        let resource = Resource::builder()
            .with_service_name("nirin")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let share = Sampler::TraceIdRatioBased(1.0 / f64::from(settings.one_in));
        let provider = SdkTracerProvider::builder()
            .with_span_processor(processor)
            .with_sampler(Sampler::ParentBased(Box::new(share)))
            .with_resource(resource)
            .build();
        Ok(Some(Self(provider)))
    }

    /// Returns what takes the spans of a subscriber.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("nirin"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            // A line of the log stays in the log.
            .with_filter(filter_fn(|metadata| metadata.is_span() && metadata.target() == TARGET))
    }

    /// Sends what is left.
    pub async fn end(self) {
        let ended = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(SHUTDOWN_TIMEOUT)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::warn!(event = "traces_left", "the last spans were not taken");
        }
    }
}

/// Posts spans. The thread that sends them belongs to no runtime, so the server's does the work.
#[derive(Debug)]
struct Client {
    http: HyperClient,
    runtime: Handle,
    failing: AtomicBool,
}

impl Client {
    fn new() -> Self {
        let http = HyperClient::with_default_connector(COLLECTOR_TIMEOUT, None);
        Self { http, runtime: Handle::current(), failing: AtomicBool::new(false) }
    }

    /// Says once that spans are lost, and once that they are taken again.
    fn note(&self, taken: bool) {
        match self.failing.swap(!taken, Ordering::Relaxed) {
            false if !taken => {
                tracing::warn!(event = "traces_not_taken", "the collector does not take spans, which are dropped");
            }
            true if taken => tracing::info!(event = "traces_taken", "the collector takes spans again"),
            _ => {}
        }
    }
}

#[async_trait]
impl HttpClient for Client {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let http = self.http.clone();
        let sent = self.runtime.spawn(async move { http.send_bytes(request).await }).await;
        let sent = sent.map_err(HttpError::from).flatten();
        self.note(sent.as_ref().is_ok_and(|answer| answer.status().is_success()));
        sent
    }
}

/// What a trace tells of a request.
pub struct TracedRequest<'a> {
    pub method: &'a Method,
    /// The pattern, never the address, which may hold a token.
    pub route: &'a str,
    pub id: &'a str,
}

/// Begins the span of a request.
pub fn request(traced: &TracedRequest<'_>) -> Span {
    let TracedRequest { method, route, id } = *traced;
    info_span!(
        target: TARGET,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        { METHOD } = %method,
        { ROUTE } = route,
        { STATUS } = Empty,
        { REQUEST_ID } = id,
        otel.status_code = Empty,
    )
}

/// Notes what a request was answered.
pub fn answered(span: &Span, status: u16) {
    span.record(STATUS, status);
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
    }
}

/// A password that is hashed, with its wait for a slot.
pub fn hash() -> Span {
    info_span!(target: TARGET, "hash password")
}

/// A transaction, with its wait for a connection. What the server does by itself at all times is left out: only a part of something
/// is told.
pub fn transaction() -> Span {
    if Span::current().is_none() {
        Span::none()
    } else {
        info_span!(target: TARGET, "transaction", otel.kind = "client")
    }
}

/// A mail that is handed over. It is a trace of its own: it leaves after the answer to whoever asked for it.
pub fn mail(kind: &'static str) -> Span {
    info_span!(
        target: TARGET,
        parent: None,
        "send mail",
        otel.kind = "producer",
        { MAIL_KIND } = kind,
        { MAIL_STATE } = Empty,
    )
}

/// Notes what a mail came to.
pub fn mailed(span: &Span, state: &'static str) {
    span.record(MAIL_STATE, state);
}
