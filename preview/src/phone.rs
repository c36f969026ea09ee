//! The page that brings the gallery to a phone.

use crate::Preview;
use crate::entries::all;
use crate::lan::{FromHere, Lan};
use crate::links::Links;
use crate::switches::{Switches, Width};
use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};
use qrcode::QrCode;
use qrcode::render::{svg, unicode};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "phone.html")]
struct Phone {
    assets: String,
    home: String,
    /// The entry that the code leads to, and its page.
    entry: Option<(String, String)>,
    /// The code as a drawing, and the same address in letters.
    code: Option<(String, String)>,
}

type LanIfAny = Option<Extension<Arc<Lan>>>;
type HereIfSo = Option<Extension<FromHere>>;

/// Leads a phone to the overview.
pub(crate) async fn page(lan: LanIfAny, here: HereIfSo, switches: Switches) -> Response {
    shown(lan, here, switches, None)
}

/// Leads a phone to one entry's own document, as it is looked at.
pub(crate) async fn entry(
    State(preview): State<Arc<Preview>>,
    Path((group, kind, state)): Path<(String, String, String)>,
    lan: LanIfAny,
    here: HereIfSo,
    switches: Switches,
) -> Response {
    let id = format!("{group}/{kind}/{state}");
    match all(&preview).iter().any(|entry| entry.id() == id) {
        true => shown(lan, here, switches, Some(id)),
        false => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Shows the next key to whoever is at this machine, and to nobody else.
fn shown(lan: LanIfAny, here: HereIfSo, switches: Switches, id: Option<String>) -> Response {
    let links = Links::Server;
    // A phone has a width of its own.
    let on_phone = Switches { width: Width::default(), ..switches };
    let place = id.as_ref().map_or_else(|| links.overview(on_phone), |id| links.bare(id, on_phone));
    let address = here.and(lan).and_then(|Extension(lan)| lan.address(&place));
    let code = address.and_then(|address| Some((drawing(&address)?, address)));
    let entry = id.map(|id| (links.entry(&id, switches), id));
    let page = Phone { assets: links.page_assets(switches), home: links.overview(switches), entry, code };
    match page.render() {
        Ok(page) => ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn drawing(address: &str) -> Option<String> {
    let code = QrCode::new(address).ok()?;
    let drawing = code.render::<svg::Color>().min_dimensions(240, 240).build();
    // Inside of a page there is no declaration of XML.
    drawing.find("<svg").and_then(|at| drawing.get(at..)).map(str::to_owned)
}

/// Returns the code of an address for a terminal.
#[must_use]
pub fn in_letters(address: &str) -> Option<String> {
    // Light on dark, as most terminals are.
    let code = QrCode::new(address).ok()?;
    let (dark, light) = (unicode::Dense1x2::Light, unicode::Dense1x2::Dark);
    Some(code.render::<unicode::Dense1x2>().dark_color(dark).light_color(light).build())
}
