//! The portal's home.

use super::addresses::{contract_address, procedure_address};
use super::menu::{Menu, Place};
use super::request::RequestList;
use crate::pages::shell::{DocumentProps, document};
use crate::parts::{ContactCentre, Fact, Facts};
use crate::port::{Contract, Portal};
use crate::text::document::title;
use crate::text::help::Topic;
use crate::text::{guide, portal, requests, time};
use crate::wire::Brand;
use leptos::prelude::*;
use rules::RequestKind;

/// Greeting and contracts.
#[must_use]
pub fn render(brand: &Brand, data: Portal, mut props: DocumentProps) -> String {
    props.title = title(&[portal::HOME, &brand.service]);
    props.signed_in = true;
    let open = |contract: &Contract| contract.requests.iter().any(|request| request.state.is_open());
    props.follows_requests = data.contracts.iter().any(open);
    document(brand, props, move || content(data))
}

/// The content between header and footer. The guide shows a picture of it.
pub fn content(data: Portal) -> AnyView {
    let contracts = if data.contracts.is_empty() {
        view! { <p>{portal::NO_CONTRACTS}</p> }.into_any()
    } else {
        let cards = data.contracts.into_iter().map(|contract| view! { <Card contract/> }).collect_view();
        view! { <ul class="cards">{cards}</ul> }.into_any()
    };
    let topics = TOPICS.map(|topic| view! { <li><a href=topic.address()>{topic.title()}</a></li> }).collect_view();
    view! {
        <Menu here=Place::Home/>
        <h1 id="heading">{portal::name(&data.kana)}</h1>
        <p class="lead">{portal::greeting(data.last_sign_in.map(time::date_and_clock))}</p>
        <div class="home">
            <section>
                <h2>{portal::CONTRACTS}</h2>
                {contracts}
            </section>
            <section class="aside">
                <h2>{guide::TROUBLE}</h2>
                <ul class="ways">{topics}</ul>
                <ContactCentre/>
            </section>
        </div>
    }
    .into_any()
}

/// What people look for who stand before their contracts.
const TOPICS: [Topic; 3] = [Topic::Renewal, Topic::ContractChange, Topic::Change];

/// One contract: what distinguishes it from the others, and a link to its page.
#[component]
fn Card(contract: Contract) -> impl IntoView {
    let details = contract_address(&contract.id);
    let numbers =
        portal::numbers(&contract).into_iter().map(|(name, value)| view! { <Fact name value/> }).collect_view();
    let which = portal::see_contract(&contract.plate);
    let renewal = (contract.offer.is_open() && !contract.is_renewed()).then(|| {
        let line = requests::offer(contract.offer);
        let to = procedure_address(RequestKind::Renewal, &contract.id);
        view! {
            <p class="card-offer">{line}</p>
            <p><a class="button" href=to>{requests::renew(&contract.plate)}</a></p>
        }
    });
    let requests = contract.current_requests();
    let requests = (!requests.is_empty()).then(|| view! { <RequestList requests/> });
    view! {
        <li class="card">
            <div class="card-what">
                <p class="card-status" data-status=contract.status.as_str()>{portal::status(contract.status)}</p>
                <h3>{contract.product}</h3>
                <Facts>
                    <Fact name=portal::VEHICLE value=contract.vehicle/>
                    <Fact name=portal::PLATE value=contract.plate/>
                    <Fact name=portal::PERIOD value=portal::period(portal::Term { starts_on: &contract.starts_on, ends_on: &contract.ends_on })/>
                    {numbers}
                </Facts>
            </div>
            <div class="card-next">
                <p class="card-days">{portal::days_left(contract.status, contract.days_left)}</p>
                {renewal}
                {requests}
                <p class="card-more"><a href=details>{which}</a></p>
            </div>
        </li>
    }
}
