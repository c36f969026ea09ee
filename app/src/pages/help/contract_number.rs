//! Where the numbers are printed: a drawing of each paper beside the words that say the same.

mod paper;

use crate::parts::Points;
use crate::text::help::contract_number::{self as text, Paper};
use leptos::prelude::*;
use paper::Drawing;

pub(super) fn body() -> AnyView {
    let papers =
        [(&text::CERTIFICATE, paper::CERTIFICATE), (&text::RENEWAL, paper::RENEWAL), (&text::QUOTE, paper::QUOTE)]
            .map(|(paper, drawing)| view! { <Place paper drawing/> })
            .collect_view();
    let ways = text::WAYS.map(|(address, name)| view! { <li><a href=address>{name}</a></li> }).collect_view();
    view! {
        <p class="lead">{text::LEAD}</p>
        <p>{text::EXAMPLE}</p>
        {papers}
        <section>
            <h2>{text::TYPING_HEAD}</h2>
            <Points items=&text::TYPING/>
        </section>
        <section>
            <h2>{text::LOST_HEAD}</h2>
            <p>{text::LOST}</p>
        </section>
        <section>
            <h2>{text::BACK}</h2>
            <ul class="ways">{ways}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Place(paper: &'static Paper, drawing: Drawing) -> impl IntoView {
    view! {
        <section class="paper">
            <h2>{paper.number}</h2>
            <p>{paper.place}</p>
            <p class="hint">{paper.when}</p>
            {paper::draw(paper, drawing)}
        </section>
    }
}
