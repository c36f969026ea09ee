//! The flows' addresses: GET shows the step that the server holds, POST moves it on and answers 303 to the same address;
//! server functions do the same for the script.

use super::cookies::with_cookies;
use super::form::{is_type, parse_form};
use super::visitor::is_token_byte;
use super::{RequestContext, Site, errors};
use crate::use_cases::{OpenedLink, TOKEN_LENGTH, flow_cookie, flow_token_cookie};
use app::pages;
use app::pages::shell::DocumentProps;
use app::port::SetCookie;
use app::wire::{Flow, Notice, Page, SESSION_ENDED, SIGNED_OUT, Screen};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use leptos::prelude::provide_context;
use percent_encoding::percent_decode_str;

fn flow_at(path: &str) -> Option<Flow> {
    Flow::ALL.iter().copied().find(|flow| flow.address() == path)
}

/// GET: the present step. Changes nothing.
pub(super) async fn view(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let Some(flow) = flow_at(uri.path()) else { return errors::not_found().await };
    match site.port.view(&asked.visitor, flow).await {
        Ok(mut page) => {
            if matches!(page.screen, Screen::SignIn { .. }) && page.problems.is_empty() && page.notice.is_none() {
                page.notice = match uri.path_and_query().map(PathAndQuery::as_str) {
                    Some(SIGNED_OUT) => Some(Notice::SignedOut),
                    Some(SESSION_ENDED) => Some(Notice::SessionEnded),
                    _ => None,
                };
            }
            with_cookies(show(&site, &asked, page, StatusCode::OK), begun(&site, &asked, flow))
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// Gives the browser the token of a flow together with the flow's first form: of a press whose answer gets lost the next one can be
/// known then. There is a row only once something was posted.
fn begun(site: &Site, asked: &RequestContext, flow: Flow) -> Option<SetCookie> {
    let is_new = flow.has_row() && asked.visitor.cookie(flow_cookie(flow)).is_none();
    is_new.then(|| flow_token_cookie(flow, &site.rng.token()))
}

/// POST without script: moves the flow on, answers 303.
pub(super) async fn submit(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(flow) = flow_at(uri.path()) else { return errors::not_found().await };
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    let answer = match site.port.submit(&asked.visitor, flow, form).await {
        Ok(answer) => answer,
        Err(fault) => return errors::of_post(&asked, &fault),
    };
    let page = answer.value;
    let response = match &page.redirect_to {
        Some(address) => Redirect::to(address).into_response(),
        // These two keep nothing between requests: what has to be mended is answered at once.
        None if matches!(flow, Flow::Link) && (page.notice.is_some() || !page.problems.is_empty()) => {
            let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            show(&site, &asked, page, status)
        }
        None if matches!(flow, Flow::Account) => super::pages::account_after(&site, &asked, page).await,
        None => Redirect::to(flow.address()).into_response(),
    };
    with_cookies(response, answer.cookies)
}

/// A mailed link: the token leaves the address at once and waits in a cookie. However often and by whatever it is opened,
/// nothing changes (spec section 6).
pub(super) async fn open_link(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let path = uri.path().strip_prefix("/link/").unwrap_or_default();
    let (token, browser) = match token_in(path) {
        Some(token) => (token, site.rng.id()),
        None if path.contains('/') => return errors::not_found().await,
        // What cannot be a token is kept as one that nobody has.
        None => ("unknown".to_owned(), String::new()),
    };
    let opened = OpenedLink { token: &token, browser: &browser };
    let cookie = opened.is_new(&asked.visitor).then(|| opened.cookie());
    with_cookies(Redirect::to(Flow::Link.address()).into_response(), cookie)
}

/// The token of a mailed link, without the marks that mail clients take along when they make an address out of a text: a full stop,
/// a closing bracket, a quotation mark, with what follows, in whatever encoding. What stands before it is passed over too.
fn token_in(path: &str) -> Option<String> {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let token = bytes.split(|byte| !is_token_byte(byte)).find_map(|run| {
        let (token, mark) = run.split_at_checked(TOKEN_LENGTH)?;
        // Of the marks a token may contain two itself.
        mark.iter().all(|byte| !byte.is_ascii_alphanumeric()).then_some(token)
    })?;
    String::from_utf8(token.to_vec()).ok()
}

/// The script's way to the same use cases.
pub(super) async fn server_function(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    mut request: Request,
) -> Response {
    if server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone()).is_none() {
        return errors::not_found().await;
    }
    if !is_type(request.headers(), "application/x-postcard") {
        return errors::refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    // The framework would lead who accepts HTML to where the request says that it came from. Calls of the script are answered here.
    for name in [header::ACCEPT, header::REFERER] {
        request.headers_mut().remove(name);
    }
    let (visitor, port) = (asked.visitor, site.port);
    let provide = move || {
        provide_context(visitor.clone());
        provide_context(port.clone());
    };
    leptos_axum::handle_server_fns_with_context(provide, request).await.into_response()
}

pub(super) fn show(site: &Site, asked: &RequestContext, page: Page, status: StatusCode) -> Response {
    if let Some(address) = &page.redirect_to {
        return Redirect::to(address).into_response();
    }
    let props = site.document_props(asked);
    let props = DocumentProps { style: props.style.and_then(|_| site.inline_styles.flows.clone()), ..props };
    (status, Html(pages::flow::render(site.port.brand(), site.port.limits().into(), page, props))).into_response()
}
