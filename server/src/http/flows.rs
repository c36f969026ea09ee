//! The flows' addresses: GET shows the step that the server holds, POST moves it on and answers 303 to the same address;
//! server functions do the same for the script.

use super::{Asked, Site, errors};
use crate::accounts::{LINK_COOKIE, session_lifetime_cookie};
use app::pages;
use app::pages::shell::Sheet;
use app::wire::{Flow, Form, Notice, Page, SESSION_ENDED, Screen};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use leptos::prelude::{Owner, provide_context};
use leptos::reactive::computed::ScopedFuture;

fn flow_at(path: &str) -> Option<Flow> {
    Flow::ALL.into_iter().find(|flow| flow.address() == path)
}

/// GET: the present step. Changes nothing.
pub(super) async fn look(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    let Some(flow) = flow_at(uri.path()) else { return errors::not_found().await };
    match site.port.look(&asked.visitor, flow).await {
        Ok(mut page) => {
            if matches!(page.screen, Screen::SignIn { .. }) && page.problems.is_empty() && page.notice.is_none() {
                page.notice = match uri.query() {
                    Some(super::pages::SIGNED_OUT) => Some(Notice::SignedOut),
                    Some(_) if uri == SESSION_ENDED => Some(Notice::SessionEnded),
                    _ => None,
                };
            }
            show(&site, &asked, page, StatusCode::OK)
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// POST without script: moves the flow on, answers 303.
pub(super) async fn act(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(flow) = flow_at(uri.path()) else { return errors::not_found().await };
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    match site.port.act(&asked.visitor, flow, form).await {
        Ok(page) => match &page.leave {
            Some(address) => Redirect::to(address).into_response(),
            // These two keep nothing between requests: what has to be mended is answered at once.
            None if matches!(flow, Flow::Link) && (page.notice.is_some() || !page.problems.is_empty()) => {
                show(&site, &asked, page, StatusCode::UNPROCESSABLE_ENTITY)
            }
            None if matches!(flow, Flow::Account) => super::pages::account_after(&site, &asked, page).await,
            None => Redirect::to(flow.address()).into_response(),
        },
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// A mailed link: the token leaves the address at once and waits in a cookie. However often and by whatever it is opened,
/// nothing changes (spec section 6).
pub(super) async fn open_link(Extension(asked): Extension<Asked>, Path(token): Path<String>) -> Response {
    // What cannot be a token is kept as one that nobody has.
    let plain =
        token.len() == 43 && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    asked.visitor.jar.set(session_lifetime_cookie(LINK_COOKIE, if plain { &token } else { "unknown" }));
    Redirect::to(Flow::Link.address()).into_response()
}

/// The script's way to the same use cases.
pub(super) async fn server_function(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    request: Request,
) -> Response {
    let Some(mut function) = server_fn::axum::get_server_fn_service(request.uri().path(), request.method().clone())
    else {
        return errors::not_found().await;
    };
    if !is_type(request.headers(), "application/x-postcard") {
        return errors::refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let owner = Owner::new();
    let mut response = owner
        .with(|| {
            provide_context(asked.visitor.clone());
            provide_context(site.port.clone());
            ScopedFuture::new(async move { function.run(request).await })
        })
        .await;
    owner.cleanup();
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .entry(header::RETRY_AFTER)
            .or_insert(HeaderValue::from(site.accounts.passwords.retry_after()));
    }
    response
}

pub(super) fn show(site: &Site, asked: &Asked, page: Page, status: StatusCode) -> Response {
    if let Some(address) = &page.leave {
        return Redirect::to(address).into_response();
    }
    let sheet = Sheet { nonce: asked.nonce.clone(), assets: site.assets.to_string(), ..Sheet::default() };
    (status, Html(pages::flow::render(site.port.brand(), site.port.limits().into(), page, sheet))).into_response()
}

/// Reads a form; nothing when it is none, is no UTF-8, or names a field twice (OWASP ASVS 15.3.7).
pub(super) fn parse_form(headers: &HeaderMap, body: &[u8]) -> Option<Form> {
    if !is_type(headers, "application/x-www-form-urlencoded") {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    // Percent-encoded bytes that are no UTF-8 come out as the replacement character, which nobody types.
    let form = Form(form_urlencoded::parse(text.as_bytes()).into_owned().collect());
    let broken = form.0.iter().any(|(name, value)| name.contains('\u{FFFD}') || value.contains('\u{FFFD}'));
    (!broken && !form.has_duplicates()).then_some(form)
}

fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted)))
}
