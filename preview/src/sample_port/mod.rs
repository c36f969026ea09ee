//! Answers to what an entry's document posts, in the place of the product's server: what was typed is judged by the product's own
//! checks, and leads to the sample of the step that follows, or comes back with what is wrong with it.
//!
//! Which entry asks stands in the `Referer`: the address of its document. Nothing else is known between two requests, so an answer
//! that leads to another step leads to the document of that step's entry, from which the next request then comes.

mod flows;
mod procedures;
mod routes;

pub use routes::answers;

use crate::Preview;
use crate::entries::{Entry, Shown};
use crate::links::Links;
use crate::switches::Switches;
use app::fault::Fault;
use app::port::{
    Account, Answer, Contract, ContractId, Port, Portal, Procedure, ProcedureScreen, PublicSessionId, RequestReference,
    Visitor,
};
use app::samples::register::Sample;
use app::samples::states::Content;
use app::wire::{Brand, Flow, Form, Page};
use async_trait::async_trait;
use axum::http::Uri;
use rules::RequestKind;
use rules::limits::Limits;
use std::sync::Arc;

/// Before the id of an entry in the address of its document.
const BARE: &str = "/preview/bare/";

/// What a post comes to.
enum Outcome<T> {
    /// The step stays, with what is to be said about the post.
    Stays(T),
    /// It leads to the entry with this id.
    LeadsTo(&'static str),
}

/// The entry whose document asks, and how it is looked at.
struct Place {
    id: String,
    switches: Switches,
}

impl Place {
    /// Reads the address of an entry's document.
    fn read(address: &Uri) -> Option<Self> {
        let id = address.path().strip_prefix(BARE)?.to_owned();
        let query: Vec<_> =
            form_urlencoded::parse(address.query().unwrap_or_default().as_bytes()).into_owned().collect();
        Some(Self { id, switches: Switches::parse(&query).ok()? })
    }

    fn address(&self) -> String {
        Links::Server.bare(&self.id, self.switches)
    }
}

/// The port of one request. Without a place every question about an entry is answered with a fault.
struct SamplePort {
    preview: Arc<Preview>,
    place: Option<Place>,
    brand: Brand,
}

impl SamplePort {
    fn new(preview: Arc<Preview>, place: Option<Place>) -> Self {
        let switches = place.as_ref().map_or_else(Switches::default, |place| place.switches);
        Self { brand: preview.names(switches), preview, place }
    }

    /// Returns an entry as it is looked at where the request comes from.
    fn entry(&self, id: &str) -> Option<Entry> {
        let switches = self.place.as_ref()?.switches;
        self.preview.entries(switches).into_iter().find(|entry| entry.id() == id)
    }

    /// Returns the sample of the entry that asks.
    fn sample(&self) -> Result<Sample, Fault> {
        let place = self.place.as_ref().ok_or(Fault::NotFound)?;
        match self.entry(&place.id).map(|entry| entry.shown) {
            Some(Shown::Screen(sample)) => Ok(sample),
            Some(Shown::Mail(_)) | None => Err(Fault::NotFound),
        }
    }

    /// Returns the page of the entry that asks, if it is one of this flow.
    fn page(&self, flow: Flow) -> Result<Page, Fault> {
        flow_page(&self.sample()?.content).filter(|page| page.flow == flow).cloned().ok_or(Fault::NotFound)
    }

    /// Answers a form of a flow.
    fn post(&self, flow: Flow, form: &Form) -> Result<Page, Fault> {
        if form.has_duplicates() {
            return Err(Fault::BadRequest);
        }
        let page = self.page(flow)?;
        match flows::outcome(page.clone(), form) {
            Outcome::Stays(page) => Ok(page),
            Outcome::LeadsTo(id) => self.leading_to(id, page),
        }
    }

    /// Returns the procedure of the entry that asks.
    fn shown_procedure(&self) -> Result<Procedure, Fault> {
        match self.sample()?.content {
            Content::Procedure(shown) => Ok(*shown),
            _ => Err(Fault::NotFound),
        }
    }

