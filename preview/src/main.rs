//! `preview [PORT]` serves the gallery to this machine alone, `preview lan [PORT]` also to devices of its network that have the
//! key; `preview export FOLDER` writes it as files. All are run in the repository's folder. What is posted in an entry is answered
//! here and nowhere else: this program has no product whose addresses that would take.

#![expect(clippy::print_stdout, reason = "a command that says where it listens")]

use axum::Extension;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use preview::{
    AS_SHIPPED, HOME, Lan, Nonce, Preview, Skin, StyleSource, Workshop, answers, export, guard, headers, in_letters,
    own_address, router,
};
use rand::TryRng as _;
use rules::limits::Limits;
use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const PORT: u16 = 3_100;

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
        ["lan"] => serve_network(preview, PORT).await,
        ["lan", port] => serve_network(preview, port.parse()?).await,
        [] => serve(preview, PORT).await,
        [port] => serve(preview, port.parse()?).await,
        _ => Err("usage: preview [lan] [PORT] | preview export FOLDER".into()),
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
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_dir());
    let workshop = Workshop { axe: folder("AXE_DIR"), changes: folder("CHANGES_DIR") };
    Ok(Preview { own, other, limits: Limits::default(), chosen: AS_SHIPPED, style, site, workshop })
}

async fn serve(preview: Preview, port: u16) -> Result<(), Box<dyn Error>> {
    listen(preview, Ipv4Addr::LOCALHOST, port, Lan::closed(port)).await
}

async fn serve_network(preview: Preview, port: u16) -> Result<(), Box<dyn Error>> {
    let own = own_address().ok_or("this machine is in no network")?;
    let lan = Lan::open(own, port, draw);
    if let Some(address) = lan.address(HOME) {
        println!("{}\nFor one device: {address}", in_letters(&address).unwrap_or_default());
        println!("For the next one: http://127.0.0.1:{port}/preview/phone");
    }
    listen(preview, Ipv4Addr::UNSPECIFIED, port, lan).await
}

async fn listen(preview: Preview, on: Ipv4Addr, port: u16, lan: Lan) -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind((on, port)).await?;
    println!("The gallery is at http://127.0.0.1:{port}/preview");
    let lan = Arc::new(lan);
    let shown = router(preview.clone()).merge(answers(preview)).layer(Extension(lan.clone())).layer(from_fn(protect));
    let guarded = shown.layer(from_fn_with_state(lan, guard)).with_state(());
    axum::serve(listener, guarded.into_make_service_with_connect_info::<SocketAddr>()).await?;
    Ok(())
}

/// Draws a key that nobody guesses.
#[expect(clippy::expect_used, reason = "without randomness nobody else may be let in")]
fn draw() -> String {
    let mut key = [0; 16];
    rand::rngs::SysRng.try_fill_bytes(&mut key).expect("the operating system's random number generator");
    format!("{:032x}", u128::from_be_bytes(key))
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
