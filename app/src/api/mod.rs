//! The server functions, one a flow: each hands the posted form to the port, as the form's own address does without script.

use crate::fault::Fault;
use crate::wire::{Flow, Form, Page};
use leptos::prelude::*;
use server_fn::codec::Json;

/// Flow A.
#[server(prefix = "/api", endpoint = "enrol", input = Json, output = Json)]
pub async fn enrol(form: Form) -> Result<Page, Fault> {
    act(Flow::Enrol, form).await
}

/// Flow B.
#[server(prefix = "/api", endpoint = "user-id", input = Json, output = Json)]
pub async fn user_id(form: Form) -> Result<Page, Fault> {
    act(Flow::UserId, form).await
}

/// Flow C.
#[server(prefix = "/api", endpoint = "password-reset", input = Json, output = Json)]
pub async fn password_reset(form: Form) -> Result<Page, Fault> {
    act(Flow::PasswordReset, form).await
}

/// Password, then code.
#[server(prefix = "/api", endpoint = "sign-in", input = Json, output = Json)]
pub async fn sign_in(form: Form) -> Result<Page, Fault> {
    act(Flow::SignIn, form).await
}

/// The mailed link's page.
#[server(prefix = "/api", endpoint = "link", input = Json, output = Json)]
pub async fn link(form: Form) -> Result<Page, Fault> {
    act(Flow::Link, form).await
}

/// The password change in the portal.
#[server(prefix = "/api", endpoint = "account", input = Json, output = Json)]
pub async fn account(form: Form) -> Result<Page, Fault> {
    act(Flow::Account, form).await
}

/// Reads a flow's present state again; changes nothing.
#[server(prefix = "/api", endpoint = "look", input = Json, output = Json)]
pub async fn look(flow: Flow) -> Result<Page, Fault> {
    let (visitor, port) = asked()?;
    port.look(&visitor, flow).await
}

#[cfg(feature = "ssr")]
async fn act(flow: Flow, form: Form) -> Result<Page, Fault> {
    let (visitor, port) = asked()?;
    port.act(&visitor, flow, form).await
}

/// Who asks, and whom: both are put into the context by the server.
#[cfg(feature = "ssr")]
fn asked() -> Result<(crate::port::Visitor, std::sync::Arc<dyn crate::port::Port>), Fault> {
    use_context().zip(use_context()).ok_or(Fault::Internal)
}
