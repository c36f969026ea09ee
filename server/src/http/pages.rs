//! The pages that are no flow: guide, help, portal, and what machines ask for.

use super::{Asked, Site, errors, flows};
use app::pages;
use app::pages::shell::Sheet;
use app::wire::{Boot, Flow, Notice, Page};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};

/// Says that the password was changed, on the page after the one that changed it.
const CHANGED: &str = "changed";
/// Says at the sign-in form that one signed out.
pub(super) const SIGNED_OUT: &str = "signed-out";
/// Says at the sign-in form that the session ended by itself.
pub(super) const ENDED: &str = "ended";

fn sheet(site: &Site, asked: &Asked) -> Sheet {
    Sheet { nonce: asked.nonce.clone(), assets: site.assets.to_string(), ..Sheet::default() }
}

/// A sheet with the watch over the session.
async fn watched(site: &Site, asked: &Asked) -> Sheet {
    let page = site.port.look(&asked.visitor, Flow::Session).await.ok();
    let session = page.map(|page| Boot { page, brand: site.port.brand().clone() });
    Sheet { session, ..sheet(site, asked) }
}

pub(super) async fn guide(State(site): State<Site>, Extension(asked): Extension<Asked>) -> Response {
    Html(pages::guide::render(site.port.brand(), sheet(&site, &asked))).into_response()
}

pub(super) async fn help_index(State(site): State<Site>, Extension(asked): Extension<Asked>) -> Response {
    Html(pages::help::index(site.port.brand(), sheet(&site, &asked))).into_response()
}

pub(super) async fn help(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    Path(topic): Path<String>,
) -> Response {
    match pages::help::topic(site.port.brand(), &topic, sheet(&site, &asked)) {
        Some(page) => Html(page).into_response(),
        None => errors::not_found().await,
    }
}

pub(super) async fn portal(State(site): State<Site>, Extension(asked): Extension<Asked>) -> Response {
    match site.port.portal(&asked.visitor).await {
        Ok(data) => Html(pages::portal::home(site.port.brand(), data, watched(&site, &asked).await)).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn contract(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
) -> Response {
    match site.port.contract(&asked.visitor, &id).await {
        Ok(data) => {
            Html(pages::portal::contract(site.port.brand(), data, watched(&site, &asked).await)).into_response()
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn account(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    RawQuery(said): RawQuery,
) -> Response {
    match site.port.look(&asked.visitor, Flow::Account).await {
        Ok(mut page) => {
            page.notice = (said.as_deref() == Some(CHANGED)).then_some(Notice::PasswordChanged);
            show_account(&site, &asked, page).await
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// After a post of the password form: what has to be mended at once, what was done on a fresh request.
pub(super) async fn account_after(site: &Site, asked: &Asked, page: Page) -> Response {
    if page.notice == Some(Notice::PasswordChanged) {
        // The session's token has just changed: a fresh request carries the new one.
        return Redirect::to(&format!("{}?{CHANGED}", Flow::Account.address())).into_response();
    }
    show_account(site, asked, page).await
}

/// The account page around its password form.
async fn show_account(site: &Site, asked: &Asked, page: Page) -> Response {
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match site.port.account(&asked.visitor).await {
        Ok(data) => {
            (status, Html(pages::portal::account(site.port.brand(), data, page, sheet(site, asked)))).into_response()
        }
        Err(fault) => errors::fault(asked, &fault),
    }
}

pub(super) async fn end_sessions(
    State(site): State<Site>,
    Extension(asked): Extension<Asked>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = flows::parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    let named = Some(form.get("session")).filter(|named| !named.is_empty());
    match site.port.end_session(&asked.visitor, named).await {
        Ok(()) => Redirect::to(Flow::Account.address()).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// Ends the session at the server; the browser forgets what it kept (OWASP ASVS 14.3.1).
pub(super) async fn sign_out(State(site): State<Site>, Extension(asked): Extension<Asked>) -> Response {
    match site.port.sign_out(&asked.visitor).await {
        Ok(()) => {
            let clear =
                (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\", \"storage\""));
            ([clear], Redirect::to(&format!("/sign-in?{SIGNED_OUT}"))).into_response()
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn healthz() -> &'static str {
    "ok"
}

pub(super) async fn readyz(State(site): State<Site>) -> Response {
    if site.accounts.store.is_ready().await {
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
    let expires = app::text::time::rfc3339_day(site.clock.now() + 180 * 86_400_000);
    let text = format!("Contact: tel:{}\nExpires: {expires}\nPreferred-Languages: ja\n", brand.centre_phone);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// A browser found something that the policy forbids: a sign of a bug or of an attack. Only the directive is logged.
pub(super) async fn csp_report(body: Bytes) -> StatusCode {
    let text = String::from_utf8_lossy(&body);
    let directive = ["script-src", "style-src", "img-src", "connect-src", "form-action", "frame-ancestors", "base-uri"]
        .into_iter()
        .find(|directive| text.contains(directive))
        .unwrap_or("other");
    tracing::warn!(event = "csp_violation", directive);
    StatusCode::NO_CONTENT
}
