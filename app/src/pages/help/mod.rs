//! Help: one file a topic. Each page is the same frame around the topic's own sections.

mod change;
mod code;
mod contract_change;
mod contract_number;
mod environment;
mod link;
mod locked;
mod mail;
mod renewal;

use super::shell::{DocumentProps, document};
use crate::parts::ContactCentre;
use crate::text::document::title;
use crate::text::flows;
use crate::text::help::{self, Topic};
use crate::wire::Brand;
use leptos::prelude::*;
use rules::limits::Limits;

/// The list of topics.
#[must_use]
pub fn index(brand: &Brand, mut props: DocumentProps) -> String {
    props.title = title(&[help::HELP, &brand.service]);
    document(brand, props, move || {
        view! {
            <h1>{help::HELP}</h1>
            <p class="lead">{help::INDEX_LEAD}</p>
            <Topics without=None/>
            <h2>{help::WAYS}</h2>
            <ul class="ways">
                <li><a href="/">{flows::GUIDE}</a></li>
                <li><a href="/sign-in">{flows::SIGN_IN}</a></li>
            </ul>
            <Unsolved/>
        }
        .into_any()
    })
}

/// One topic's page; nothing when there is no such topic. `through_relay`: a mail that was handed over has been sent, and has
/// not yet arrived.
#[must_use]
pub fn topic(
    brand: &Brand,
    limits: &Limits,
    through_relay: bool,
    topic: &str,
    mut props: DocumentProps,
) -> Option<String> {
    let topic = Topic::parse(topic)?;
    props.title = title(&[topic.title(), help::HELP, &brand.service]);
    let html = document(brand, props, move || {
        view! {
            <nav class="trail" aria-label=help::TRAIL>
                <ol>
                    <li><a href="/help">{help::HELP}</a></li>
                    <li aria-current="page">{topic.title()}</li>
                </ol>
            </nav>
            <article class="help">
                <h1>{topic.title()}</h1>
                {body(topic, brand, limits, through_relay)}
            </article>
            <Unsolved/>
            <section class="aside">
                <h2>{help::OTHERS}</h2>
                <Topics without=Some(topic)/>
            </section>
        }
        .into_any()
    });
    Some(html)
}

fn body(topic: Topic, brand: &Brand, limits: &Limits, through_relay: bool) -> AnyView {
    match topic {
        Topic::ContractNumber => contract_number::body(),
        Topic::Mail => mail::body(brand, limits, through_relay),
        Topic::Link => link::body(limits),
        Topic::Code => code::body(limits),
        Topic::Locked => locked::body(limits),
        Topic::Change => change::body(limits),
        Topic::Renewal => renewal::body(),
        Topic::ContractChange => contract_change::body(),
        Topic::Environment => environment::body(),
    }
}

/// Links to the topics, each with a line that helps to choose.
#[component]
pub(super) fn Topics(without: Option<Topic>) -> impl IntoView {
    let items = Topic::ALL
        .iter()
        .copied()
        .filter(|topic| Some(*topic) != without)
        .map(|topic| {
            view! {
                <li>
                    <a href=topic.address()>{topic.title()}</a>
                    <p class="help-about">{topic.about()}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="help-list">{items}</ul> }
}

/// The contact centre, in the same place on every page of help.
#[component]
fn Unsolved() -> impl IntoView {
    view! {
        <section class="unsolved">
            <h2>{help::UNSOLVED}</h2>
            <p>{help::UNSOLVED_DO}</p>
            <ContactCentre/>
        </section>
    }
}
