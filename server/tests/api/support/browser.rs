//! A browser as far as the server can tell: it keeps cookies, says where its posts come from, and follows a 303.

use app::fault::Fault;
use app::wire::{Flow, Form, Page};
use reqwest::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

const AGENT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

/// How server functions are called and answer.
pub const CALL: &str = "application/x-postcard";

/// The body of a call with this argument.
pub fn encoded(argument: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(argument).expect("plain data")
}

/// Clones share their cookies, like tabs do.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    base: Arc<str>,
    /// What the trusted proxy says about where it is.
    pub address: String,
    pub agent: String,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        let body = String::from_utf8(self.body.clone()).expect("UTF-8");
        // Without the marks between phrases.
        body.replace('\u{200b}', "")
    }

    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header of ASCII"))
    }

    pub fn cookies(&self) -> Vec<String> {
        self.headers
            .get_all(SET_COOKIE)
            .iter()
            .map(|line| line.to_str().expect("a cookie of ASCII").to_owned())
            .collect()
    }

    /// The page in an answer of a server function.
    #[track_caller]
    pub fn page(&self) -> Page {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        postcard::from_bytes(&self.body).expect("a page")
    }

    /// The fault in an answer of a server function.
    #[track_caller]
    pub fn fault(&self) -> Fault {
        postcard::from_bytes(&self.body).unwrap_or_else(|_| panic!("no fault: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Whether it is a page that helps: HTML with a way on and a reference number.
    pub fn helps(&self) -> bool {
        let text = self.text();
        self.header("content-type").starts_with("text/html")
            && text.contains("<h1")
            && text.contains("href=\"/\"")
            && text.contains(self.header("x-request-id"))
    }
}

/// What a post without script leads to.
pub struct Posted {
    pub first: Answer,
    /// The page that a 303 leads to; the first answer itself otherwise.
    pub then: Answer,
}

impl Browser {
    pub fn new(client: Client, base: &str) -> Self {
        Self { client, base: base.into(), address: "198.51.100.7".into(), agent: AGENT.into(), jar: Arc::default() }
    }

    /// The same browser somewhere else.
    pub fn at(mut self, address: &str) -> Self {
        address.clone_into(&mut self.address);
        self
    }

    /// Another browser with the same cookies at this moment.
    pub fn copy(&self) -> Self {
        let jar = self.jar.lock().expect("the jar").clone();
        Self { jar: Arc::new(Mutex::new(jar)), ..self.clone() }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().expect("the jar").get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar.lock().expect("the jar").insert(name.to_owned(), value.to_owned());
    }

    pub fn forget(&self, name: &str) {
        self.jar.lock().expect("the jar").remove(name);
    }

    /// A request with cookies and nothing that says where it comes from.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let cookies: Vec<_> =
            self.jar.lock().expect("the jar").iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("user-agent", &self.agent).header("x-forwarded-for", &self.address);
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) }
    }

    /// A request from one of our own pages.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).header("sec-fetch-site", "same-origin")
    }

    /// Sends it and keeps the cookies of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        self.execute(request.build().expect("a request")).await
    }

    /// The same for a request that is made already.
    pub async fn execute(&self, request: reqwest::Request) -> Answer {
        let response = self.client.execute(request).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.expect("a whole answer").to_vec();
        let answer = Answer { status, headers, body };
        self.keep(&answer);
        answer
    }

    fn keep(&self, answer: &Answer) {
        for line in answer.cookies() {
            let (name, rest) = line.split_once('=').expect("name=value");
            let value = rest.split(';').next().unwrap_or_default();
            if rest.contains("Max-Age=0") {
                self.forget(name);
            } else {
                self.set_cookie(name, value);
            }
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.bare(Method::GET, path)).await
    }

    pub async fn head(&self, path: &str) -> Answer {
        self.send(self.bare(Method::HEAD, path)).await
    }

    pub async fn post_raw(&self, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> Answer {
        self.send(self.request(Method::POST, path).header(CONTENT_TYPE, kind).body(body)).await
    }

    /// Posts a form as a browser without script does, and follows the 303 by hand.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Posted {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let first = self.post_raw(path, "application/x-www-form-urlencoded", body).await;
        let then = if first.status == 303 { self.get(first.header("location")).await } else { first.clone() };
        Posted { first, then }
    }

    /// Goes where an answer leads, if it leads elsewhere.
    pub async fn followed(&self, answer: Answer) -> Answer {
        if answer.status == 303 { self.get(answer.header("location")).await } else { answer }
    }

    /// Calls a server function; answers whatever comes back.
    pub async fn ask(&self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let form = Form(fields.iter().map(|(name, typed)| ((*name).to_owned(), (*typed).to_owned())).collect());
        self.post_raw(&format!("/api/{function}"), CALL, encoded(&form)).await
    }

    /// Calls a server function that answers a page.
    #[track_caller]
    pub fn call(&self, function: &str, fields: &[(&str, &str)]) -> impl Future<Output = Page> {
        let from = std::panic::Location::caller();
        async move {
            let answer = self.ask(function, fields).await;
            assert_eq!(answer.status, 200, "called at {from}: {}", String::from_utf8_lossy(&answer.body));
            answer.page()
        }
    }

    /// The present state of a flow, by the server function for it.
    pub async fn look(&self, flow: Flow) -> Page {
        self.post_raw("/api/view", CALL, encoded(&flow)).await.page()
    }

    /// Posts a form with these headers and nothing else that says where it comes from.
    pub async fn post_with(&self, path: &str, headers: &[(&'static str, &str)], fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut request =
            self.bare(Method::POST, path).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        for (name, value) in headers {
            request = request.header(HeaderName::from_static(name), HeaderValue::from_str(value).expect("a header"));
        }
        self.send(request).await
    }
}
