//! The page that brings the gallery to a phone.

use crate::lan::{FromHere, Lan};
use crate::links::Links;
use crate::switches::Switches;
use askama::Template;
use axum::Extension;
use axum::extract::Query;
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
    /// The code as a drawing, and the same address in letters.
    code: Option<(String, String)>,
}

/// Shows the next key to whoever is at this machine, and to nobody else.
pub(crate) async fn page(
    lan: Option<Extension<Arc<Lan>>>,
    here: Option<Extension<FromHere>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let Ok(switches) = Switches::parse(&pairs) else { return StatusCode::BAD_REQUEST.into_response() };
    let address = here.and(lan).and_then(|Extension(lan)| lan.address());
    let code = address.and_then(|address| Some((drawing(&address)?, address)));
    let page = Phone { assets: Links::Server.assets(switches), home: Links::Server.overview(switches), code };
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
