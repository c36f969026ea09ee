//! The server functions, one for each flow. Each hands the posted form to the port, as the form's own address does without script.
//!
//! The browser calls them with a few lines of its own (`client/call.rs`), because the generated client weighs 8 KB (brotli) more.

use crate::fault::Fault;
use crate::wire::{Flow, Form, Page};
use http::HeaderValue;
use http::header::{RETRY_AFTER, SET_COOKIE};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use server_fn::codec::Postcard;

/// Flow A.
#[server(prefix = "/api", endpoint = "enrol", input = Postcard, output = Postcard)]
pub async fn enrol(form: Form) -> Result<Page, Fault> {
    submit(Flow::Enrol, form).await
}

/// Flow B.
#[server(prefix = "/api", endpoint = "user-id", input = Postcard, output = Postcard)]
pub async fn user_id(form: Form) -> Result<Page, Fault> {
    submit(Flow::UserId, form).await
}

/// Flow C.
#[server(prefix = "/api", endpoint = "password-reset", input = Postcard, output = Postcard)]
pub async fn password_reset(form: Form) -> Result<Page, Fault> {
    submit(Flow::PasswordReset, form).await
}

/// Password, then code.
#[server(prefix = "/api", endpoint = "sign-in", input = Postcard, output = Postcard)]
pub async fn sign_in(form: Form) -> Result<Page, Fault> {
    submit(Flow::SignIn, form).await
}

/// The mailed link's page.
#[server(prefix = "/api", endpoint = "link", input = Postcard, output = Postcard)]
pub async fn link(form: Form) -> Result<Page, Fault> {
    submit(Flow::Link, form).await
}

/// The password change in the portal.
#[server(prefix = "/api", endpoint = "account", input = Postcard, output = Postcard)]
pub async fn account(form: Form) -> Result<Page, Fault> {
    submit(Flow::Account, form).await
}

/// The session, which one press extends.
#[server(prefix = "/api", endpoint = "session", input = Postcard, output = Postcard)]
pub async fn session(form: Form) -> Result<Page, Fault> {
    submit(Flow::Session, form).await
}

/// Reads a flow's present state again and changes nothing.
#[server(prefix = "/api", endpoint = "view", input = Postcard, output = Postcard)]
pub async fn view(flow: Flow) -> Result<Page, Fault> {
    let (visitor, port) = asked()?;
    port.view(&visitor, flow).await.inspect_err(tell_when)
}

async fn submit(flow: Flow, form: Form) -> Result<Page, Fault> {
    let (visitor, port) = asked()?;
    let answer = port.submit(&visitor, flow, form).await.inspect_err(tell_when)?;
    let response = use_context::<ResponseOptions>().ok_or(Fault::Internal)?;
    for cookie in answer.cookies {
        let cookie = HeaderValue::try_from(cookie.0).map_err(|_| Fault::Internal)?;
        response.append_header(SET_COOKIE, cookie);
    }
    Ok(answer.value)
}

/// Tells the browser when to come back, as the form's own address does.
fn tell_when(fault: &Fault) {
    if let (Fault::Busy { retry_after }, Some(response)) = (fault, use_context::<ResponseOptions>()) {
        response.insert_header(RETRY_AFTER, HeaderValue::from(*retry_after));
    }
}

/// Returns the visitor and the port, which the server puts into the context.
fn asked() -> Result<(crate::port::Visitor, std::sync::Arc<dyn crate::port::Port>), Fault> {
    use_context().zip(use_context()).ok_or(Fault::Internal)
}
