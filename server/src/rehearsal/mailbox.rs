//! The mailbox page: what the transport `mailbox` has delivered.

use crate::http::{RequestContext, Site};
use crate::store::{MailboxRow, Stored};
use app::pages::rehearsal::{self, Received};
use app::pages::shell::DocumentProps;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use axum::{Extension, Json};
use serde::Deserialize;

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
    let props = DocumentProps { nonce: asked.nonce, assets: site.assets.to_string(), ..DocumentProps::default() };
    match newest(&site, &which.to).await {
        Ok(rows) => {
            Html(rehearsal::mailbox(site.port.brand(), rows.into_iter().map(received).collect(), props)).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// For tests: text, HTML and source of the newest mails.
pub(super) async fn json(State(site): State<Site>, Query(which): Query<Which>) -> Response {
    match newest(&site, &which.to).await {
        Ok(rows) => {
            let mails: Vec<_> = rows
                .into_iter()
                .map(|row| {
                    serde_json::json!({
                        "id": row.id, "to": row.recipient, "subject": row.subject, "text": row.text,
                        "html": row.html, "source": row.source, "at": row.received_at,
                    })
                })
                .collect();
            Json(mails).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

pub(super) async fn one(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(id): Path<String>,
) -> Response {
    let props = DocumentProps { nonce: asked.nonce, assets: site.assets.to_string(), ..DocumentProps::default() };
    match newest(&site, "").await {
        Ok(rows) => match rows.into_iter().find(|row| row.id.as_str() == id) {
            Some(row) => Html(rehearsal::mail(site.port.brand(), received(row), props)).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        },
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