    /// Returns the address of an entry's document, looked at as the one that asks.
    fn address(&self, id: &str) -> Result<String, Fault> {
        let place = self.place.as_ref().ok_or(Fault::NotFound)?;
        Ok(Links::Server.bare(id, place.switches))
    }

    /// Returns the page of an entry, which the browser goes to. `left` stands in for it where the entry is no page of a flow.
    fn leading_to(&self, id: &str, left: Page) -> Result<Page, Fault> {
        let sample = self.entry(id).and_then(|entry| match entry.shown {
            Shown::Screen(sample) => flow_page(&sample.content).cloned(),
            Shown::Mail(_) => None,
        });
        Ok(Page { redirect_to: Some(self.address(id)?), ..sample.unwrap_or(left) })
    }
}

/// Returns the page that the browser side takes over, if a document has one.
fn flow_page(content: &Content) -> Option<&Page> {
    match content {
        Content::Flow(page) | Content::Account(_, page) => Some(page),
        _ => None,
    }
}

#[async_trait]
impl Port for SamplePort {
    fn brand(&self) -> &Brand {
        &self.brand
    }

    fn limits(&self) -> &Limits {
        &self.preview.limits
    }

    async fn view(&self, _: &Visitor, flow: Flow) -> Result<Page, Fault> {
        self.page(flow)
    }

    async fn submit(&self, _: &Visitor, flow: Flow, form: Form) -> Result<Answer<Page>, Fault> {
        self.post(flow, &form).map(Answer::from)
    }

    async fn portal(&self, _: &Visitor) -> Result<Portal, Fault> {
        match self.sample()?.content {
            Content::Home(data) => Ok(data),
            _ => Err(Fault::NotFound),
        }
    }

    async fn contract(&self, _: &Visitor, _: &ContractId) -> Result<Contract, Fault> {
        match self.sample()?.content {
            Content::Contract(contract) => Ok(*contract),
            _ => Err(Fault::NotFound),
        }
    }

    async fn procedure(&self, _: &Visitor, kind: RequestKind, _: &ContractId) -> Result<Procedure, Fault> {
        self.shown_procedure().and_then(|shown| if shown.kind == kind { Ok(shown) } else { Err(Fault::NotFound) })
    }

    async fn submit_procedure(
        &self,
        visitor: &Visitor,
        kind: RequestKind,
        contract: &ContractId,
        form: Form,
    ) -> Result<bool, Fault> {
        let shown = self.procedure(visitor, kind, contract).await?;
        Ok(!matches!(procedures::outcome(shown, &form), Outcome::LeadsTo(procedures::GIVEN_UP)))
    }

    async fn request(&self, _: &Visitor, _: &RequestReference) -> Result<Procedure, Fault> {
        let shown = self.shown_procedure()?;
        if matches!(shown.screen, ProcedureScreen::Receipt(_)) { Ok(shown) } else { Err(Fault::NotFound) }
    }

    async fn withdraw_request(&self, visitor: &Visitor, reference: &RequestReference) -> Result<(), Fault> {
        self.request(visitor, reference).await.map(drop)
    }

    async fn request_moves(&self, _: &Visitor) -> Result<i64, Fault> {
        // The state of a sample never changes.
        Ok(0)
    }

    async fn account(&self, _: &Visitor) -> Result<Account, Fault> {
        match self.sample()?.content {
            Content::Account(data, _) => Ok(data),
            _ => Err(Fault::NotFound),
        }
    }

    async fn choose_reminders(&self, visitor: &Visitor, _: Form) -> Result<(), Fault> {
        self.account(visitor).await.map(drop)
    }

    async fn end_session(&self, visitor: &Visitor, _: Option<&PublicSessionId>) -> Result<(), Fault> {
        self.account(visitor).await.map(drop)
    }

    async fn sign_out(&self, _: &Visitor) -> Result<Answer<()>, Fault> {
        self.sample().map(|_| ().into())
    }
}
