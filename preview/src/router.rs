//! The gallery's addresses. All are read with GET and change nothing.

use crate::Preview;
use crate::entries::{Nonce, Shown, all};
use crate::links::{Links, parse_style_folder};
use crate::phone;
use crate::storyboards::Storyboard;
use crate::style::sheet;
use crate::switches::{BrandChoice, SEARCH, Switches};
use crate::tokens::{File, Flavour};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use design::{ICON, LOGO, STYLE};
use std::sync::Arc;

/// The page that brings the gallery to a phone.
pub(crate) const PHONE: &str = "/preview/phone";

/// The gallery, under `/preview`.
pub fn router<S: Clone + Send + Sync + 'static>(preview: Preview) -> Router<S> {
    Router::new()
        .route("/preview", get(overview))
        .route("/preview/index.json", get(index))
        .route("/preview/decisions", get(decisions))
        .route("/preview/flows/{flow}", get(storyboard))
        .route("/preview/phone", get(phone::page))
        .route("/preview/phone/{group}/{kind}/{state}", get(phone::entry))
        .route("/preview/changes/{picture}", get(changed_picture))
        .route("/preview/sentences", get(sentences))
        .route("/preview/stamp", get(stamp))
        .route("/preview/tokens", get(tokens))
        .route("/preview/tokens/{flavour}/{file}", get(tokens_file))
        .route("/preview/assets/{style}/{file}", get(asset))
        .route("/preview/{group}", get(group))
        .route("/preview/{group}/{kind}/{state}", get(entry))
        .route("/preview/bare/{group}/{kind}/{state}", get(bare))
        .route("/preview/bare/mails/{kind}/{state}", get(bare_mail))
        .route("/preview/access/{group}/{kind}/{state}", get(measured))
        .route("/preview/message/mails/{kind}/{state}", get(message))
        .with_state(Arc::new(preview))
}

/// Returns the headers of a route of the gallery that differ from the product's. A document of the product may be framed by an
/// entry's page, and by nothing else; a mail has its style inside.
#[must_use]
pub fn headers(route: &str, nonce: &Nonce) -> Vec<(&'static str, String)> {
    if !route.starts_with("/preview") && !route.starts_with("/rehearsal/mailbox/{id}/") {
        return Vec::new();
    }
    let framed = "frame-ancestors 'self'";
    let alone = "frame-ancestors 'none'";
    let (policy, frames) = match route {
        "/preview/bare/{group}/{kind}/{state}" => (
            format!(
                "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
                 img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; {framed}",
                nonce.0
            ),
            "SAMEORIGIN",
        ),
        // An entry's document, which measures itself for the page around it.
        "/preview/access/{group}/{kind}/{state}" => (
            format!(
                "default-src 'none'; script-src 'nonce-{}'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'none'; {framed}",
                nonce.0
            ),
            "SAMEORIGIN",
        ),
        "/preview/bare/mails/{kind}/{state}" | "/rehearsal/mailbox/{id}/bare/{theme}" => {
            (format!("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; {framed}"), "SAMEORIGIN")
        }
        _ => {
            // Two kinds of pages have a script: the list of sentences, which is narrowed while somebody types, and entries, which
            // keys work and whose numbers are measured.
            let scripted = ["/preview/sentences", "/preview/{group}/{kind}/{state}"].contains(&route);
            let script = if scripted { "script-src 'self'; connect-src 'self'; " } else { "" };
            let own = "style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'";
            (format!("default-src 'none'; {script}{own}; {alone}"), "DENY")
        }
    };
    vec![
        ("content-security-policy", policy),
        ("x-frame-options", frames.to_owned()),
        ("x-robots-tag", "noindex".to_owned()),
    ]
}

type Pairs = Query<Vec<(String, String)>>;
type Shared = State<Arc<Preview>>;

fn rendered(page: Result<String, askama::Error>) -> Response {
    page.map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |page| Html(page).into_response())
}

async fn overview(State(preview): Shared, switches: Switches, Query(pairs): Pairs) -> Response {
    rendered(preview.overview(&Links::Server, switches, searched(&pairs)))
}

async fn decisions(State(preview): Shared, switches: Switches) -> Response {
    rendered(preview.decisions_page(&Links::Server, switches))
}

async fn storyboard(State(preview): Shared, Path(flow): Path<String>, switches: Switches) -> Response {
    let Some(board) = Storyboard::parse(&flow) else { return StatusCode::NOT_FOUND.into_response() };
    rendered(preview.storyboard_page(board, &Links::Server, switches))
}

/// What is searched for.
fn searched(pairs: &[(String, String)]) -> &str {
    pairs.iter().find(|(name, _)| name == SEARCH).map_or("", |(_, value)| value.trim())
}

async fn sentences(State(preview): Shared, switches: Switches, Query(pairs): Pairs) -> Response {
    rendered(preview.sentences_page(&Links::Server, switches, searched(&pairs)))
}

async fn index(State(preview): Shared) -> Response {
    Json(preview.index(&Links::Server)).into_response()
}

