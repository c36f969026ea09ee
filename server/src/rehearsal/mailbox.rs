//! The mailbox page: what the transport `mailbox` has delivered.

use crate::http::{RequestContext, Site};
use crate::mail::Rendered;
use crate::store::{MailboxRow, Stored};
use app::pages::rehearsal::{self, Received};
use app::text::rehearsal as text;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use preview::{Preview, ReceivedMail, Theme, received_html};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    to: String,
}

async fn newest(site: &Site, to: &str) -> Stored<Vec<MailboxRow>> {
    site.store.begin_read().await?.mailbox(to, 50).await
}

fn received(row: MailboxRow) -> Received {
    Received {
        id: row.id.to_string(),
        recipient: row.recipient,
        subject: row.subject,
        text: row.text,
        received_at: row.received_at,
    }
}

pub(super) async fn list(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Query(which): Query<Which>,
) -> Response {
    let props = site.document_props(&asked);
    match newest(&site, &which.to).await {
        Ok(rows) => {
            Html(rehearsal::mailbox(site.port.brand(), rows.into_iter().map(received).collect(), props)).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// Finds a mail among the newest.
async fn find(site: &Site, id: &str) -> Result<MailboxRow, StatusCode> {
    let rows = newest(site, "").await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    rows.into_iter().find(|row| row.id.as_str() == id).ok_or(StatusCode::NOT_FOUND)
}

pub(super) async fn one(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(id): Path<String>,
) -> Response {
    let props = site.document_props(&asked);
    match find(&site, &id).await {
        Ok(row) => Html(rehearsal::mail(site.port.brand(), received(row), props)).into_response(),
        Err(status) => status.into_response(),
    }
}

/// A mail as the gallery shows samples: text and HTML side by side, light, dark and inverted, with what is checked.
pub(super) async fn parts(
    State(site): State<Site>,
    Extension(preview): Extension<Arc<Preview>>,
    Path(id): Path<String>,
) -> Result<Html<String>, StatusCode> {
    let row = find(&site, &id).await?;
    let mail = ReceivedMail {
        id,
        received: text::received(&row.recipient, row.received_at),
        rendered: Rendered { subject: row.subject, text: row.text, html: row.html },
    };
    preview.received_page(&mail).map(Html).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

/// The HTML part alone, in one scheme.
pub(super) async fn bare(
    State(site): State<Site>,
    Path((id, theme)): Path<(String, String)>,
) -> Result<Html<String>, StatusCode> {
    let theme = Theme::parse(&theme).ok_or(StatusCode::NOT_FOUND)?;
    let row = find(&site, &id).await?;
    Ok(Html(received_html(&row.html, theme)))
}

/// The whole message, for a mail program.
pub(super) async fn message(State(site): State<Site>, Path(id): Path<String>) -> Result<Response, StatusCode> {
    let row = find(&site, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "message/rfc822"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"message.eml\""),
    ];
    Ok((headers, row.source).into_response())
}
