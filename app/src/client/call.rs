//! Calls the server functions of `api`: the same addresses and the same encoding, in a few lines.

use crate::fault::Fault;
use crate::wire::Page;
use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

/// After so long without an answer the person is told, in milliseconds.
const ANSWER_TIMEOUT_MS: u32 = 30_000;

/// Why a call brought no page.
pub(super) enum CallError {
    /// The server refused, or there was no answer.
    Fault(Fault),
    /// The server answered, but not in a form that this build knows: the answer is not whole, or the server was replaced meanwhile.
    Unreadable,
}

/// Calls `/api/{name}` with one argument.
pub(super) async fn call(name: &str, argument: &impl Serialize) -> Result<Page, CallError> {
    let body = postcard::to_allocvec(argument).map_err(|_| CallError::Fault(Fault::BadRequest))?;
    let (ok, answer) = exchange(&format!("/api/{name}"), &body).await.map_err(|_| CallError::Fault(Fault::NoAnswer))?;
    if ok {
        postcard::from_bytes(&answer).map_err(|_| CallError::Unreadable)
    } else {
        Err(CallError::Fault(postcard::from_bytes(&answer).unwrap_or(Fault::NoAnswer)))
    }
}

async fn exchange(address: &str, body: &[u8]) -> Result<(bool, Vec<u8>), JsValue> {
    let headers = Headers::new()?;
    headers.set("content-type", "application/x-postcard")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&Uint8Array::from(body));
    init.set_signal(Some(&AbortSignal::timeout_with_u32(ANSWER_TIMEOUT_MS)));
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_str_and_init(address, &init)).await?.unchecked_into();
    let answer = JsFuture::from(response.array_buffer()?).await?;
    Ok((response.ok(), Uint8Array::new(&answer).to_vec()))
}
