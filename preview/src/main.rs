//! `preview [PORT]` serves the gallery to this machine alone; `preview export FOLDER` writes it as files. Both are run in the
//! repository's folder.

#![expect(clippy::print_stdout, reason = "a command that says where it listens")]

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use preview::{AS_SHIPPED, Nonce, Preview, Skin, StyleSource, export, headers, router};
use rules::limits::Limits;
use std::error::Error;
use std::path::Path;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let preview = read()?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["export", folder] => {
            println!("{} files in {folder}", export::export(&preview, Path::new(folder))?);
            Ok(())
        }
        ["export"] => Err("export needs a folder".into()),
        [] => serve(preview, 3_100).await,
        [port] => serve(preview, port.parse()?).await,
        _ => Err("usage: preview [PORT] | preview export FOLDER".into()),
    }
}

/// Reads the brand of `nirin.toml`, and the one to be looked at beside it: that of the file in `BRAND`, or the example.
fn read() -> Result<Preview, Box<dyn Error>> {
    let drawing = |file: &Path| std::fs::read_to_string(file);
    let own = Skin::from_toml(&std::fs::read_to_string("nirin.toml")?, drawing)?;
    let other = match std::env::var_os("BRAND").filter(|file| !file.is_empty()) {
        Some(file) => Skin::from_toml(&std::fs::read_to_string(file)?, drawing)?,
        None => Skin::example()?,
    };
    for skin in [&own, &other] {
        if let Err(short) = skin.assets.check() {
            println!("{}: {short}", skin.names.service);
        }
    }
    let site = std::env::var_os("SITE_DIR").map_or_else(|| "site".into(), Into::into);
    let style = StyleSource::Sources("style".into());
    Ok(Preview { own, other, limits: Limits::default(), chosen: AS_SHIPPED, style, site })
}

async fn serve(preview: Preview, port: u16) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("The gallery is at http://127.0.0.1:{port}/preview");
    axum::serve(listener, router(preview).layer(from_fn(protect)).with_state(())).await?;
    Ok(())
}

/// The headers that the server would add. There is nothing here that a nonce could protect, so it need not be random.
async fn protect(mut request: Request, next: Next) -> Response {
    const NONCE: &str = "gallery";
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str).to_owned();
    request.extensions_mut().insert(Nonce(NONCE.to_owned()));
    let mut response = next.run(request).await;
    let fixed = [("x-content-type-options", "nosniff".to_owned()), ("referrer-policy", "same-origin".to_owned())];
    for (name, value) in headers(&route, &Nonce(NONCE.to_owned())).into_iter().chain(fixed) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}
