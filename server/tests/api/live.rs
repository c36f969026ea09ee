//! Streams of screens that wait, and of pages that follow requests: what they tell, when they end, how many there are.

use crate::support::*;
use reqwest::{Method, Response};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Longer than any machine takes for what comes within a second.
const LONG: Duration = Duration::from_secs(30);

/// An open stream, and what has come.
struct Stream {
    response: Response,
    told: String,
}

impl Stream {
    async fn try_open(browser: &Browser, name: &str) -> Response {
        browser.request(Method::GET, &format!("/live/{name}")).send().await.expect("an answer")
    }

    async fn open(browser: &Browser, name: &str) -> Self {
        let response = Self::try_open(browser, name).await;
        assert_eq!(response.status(), 200);
        let mut stream = Self { response, told: String::new() };
        assert!(stream.goes_on().await && stream.told.starts_with(':'), "the first bytes come at once");
        stream
    }

    /// Waits for more; returns whether the stream is still open.
    async fn goes_on(&mut self) -> bool {
        let Some(bytes) = self.response.chunk().await.expect("the stream") else { return false };
        self.told.push_str(&String::from_utf8_lossy(&bytes));
        true
    }

    fn changes(&self) -> usize {
        self.told.matches("data: look").count()
    }

    /// Waits until so many changes were told.
    async fn hears(&mut self, changes: usize) {
        let heard = tokio::time::timeout(LONG, async {
            while self.changes() < changes {
                assert!(self.goes_on().await, "the stream ended: {}", self.told);
            }
        });
        heard.await.expect("a change is told");
        assert_eq!(self.changes(), changes);
    }

    /// Waits until the stream ends; returns how many changes were told in all.
    async fn until_the_end(mut self) -> usize {
        tokio::time::timeout(LONG, async { while self.goes_on().await {} }).await.expect("the stream ends");
        self.changes()
    }
}

/// Confirms an enrolment on this node, in a browser of its own.
async fn confirm(app: &TestApp, who: Person) {
    let browser = app.browser();
    browser.open(&app.link(who.email, "confirm-enrolment").await).await;
    browser.confirm().await;
}

on_both!(a_screen_hears_of_its_own_link_on_another_node_and_of_nobody_elses, async |app| {
    let (taro, kazuo) = (app.browser(), app.browser());
    taro.enrol(TARO).await;
    kazuo.enrol(KAZUO).await;
    app.work().await;
    let (of_taro, of_kazuo) = (Stream::open(&taro, "enrol").await, Stream::open(&kazuo, "enrol").await);
    let elsewhere = app.another(|_| {}).await;
    confirm(&elsewhere, TARO).await;
    assert_eq!(of_taro.until_the_end().await, 1);
    confirm(&elsewhere, KAZUO).await;
    assert_eq!(of_kazuo.until_the_end().await, 1, "its own change alone");
    assert_eq!(Stream::try_open(&taro, "enrol").await.status(), 204, "nothing is waited for any more");
    elsewhere.end().await;
});

on_both!(a_screen_hears_that_its_mail_has_gone_and_waits_on, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    let mut first = Stream::open(&browser, "enrol").await;
    app.work().await;
    first.hears(1).await;
    // Another tab, of a flow that the first one was told of.
    let second = Stream::open(&browser, "enrol").await;
    confirm(app, TARO).await;
    assert_eq!((first.until_the_end().await, second.until_the_end().await), (2, 1));
});

on_both!(a_screen_hears_that_its_time_is_up, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    app.work().await;
    let mut stream = Stream::open(&browser, "enrol").await;
    app.clock.forward(31 * MINUTE);
    stream.hears(1).await;
    app.clock.forward(DAY);
    assert_eq!(stream.until_the_end().await, 2, "the link's time too");
    let (browser, _) = app.at_code(KAZUO).await;
    let stream = Stream::open(&browser, "sign-in").await;
    app.clock.forward(11 * MINUTE);
    assert_eq!(stream.until_the_end().await, 1);
});

on_both!(a_screen_for_a_code_waits_until_the_session_of_another_tab_has_arrived, async |app| {
    let (browser, code) = app.at_code(TARO).await;
    let tab = browser.copy();
    let stream = Stream::open(&tab, "sign-in").await;
    browser.type_code(&code).await;
    assert!(matches!(tab.look(Flow::SignIn).await.screen, Screen::Code(_)), "the answer may be lost");
    assert_eq!(browser.get("/portal").await.status, 200);
    assert_eq!(stream.until_the_end().await, 1);
});

