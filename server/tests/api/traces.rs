//! Traces by OTLP (spec section 10b): what is told of a journey, and that nothing tells who made it or how to get in.

use crate::support::*;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use serde_json::Value as Json;
use std::collections::BTreeSet;

const ENDPOINT: &str = "NIRIN_TRACES__ENDPOINT";

/// Everything that a span may say.
const ATTRIBUTES: [&str; 6] = [
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "nirin.request_id",
    "nirin.mail.kind",
    "nirin.mail.state",
];

fn text(attributes: &[KeyValue], key: &str) -> String {
    let value = attributes.iter().find(|attribute| attribute.key == key).and_then(|found| found.value.clone());
    match value.and_then(|value| value.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("{key}: {other:?}"),
    }
}

/// The next mail at a node, which sends by itself.
async fn mailed(browser: &Browser, kind: &str, field: &str) -> String {
    let answer = browser.get(&format!("/rehearsal/api/mails/next?wait=30&to={}&kind={kind}", TARO.email)).await;
    let mail: Json = serde_json::from_slice(&answer.body).unwrap();
    mail["mail"][field].as_str().unwrap_or_else(|| panic!("no {field} in {mail}")).to_owned()
}

on_both!(asvs_16_2_5_a_journey_is_traced_and_no_span_tells_who_made_it_or_how_to_get_in, async |app| {
    let collector = Collector::start();
    let node = Node::start_with(app, &[(ENDPOINT, &collector.url())]);
    let browser = node.browser(app);
    browser.enrol(TARO).await;
    let link = mailed(&browser, "confirm-enrolment", "link").await;
    let link = link.strip_prefix(app.settings.http.public_url.as_str()).unwrap();
    browser.open(link).await;
    browser.confirm().await;
    browser.password(TARO.email, PASSWORD).await;
    let code = mailed(&browser, "auth-code", "code").await;
    browser.type_code(&code).await;
    browser.get("/nowhere/taro@example.jp").await;
    browser.post_raw("/api/taro@example.jp", CALL, Vec::new()).await;
    assert_eq!(browser.get("/portal/contracts/k-001?taro@example.jp").await.status, 200);

    let contract = "GET /portal/contracts/{id}";
    let sent = collector.until(contract).await;
    let spans: Vec<&Span> = sent.iter().map(|(_, span)| span).collect();
    let names: BTreeSet<_> = spans.iter().map(|span| span.name.as_str()).collect();
    for name in [
        "GET /link/{*token}",
        "POST /api/enrol",
        "POST /api/sign-in",
        "POST /api/view",
        contract,
        "hash password",
        "transaction",
        "send mail",
    ] {
        assert!(names.contains(name), "no {name} in {names:?}");
    }
    let parts = |of: &Span| spans.iter().filter(|span| span.parent_span_id == of.span_id).count();
    let request = spans.iter().find(|span| span.name == contract).unwrap();
    assert_eq!(text(&request.attributes, "http.response.status_code"), "200");
    assert_eq!(text(&request.attributes, "http.route"), "/portal/contracts/{id}");
    assert!(parts(request) > 0, "its transactions are parts of it");
    let hash = spans.iter().find(|span| span.name == "hash password").unwrap();
    assert!(spans.iter().any(|span| span.span_id == hash.parent_span_id && span.name.starts_with("POST ")));
    assert!(hash.end_time_unix_nano > hash.start_time_unix_nano);
    let mails = spans.iter().filter(|span| span.name == "send mail");
    let mails: BTreeSet<_> = mails.map(|span| text(&span.attributes, "nirin.mail.kind")).collect();
    assert!(mails.contains("auth-code"), "{mails:?}");
    assert_eq!(text(&sent[0].0.attributes, "service.name"), "nirin");

    for span in &spans {
        let keys: Vec<_> = span.attributes.iter().map(|attribute| attribute.key.as_str()).collect();
        assert!(keys.iter().all(|key| ATTRIBUTES.contains(key)), "{}: {keys:?}", span.name);
        assert!(span.events.is_empty(), "a line of the log stays in the log: {}", span.name);
    }
    let cookies = ["session", "enrol", "sign-in", "link", "browser"];
    let cookies = cookies.into_iter().filter_map(|name| browser.cookie(&format!("__Host-{name}")));
    let token = link.rsplit('/').next().unwrap().to_owned();
    let known = [TARO.email, "taro", "ニリン", "タロウ", "09000000001", TARO.number, TARO.customer, "k-001", PASSWORD];
    let bytes = collector.bytes();
    for secret in cookies.chain([token, code]).chain(known.map(ToOwned::to_owned)) {
        assert!(!bytes.contains(&secret), "{secret} is in a span");
    }
});

on_both!(a_collector_that_does_not_answer_holds_up_no_request_and_is_told_of_once, async |app| {
    let collector = Collector::deaf();
    let node = Node::start_with(app, &[(ENDPOINT, &collector.url())]);
    let browser = node.browser(app);
    let requests = async {
        for _ in 0..100 {
            assert_eq!(browser.get("/healthz").await.status, 200);
        }
    };
    // The collector is given five seconds, and none of these waits for them.
    tokio::time::timeout(std::time::Duration::from_secs(5), requests).await.unwrap();
    node.until_logged("traces_not_taken").await;
    browser.get("/healthz").await;
    assert_eq!(node.logged("traces_not_taken").len(), 1);
});

on_both!(without_a_collector_nothing_is_traced, async |app| {
    let collector = Collector::start();
    let node = Node::start(app, &app.settings.store.url);
    assert_eq!(node.browser(app).get("/sign-in").await.status, 200);
    assert_eq!(node.browser(app).get("/readyz").await.status, 200);
    assert!(collector.spans().is_empty());
    assert!(app.settings.traces.address().is_none());
});
