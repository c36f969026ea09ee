//! The pages that are not part of a flow: guide, help, portal, and what machines ask for.

use super::cookies::with_cookies;
use super::form::parse_form;
use super::{RequestContext, Site, errors};
use crate::use_cases::SESSION_COOKIE;
use app::fault::Fault;
use app::pages;
use app::pages::shell::DocumentProps;
use app::port::{Account, ContractId, PublicSessionId, Session};
use app::wire::{Flow, Notice, PASSWORD_CHANGED, Page, SIGNED_OUT};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use rules::calendar::{DAY_MS, rfc3339_day};

/// Where the account page tells whether somebody is reminded.
const REMINDERS: &str = "/portal/account#reminders";

/// Returns the props of a page that everybody may read; for who is signed in it leads back into the portal.
async fn session_props(site: &Site, asked: &RequestContext) -> DocumentProps {
    let session = match asked.visitor.cookie(SESSION_COOKIE) {
        Some(_) => site.port.view(&asked.visitor, Flow::Session).await.ok(),
        None => None,
    };
    DocumentProps { inside: session.is_some_and(|page| page.redirect_to.is_none()), ..site.document_props(asked) }
}

/// Reads a page's data. Returns it with props that watch over the session and know which news of requests the page has: what
/// comes between the two counts is told by its stream.
pub(super) async fn watched<T>(
    site: &Site,
    asked: &RequestContext,
    data: impl Future<Output = Result<T, Fault>>,
) -> Result<(T, DocumentProps), Fault> {
    let request_moves = site.port.request_moves(&asked.visitor).await?;
    let data = data.await?;
    let page = site.port.view(&asked.visitor, Flow::Session).await.ok();
    let session = page.map(|page| (page, site.port.limits().into()));
    Ok((data, DocumentProps { session, request_moves, ..site.document_props(asked) }))
}

pub(super) async fn guide(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    Html(site.guide.page(site.port.brand(), session_props(&site, &asked).await)).into_response()
}

pub(super) async fn help_index(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    Html(pages::help::index(site.port.brand(), session_props(&site, &asked).await)).into_response()
}

pub(super) async fn help(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(topic): Path<String>,
) -> Response {
    let props = session_props(&site, &asked).await;
    match pages::help::topic(site.port.brand(), site.port.limits(), site.through_relay, &topic, props) {
        Some(page) => Html(page).into_response(),
        None => errors::not_found().await,
    }
}

pub(super) async fn portal(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    match watched(&site, &asked, site.port.portal(&asked.visitor)).await {
        Ok((data, props)) => Html(pages::portal::home(site.port.brand(), data, props)).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn contract(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(id): Path<ContractId>,
) -> Response {
    match watched(&site, &asked, site.port.contract(&asked.visitor, &id)).await {
        Ok((data, props)) => Html(pages::portal::contract(site.port.brand(), data, props)).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn account(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    OriginalUri(uri): OriginalUri,
) -> Response {
    // Read first: it notes that somebody is there, which the form's page then tells.
    let data = match site.port.account(&asked.visitor).await {
        Ok(data) => data,
        Err(fault) => return errors::fault(&asked, &fault),
    };
    match site.port.view(&asked.visitor, Flow::Account).await {
        Ok(mut page) => {
            page.notice = (uri == PASSWORD_CHANGED).then_some(Notice::PasswordChanged);
            show_account(&site, &asked, data, page)
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// The account page after a post of its form that did not change the password.
pub(super) async fn account_after(site: &Site, asked: &RequestContext, page: Page) -> Response {
    match site.port.account(&asked.visitor).await {
        Ok(data) => show_account(site, asked, data, page),
        Err(fault) => errors::fault(asked, &fault),
    }
}

/// The account page around its password form.
fn show_account(site: &Site, asked: &RequestContext, data: Account, page: Page) -> Response {
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (brand, timeouts) = (site.port.brand(), site.port.limits().into());
    (status, Html(pages::portal::account(brand, timeouts, data, page, site.document_props(asked)))).into_response()
}

pub(super) async fn end_sessions(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    let named = Some(form.get(Session::FIELD)).filter(|named| !named.is_empty());
    let named = named.map(PublicSessionId::from);
    match site.port.end_session(&asked.visitor, named.as_ref()).await {
        Ok(()) => Redirect::to(Flow::Account.address()).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}

pub(super) async fn choose_reminders(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    match site.port.choose_reminders(&asked.visitor, form).await {
        Ok(()) => Redirect::to(REMINDERS).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}

/// Ends the session at the server; the browser forgets what it kept (OWASP ASVS 14.3.1).
pub(super) async fn sign_out(State(site): State<Site>, Extension(asked): Extension<RequestContext>) -> Response {
    match site.port.sign_out(&asked.visitor).await {
        Ok(answer) => {
            let clear =
                (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
            with_cookies(([clear], Redirect::to(SIGNED_OUT)).into_response(), answer.cookies)
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn healthz() -> &'static str {
    "ok"
}

pub(super) async fn readyz(State(site): State<Site>) -> Response {
    if site.store.is_ready(site.clock.now()).await {
        "ok".into_response()
    } else {
        errors::refuse(StatusCode::SERVICE_UNAVAILABLE)
    }
}

pub(super) async fn robots() -> &'static str {
    include_str!("../../../public/robots.txt")
}

/// Where password managers send people to change a password.
pub(super) async fn change_password() -> Redirect {
    Redirect::to(Flow::Account.address())
}

pub(super) async fn security_txt(State(site): State<Site>) -> Response {
    let brand = site.port.brand();
    let expires = rfc3339_day(site.clock.now() + 180 * DAY_MS);
    let language = app::text::document::LANGUAGE;
    let text = format!("Contact: tel:{}\nExpires: {expires}\nPreferred-Languages: {language}\n", brand.centre_phone);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// A browser found something that the policy forbids: a sign of a bug or of an attack. Only the directive is logged.
pub(super) async fn csp_report(body: Bytes) -> StatusCode {
    let text = String::from_utf8_lossy(&body);
    let directive = ["script-src", "style-src", "img-src", "connect-src", "form-action", "frame-ancestors", "base-uri"]
        .into_iter()
        .find(|directive| text.contains(directive))
        .unwrap_or("other");
    tracing::warn!(event = "csp_violation", directive, "a browser reported a violation of the content security policy");
    StatusCode::NO_CONTENT
}
