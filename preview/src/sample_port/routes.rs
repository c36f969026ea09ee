//! The product's addresses that an entry's document asks: the script's calls, its stream of events, and forms that a browser posts
//! itself.

use super::{Outcome, Place, SamplePort, flow_page, procedures};
use crate::Preview;
use crate::entries::{Entry, Nonce, Shown};
use crate::links::Links;
use app::fault::Fault;
use app::port::{Port, Visitor};
use app::samples::register::Sample;
use app::samples::states::Content;
use app::wire::Form;
use axum::extract::{RawForm, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use leptos::prelude::provide_context;
use std::sync::Arc;

/// What is answered to a post of which nothing says which entry it comes from.
const FROM_NOWHERE: &str = "The gallery answers only what the document of an entry posts.";
/// Where signing out and taking a request back lead.
const SIGNED_OUT: &str = "notices/signed-out/usual";
const WITHDRAWN: &str = "procedures/receipt/withdrawn";

type Shared = State<Arc<Preview>>;

/// The product's addresses, answered with samples. Where the product itself runs they are its own, so only `make preview` has these.
pub fn answers<S: Clone + Send + Sync + 'static>(preview: Preview) -> Router<S> {
    Router::new()
        .route("/enrol", post(to_document))
        .route("/user-id", post(to_document))
        .route("/password-reset", post(to_document))
        .route("/sign-in", post(to_document))
        .route("/link", post(to_document))
        .route("/portal/account", post(to_document))
        .route("/portal/contracts/{id}/{procedure}", post(to_document))
        .route("/preview/bare/{group}/{kind}/{state}", post(submit))
        .route("/portal/requests/withdraw", post(withdraw))
        .route("/portal/sessions", post(end_session))
        .route("/portal/reminders", post(choose_reminders))
        .route("/sign-out", post(sign_out))
        .route("/api/{*function}", any(call))
        .route("/live/{flow}", get(follow))
        .with_state(Arc::new(preview))
}

/// A port's visitor is whoever looks at the gallery: nothing is known of them, and nothing is asked.
fn visitor() -> Visitor {
    Visitor {
        cookies: Arc::default(),
        address: String::new(),
        network: None,
        device: String::new(),
        request_id: String::new(),
    }
}

/// Returns the entry whose document asks.
fn asked_from(headers: &HeaderMap) -> Option<Place> {
    let referer = headers.get(header::REFERER)?.to_str().ok()?;
    Place::read(&referer.parse().ok()?)
}

/// The script's calls.
async fn call(State(preview): Shared, mut request: Request) -> Response {
    if server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let port: Arc<dyn Port> = Arc::new(SamplePort::new(preview, asked_from(request.headers())));
    // The framework would lead who accepts HTML to where the request says that it came from.
    for name in [header::ACCEPT, header::REFERER] {
        request.headers_mut().remove(name);
    }
    let provide = move || {
        provide_context(visitor());
        provide_context(port.clone());
    };
    leptos_axum::handle_server_fns_with_context(provide, request).await.into_response()
}

/// The state of a sample never changes: 204 tells the browser not to come back.
async fn follow() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// A form that the browser posts itself. It is led, with all that it says, to the document that it stands in: what comes back then
/// has the address of its entry, from which the next form is posted.
async fn to_document(headers: HeaderMap) -> Response {
    match asked_from(&headers) {
        Some(place) => Redirect::temporary(&place.address()).into_response(),
        None => refused(&Fault::NotFound),
    }
}

/// The form at the address of its document.
async fn submit(
    State(preview): Shared,
    uri: Uri,
    Extension(nonce): Extension<Nonce>,
    RawForm(body): RawForm,
) -> Response {
    let port = SamplePort::new(preview, Place::read(&uri));
    let form = Form(form_urlencoded::parse(&body).into_owned().collect());
    port.take(form, &nonce).unwrap_or_else(|fault| refused(&fault))
}

impl SamplePort {
    fn take(&self, form: Form, nonce: &Nonce) -> Result<Response, Fault> {
        let sample = self.sample()?;
        let to = |address: &str| Ok(Redirect::to(address).into_response());
        let content = match sample.content {
            Content::Procedure(shown) => match procedures::outcome(*shown, &form) {
                Outcome::LeadsTo(id) => return to(&self.address(id)?),
                Outcome::Stays(shown) => Content::Procedure(Box::new(shown)),
            },
            content => {
                let page = self.post(flow_page(&content).ok_or(Fault::NotFound)?.flow, &form)?;
                if let Some(address) = &page.redirect_to {
                    return to(address);
                }
                match content {
                    Content::Account(data, _) => Content::Account(data, Box::new(page)),
                    _ => Content::Flow(Box::new(page)),
                }
            }
        };
        self.document(Sample { content, ..sample }, nonce)
    }

    /// The document of the entry that asks, with another content.
    fn document(&self, sample: Sample, nonce: &Nonce) -> Result<Response, Fault> {
        let place = self.place.as_ref().ok_or(Fault::NotFound)?;
        let wrong = match &sample.content {
            Content::Procedure(shown) => !shown.problems.is_empty(),
            content => flow_page(content).is_some_and(|page| !page.problems.is_empty()),
        };
        let entry = Entry {
            group: sample.group.as_str(),
            kind: sample.kind.clone(),
            state: sample.state,
            shown: Shown::Screen(sample),
        };
        let html = self.preview.document(&entry, place.switches, &Links::Server.assets(place.switches), nonce);
        let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        Ok((status, Html(html)).into_response())
    }
}

fn refused(fault: &Fault) -> Response {
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, FROM_NOWHERE).into_response()
}

/// After a form that belongs to no step: to an entry, or back to the one that asked, of which nothing is kept.
fn led(port: &SamplePort, done: Result<(), Fault>, to: Option<&str>) -> Response {
    let own = port.place.as_ref().map(|place| place.id.as_str());
    let address = done.and_then(|()| port.address(to.or(own).unwrap_or_default()));
    address.map_or_else(|fault| refused(&fault), |address| Redirect::to(&address).into_response())
}

async fn sign_out(State(preview): Shared, headers: HeaderMap) -> Response {
    let port = SamplePort::new(preview, asked_from(&headers));
    led(&port, port.sign_out(&visitor()).await.map(drop), Some(SIGNED_OUT))
}

async fn withdraw(State(preview): Shared, headers: HeaderMap, RawForm(body): RawForm) -> Response {
    let form = Form(form_urlencoded::parse(&body).into_owned().collect());
    let port = SamplePort::new(preview, asked_from(&headers));
    led(&port, port.withdraw_request(&visitor(), &form.get(Form::REFERENCE).into()).await, Some(WITHDRAWN))
}

async fn end_session(State(preview): Shared, headers: HeaderMap) -> Response {
    let port = SamplePort::new(preview, asked_from(&headers));
    led(&port, port.end_session(&visitor(), None).await, None)
}

async fn choose_reminders(State(preview): Shared, headers: HeaderMap) -> Response {
    let port = SamplePort::new(preview, asked_from(&headers));
    led(&port, port.choose_reminders(&visitor(), Form::default()).await, None)
}