on_both!(a_question_that_fails_ends_no_stream, async |app| {
    let (browser, inside) = (app.browser(), app.signed_in(KAZUO).await);
    browser.enrol(TARO).await;
    app.work().await;
    let stream = Stream::open(&browser, "enrol").await;
    app.sql("ALTER TABLE flows RENAME TO flows_away").await;
    // Requests are asked for after flows: of two turns, the second asked for both without the table.
    for at in [1, 2] {
        let turn = Stream::open(&inside, "requests").await;
        app.sql(&format!(
            "INSERT INTO requests (id, kind, state, reference, contract_id, customer_id, account_id, term_ends_on, sealed, \
             created_at, moved_at) SELECT 'r-{at}', 'renewal', 'declined', 'R-{at}', 'k-none', customer_id, id, '', '', {at}, {at} \
             FROM accounts WHERE customer_id = '{}'",
            KAZUO.customer
        ))
        .await;
        app.sql(&format!(
            "INSERT INTO request_history (id, request_id, at, state, reason) VALUES ('h-{at}', 'r-{at}', {at}, 'received', '')"
        ))
        .await;
        assert_eq!(turn.until_the_end().await, 1);
    }
    app.sql("ALTER TABLE flows_away RENAME TO flows").await;
    confirm(app, TARO).await;
    assert_eq!(stream.until_the_end().await, 1);
});

on_both!(a_stream_of_requests_ends_with_its_session_and_tells_nothing, async |app| {
    let browser = app.signed_in(TARO).await;
    let stream = Stream::open(&browser, "requests").await;
    let other = app.signed_in_again(TARO).await;
    other.post_form("/portal/sessions", &[]).await;
    assert_eq!(stream.until_the_end().await, 0);
    assert_eq!(Stream::try_open(&browser, "requests").await.status(), 204);
});

on_both!(a_client_of_http_1_0_hears_the_same_without_chunks, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    app.work().await;
    let mut stream = TcpStream::connect(app.base.trim_start_matches("http://")).await.unwrap();
    let cookie = browser.cookie("__Host-enrol").expect("the flow's cookie");
    let request = format!("GET /live/enrol HTTP/1.0\r\nhost: x\r\ncookie: __Host-enrol={cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut all = Vec::new();
    while !all.ends_with(b"\r\n\r\n: \n\n") {
        let read = tokio::time::timeout(LONG, stream.read_buf(&mut all)).await.expect("the stream begins").unwrap();
        assert!(read > 0, "{}", String::from_utf8_lossy(&all));
    }
    confirm(app, TARO).await;
    tokio::time::timeout(LONG, stream.read_to_end(&mut all)).await.expect("the stream ends").unwrap();
    let said = String::from_utf8(all).unwrap().to_lowercase();
    assert!(said.starts_with("http/1.0 200") && !said.contains("transfer-encoding"), "{said}");
    assert!(said.ends_with(": \n\nevent: changed\ndata: look\n\n"), "{said}");
});

on_both!(who_asks_for_the_head_of_a_stream_takes_no_place, async |app| {
    let browser = app.browser();
    browser.enrol(TARO).await;
    for _ in 0..10 {
        assert_eq!(browser.head("/live/enrol").await.status, 200);
    }
    Stream::open(&browser, "enrol").await;
});

on_both!(a_node_that_stops_ends_its_streams, async |app| {
    let elsewhere = app.another(|_| {}).await;
    let browser = elsewhere.browser();
    browser.enrol(TARO).await;
    let stream = Stream::open(&browser, "enrol").await;
    elsewhere.end().await;
    assert_eq!(stream.until_the_end().await, 0, "as a whole answer, of which nothing is missing");
});

on_both!(
    streams_leave_a_quarter_of_the_connections_to_everything_else,
    with | settings | settings.http.connections = 8,
    async |app| {
        let (taro, kazuo) = (app.browser(), app.browser());
        taro.enrol(TARO).await;
        kazuo.enrol(KAZUO).await;
        let mut open = Vec::new();
        for browser in [&taro, &taro, &taro, &kazuo, &kazuo, &kazuo] {
            open.push(Stream::open(browser, "enrol").await);
        }
        assert_eq!(Stream::try_open(&taro, "enrol").await.status(), 503);
        assert_eq!(taro.get("/enrol").await.status, 200, "everything else goes on");
        open.pop();
        let again = tokio::time::timeout(LONG, async {
            while Stream::try_open(&taro, "enrol").await.status() != 200 {
                tokio::task::yield_now().await;
            }
        });
        again.await.expect("a screen that was closed leaves its place");
    }
);
