//! Calls the server functions of `api`: the same addresses and the same encoding, in a few lines.

use crate::fault::Fault;
use crate::wire::Page;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// After so long without an answer the person is told, in milliseconds.
const PATIENCE_MS: u32 = 30_000;

/// Calls `/api/{name}` with one argument.
pub(super) async fn call(name: &str, argument: &impl Serialize) -> Result<Page, Fault> {
    let body = postcard::to_allocvec(argument).map_err(|_| Fault::BadRequest)?;
    let (ok, answer) = exchange(&format!("/api/{name}"), &body).await.map_err(|_| Fault::NoAnswer)?;
    if ok {
        postcard::from_bytes(&answer).map_err(|_| Fault::NoAnswer)
    } else {
        Err(postcard::from_bytes(&answer).unwrap_or(Fault::NoAnswer))
    }
}

async fn exchange(address: &str, body: &[u8]) -> Result<(bool, Vec<u8>), JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/x-postcard")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(body));
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?.unchecked_into();
    let answer = JsFuture::from(response.array_buffer()?).await?;
    Ok((response.ok(), Uint8Array::new(&answer).to_vec()))
}
