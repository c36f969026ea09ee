//! Everything that screens may ask of the server. The server implements [`Port`]; server functions and form posts both call it.

mod ids;
mod portal;
mod requests;

pub use ids::{ContractId, PublicSessionId, RequestReference};
pub use portal::{Account, Contract, Portal, Session, SignInAttempt};
pub use requests::{
    EntryProblem, ItemChange, ItemEntry, Procedure, ProcedureNotice, ProcedureScreen, Renewal, Request, RequestDetails,
    RequestMoved,
};

use crate::fault::Fault;
use crate::wire::{Brand, Flow, Form, Page};
use async_trait::async_trait;
use rules::RequestKind;
use rules::limits::Limits;
use std::sync::Arc;

/// The visitor: what is known about the person behind a request. Holds tokens, so `Debug` hides it.
#[derive(Clone)]
pub struct Visitor {
    /// Cookies as sent, name and value.
    pub cookies: Arc<Vec<(String, String)>>,
    /// The client's address, as far as the configured proxies report it.
    pub address: String,
    /// The network around an IPv6 address, which a provider gives to one customer.
    pub network: Option<String>,
    /// What kind of device it is, in a few words for people.
    pub device: String,
    /// The request's id, which is on every log line.
    pub request_id: String,
}

impl Visitor {
    /// The value of a cookie that the browser sent.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }
}

/// The value of a `Set-Cookie` header. Holds a token, so `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct SetCookie(pub String);

rules::opaque_debug!(Visitor, SetCookie);

/// What a use case returns, with the cookies that the browser is given together with it.
#[derive(Clone, Debug)]
pub struct Answer<T> {
    pub value: T,
    pub cookies: Vec<SetCookie>,
}

impl<T> From<T> for Answer<T> {
    /// An answer without cookies.
    fn from(value: T) -> Self {
        Self { value, cookies: Vec::new() }
    }
}

/// What the screens may ask for.
#[async_trait]
pub trait Port: Send + Sync {
    /// The installation's names and contact details.
    fn brand(&self) -> &Brand;

    /// Every limit and lifetime, for the pages that mention them.
    fn limits(&self) -> &Limits;

    /// The step that this browser's flow has reached. Changes nothing.
    async fn view(&self, visitor: &Visitor, flow: Flow) -> Result<Page, Fault>;

    /// Moves the flow on by a posted form.
    async fn submit(&self, visitor: &Visitor, flow: Flow, form: Form) -> Result<Answer<Page>, Fault>;

    /// The portal's home of the person who is signed in.
    async fn portal(&self, visitor: &Visitor) -> Result<Portal, Fault>;

    /// One contract of the person who is signed in.
    async fn contract(&self, visitor: &Visitor, id: &ContractId) -> Result<Contract, Fault>;

    /// What a procedure for one of their contracts shows now. Changes nothing.
    async fn procedure(&self, visitor: &Visitor, kind: RequestKind, contract: &ContractId) -> Result<Procedure, Fault>;

    /// Moves a procedure on by a posted form. Returns whether it goes on; if not, the person has given it up.
    async fn submit_procedure(
        &self,
        visitor: &Visitor,
        kind: RequestKind,
        contract: &ContractId,
        form: Form,
    ) -> Result<bool, Fault>;

    /// The page of the request with this reference number.
    async fn request(&self, visitor: &Visitor, reference: &RequestReference) -> Result<Procedure, Fault>;

    /// Takes back the request with this reference number, if staff has not begun with it. Its page says what that came to.
    async fn withdraw_request(&self, visitor: &Visitor, reference: &RequestReference) -> Result<(), Fault>;

    /// How many states the requests of the person who is signed in have come to.
    async fn request_moves(&self, visitor: &Visitor) -> Result<i64, Fault>;

    /// Sessions and sign-in history of the person who is signed in.
    async fn account(&self, visitor: &Visitor) -> Result<Account, Fault>;

    /// Keeps whether the person who is signed in is reminded of renewals.
    async fn choose_reminders(&self, visitor: &Visitor, form: Form) -> Result<(), Fault>;

    /// Ends another session of the same account, or all others when none is named.
    async fn end_session(&self, visitor: &Visitor, public_id: Option<&PublicSessionId>) -> Result<(), Fault>;

    /// Ends the session on the server. The answer's cookies make the browser forget it.
    async fn sign_out(&self, visitor: &Visitor) -> Result<Answer<()>, Fault>;
}
