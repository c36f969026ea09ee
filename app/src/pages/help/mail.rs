//! The mail does not arrive.

use crate::parts::{Ordered, Points};
use crate::text::help::mail;
use crate::wire::Brand;
use leptos::prelude::*;
use rules::limits::Limits;

pub(super) fn body(brand: &Brand, limits: &Limits, through_relay: bool) -> AnyView {
    let states = mail::states(through_relay)
        .map(|(said, means)| view! { <div><dt>{said}</dt><dd>{means}</dd></div> })
        .collect_view();
    view! {
        <p class="lead">{mail::LEAD}</p>
        <ol class="steps-list checks">
            <li>
                <h2>{mail::wait_head(limits)}</h2>
                <Points items=&mail::WAIT/>
            </li>
            <li>
                <h2>{mail::JUNK_HEAD}</h2>
                <Points items=&mail::JUNK/>
            </li>
            <li>
                <h2>{mail::ADDRESS_HEAD}</h2>
                <Points items=&mail::ADDRESS/>
                <p>{mail::OLD_ADDRESS}</p>
            </li>
            <li>
                <h2>{mail::FILTER_HEAD}</h2>
                <p>{mail::FILTER}</p>
                <p class="copy-name">{mail::SENDER}</p>
                <p class="copy-value">{brand.mail_from.clone()}</p>
                <Ordered items=&mail::FILTER_HOW/>
                <p>{mail::FULL}</p>
            </li>
            <li>
                <h2>{mail::RESEND_HEAD}</h2>
                <Points items=mail::resend(limits)/>
                <p>{mail::NEWEST}</p>
            </li>
        </ol>
        <section>
            <h2>{mail::STATE_HEAD}</h2>
            <p>{mail::STATE}</p>
            <dl class="meanings">{states}</dl>
            <p>{mail::NO_STATE}</p>
        </section>
    }
    .into_any()
}
