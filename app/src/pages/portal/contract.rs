//! One contract in full: everything that was imported, in groups.

use super::addresses::procedure_address;
use super::menu::{Menu, Place};
use super::request::RequestList;
use crate::pages::shell::{DocumentProps, document};
use crate::parts::{ContactCentre, Fact, Facts};
use crate::port::Contract;
use crate::text::document::title;
use crate::text::{portal, requests};
use crate::wire::Brand;
use leptos::prelude::*;
use rules::RequestKind;

/// The contract's page.
#[must_use]
pub fn render(brand: &Brand, data: Contract, mut props: DocumentProps) -> String {
    props.title = title(&[&data.product, portal::CONTRACTS, &brand.service]);
    props.signed_in = true;
    props.follows_requests = data.requests.iter().any(|request| request.state.is_open());
    document(brand, props, move || {
        let status = data.status;
        let days = portal::days_left(status, data.days_left);
        let product = data.product.clone();
        let procedures = procedures(&data);
        let groups = groups(data).map(|(name, facts)| view! { <Group name facts/> }).collect_view();
        view! {
            <Menu here=Place::Below/>
            <p class="way-back"><a href="/portal">{portal::BACK_HOME}</a></p>
            <h1 id="heading">{product}</h1>
            <p class="card-status" data-status=status.as_str()>{portal::status(status)}</p>
            <p class="card-days">{days}</p>
            {procedures}
            <div class="groups">{groups}</div>
            <p>{portal::CONTRACT_CHANGE}</p>
            <ContactCentre/>
        }
        .into_any()
    })
}

/// What can be done about a contract, and what was requested for it.
fn procedures(data: &Contract) -> AnyView {
    let open = |kind| data.requests.iter().any(|request| request.kind == kind && request.state.is_open());
    let renewal = (data.offer.is_open() && !data.is_renewed()).then(|| {
        view! { <a class="button" href=procedure_address(RequestKind::Renewal, &data.id)>{requests::TO_RENEWAL}</a> }
    });
    let change = (data.can_change && !open(RequestKind::Change)).then(|| {
        view! { <a class="button quiet" href=procedure_address(RequestKind::Change, &data.id)>{requests::TO_CHANGE}</a> }
    });
    let offer = requests::offer(data.offer).filter(|_| !data.is_renewed());
    let list = (!data.requests.is_empty()).then(|| {
        view! { <h2>{requests::REQUESTS}</h2><RequestList requests=data.requests.clone()/> }
    });
    view! {
        {offer.map(|line| view! { <p>{line}</p> })}
        {(renewal.is_some() || change.is_some()).then(|| view! { <div class="other-ways">{renewal}{change}</div> })}
        {list}
    }
    .into_any()
}

type Named = (&'static str, String);

/// The groups of facts with their headings.
fn groups(data: Contract) -> [(&'static str, Vec<Named>); 4] {
    let mut terms = portal::numbers(&data);
    terms.extend([
        (portal::PRODUCT, data.product),
        (portal::PERIOD, portal::period(portal::Term { starts_on: &data.starts_on, ends_on: &data.ends_on })),
        (portal::GRADE, portal::grade(data.grade)),
    ]);
    let vehicle = vec![
        (portal::VEHICLE_NAME, data.vehicle),
        (portal::PLATE, data.plate),
        (portal::DISPLACEMENT, portal::displacement(data.displacement_cc)),
        (portal::FIRST_REGISTERED, portal::iso_month(&data.first_registered)),
        (portal::USAGE, data.usage),
    ];
    let cover = vec![
        (portal::RIDER_SCOPE, data.rider_scope),
        (portal::BODILY_INJURY, data.bodily_injury),
        (portal::PROPERTY_DAMAGE, data.property_damage),
        (portal::PERSONAL_INJURY, data.personal_injury),
        (portal::VEHICLE_COVER, data.vehicle_cover),
        (portal::ROADSIDE, data.roadside),
    ];
    let payment = vec![(portal::PREMIUM, portal::yen(data.premium_yen)), (portal::PAYMENT_WAY, data.payment)];
    [(portal::TERMS, terms), (portal::VEHICLE, vehicle), (portal::COVER, cover), (portal::PAYMENT, payment)]
}

#[component]
fn Group(name: &'static str, facts: Vec<Named>) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, value)| view! { <Fact name value/> }).collect_view();
    view! { <section class="group"><h2>{name}</h2><Facts>{facts}</Facts></section> }
}