/// By what open pages see that something was saved.
async fn stamp(State(preview): Shared) -> Response {
    match preview.stamp() {
        Some(stamp) => ([(header::CACHE_CONTROL, "no-store")], stamp).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn tokens(State(preview): Shared, switches: Switches) -> Response {
    match preview.tokens_page(&Links::Server, switches) {
        Ok(page) => Html(page).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The tokens for design programs, by closed lists of flavours and names.
async fn tokens_file(State(preview): Shared, Path((flavour, file)): Path<(String, String)>) -> Response {
    let (Some(flavour), Some(file)) = (Flavour::parse(&flavour), File::parse(&file)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match preview.tokens(BrandChoice::Own) {
        Ok(tokens) => Json(file.write(&tokens, flavour)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn group(State(preview): Shared, Path(group): Path<String>, switches: Switches) -> Response {
    match preview.group_page(&group, switches) {
        Some(page) => rendered(page),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn entry(
    State(preview): Shared,
    Path((group, kind, state)): Path<(String, String, String)>,
    switches: Switches,
) -> Response {
    let (entries, id) = (preview.entries(switches), format!("{group}/{kind}/{state}"));
    let at = entries.iter().position(|entry| entry.id() == id);
    match at.and_then(|at| preview.entry_page(&entries, at, &Links::Server, switches, &preview.sources())) {
        Some(page) => rendered(page),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn bare(
    State(preview): Shared,
    Path((group, kind, state)): Path<(String, String, String)>,
    switches: Switches,
    Extension(nonce): Extension<Nonce>,
) -> Response {
    document(&preview, &format!("{group}/{kind}/{state}"), switches, &nonce)
}

async fn bare_mail(
    State(preview): Shared,
    Path((kind, state)): Path<(String, String)>,
    switches: Switches,
    Extension(nonce): Extension<Nonce>,
) -> Response {
    document(&preview, &format!("{}/{kind}/{state}", crate::entries::MAILS), switches, &nonce)
}

/// An entry's document with the script that measures it.
async fn measured(
    State(preview): Shared,
    Path((group, kind, state)): Path<(String, String, String)>,
    switches: Switches,
    Extension(nonce): Extension<Nonce>,
) -> Response {
    let id = format!("{group}/{kind}/{state}");
    match preview.entries(switches).iter().find(|entry| entry.id() == id) {
        Some(entry) => Html(preview.measured(entry, switches, &nonce)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A picture of the last run of `make preview-changes`, by the names that the run has written down.
async fn changed_picture(State(preview): Shared, Path(picture): Path<String>) -> Response {
    match preview.changed_picture(&picture) {
        Some(bytes) => {
            ([(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The whole message, as a mail program opens it.
async fn message(State(preview): Shared, Path((kind, state)): Path<(String, String)>) -> Response {
    let id = format!("{}/{kind}/{state}", crate::entries::MAILS);
    let entries = all(&preview);
    let message = entries.iter().find(|entry| entry.id() == id).and_then(|entry| match &entry.shown {
        Shown::Mail(content) => preview.message(&preview.mail(content, Switches::default()), &id),
        Shown::Screen(_) => None,
    });
    match message {
        Some(message) => {
            let file = format!("attachment; filename=\"{kind}-{state}.eml\"");
            ([(header::CONTENT_TYPE, "message/rfc822".to_owned()), (header::CONTENT_DISPOSITION, file)], message)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn document(preview: &Preview, id: &str, switches: Switches, nonce: &Nonce) -> Response {
    match preview.entries(switches).iter().find(|entry| entry.id() == id) {
        Some(entry) => Html(preview.document(entry, switches, &Links::Server.assets(switches), nonce)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The style as the switches want it, and the build's own files by a closed list of names.
async fn asset(State(preview): Shared, Path((style, file)): Path<(String, String)>) -> Response {
    let Some(switches) = parse_style_folder(&style) else { return StatusCode::NOT_FOUND.into_response() };
    match preview.asset(&file, switches) {
        Some((kind, bytes)) => {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")], bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The style of the gallery's own pages.
const GALLERY_STYLE: &str = concat!(
    include_str!("../assets/gallery.css"),
    include_str!("../assets/tokens-page.css"),
    include_str!("../assets/texts.css"),
);

impl Preview {
    /// Returns a file that pages refer to, with its type.
    pub(crate) fn asset(&self, file: &str, switches: Switches) -> Option<(&'static str, Vec<u8>)> {
        let built = |kind| std::fs::read(self.site.join(file)).ok().map(|bytes| (kind, bytes));
        match file {
            STYLE => {
                let brand = self.skin(switches.brand).assets.style(&self.shipped_tokens().ok()?);
                Some(("text/css", sheet(&self.style, switches, &brand).ok()?.into_bytes()))
            }
            "tokens.css" => Some(("text/css", self.tokens_sheet(switches.brand).ok()?.into_bytes())),
            "gallery.css" => Some(("text/css", GALLERY_STYLE.as_bytes().to_vec())),
            "gallery.js" => Some(("text/javascript", include_bytes!("../assets/gallery.js").to_vec())),
            "entry.js" => Some(("text/javascript", include_bytes!("../assets/entry.js").to_vec())),
            "measure.js" => Some(("text/javascript", include_bytes!("../assets/measure.js").to_vec())),
            "axe.js" => self.axe().map(|script| ("text/javascript", script.into_bytes())),
            LOGO | ICON => {
                let own = self.skin(switches.brand).assets.drawing(file);
                Some(("image/svg+xml", own.unwrap_or(include_str!("../../public/icon.svg")).as_bytes().to_vec()))
            }
            "nirin.js" | "start.js" => built("text/javascript"),
            "nirin.wasm" => built("application/wasm"),
            _ => None,
        }
    }
}
