//! Opening the mailed link: on a phone, in a mail app, on another device, and when it is refused.

use crate::parts::{Ordered, Points};
use crate::text::help::link;
use leptos::prelude::*;
use rules::limits::Limits;

pub(super) fn body(limits: &Limits) -> AnyView {
    let refusals =
        link::refusals(limits).map(|(said, means)| view! { <div><dt>{said}</dt><dd>{means}</dd></div> }).collect_view();
    let again = link::AGAIN.map(|(address, name)| view! { <li><a href=address>{name}</a></li> }).collect_view();
    view! {
        <p class="lead">{link::LEAD}</p>
        <section>
            <h2>{link::WHERE_HEAD}</h2>
            <Points items=&link::WHERE/>
        </section>
        <section>
            <h2>{link::PHONE_HEAD}</h2>
            <Ordered items=&link::PHONE/>
        </section>
        <section>
            <h2>{link::IN_APP_HEAD}</h2>
            <Points items=&link::IN_APP/>
        </section>
        <section>
            <h2>{link::BROKEN_HEAD}</h2>
            <Points items=&link::BROKEN/>
        </section>
        <section>
            <h2>{link::REFUSED_HEAD}</h2>
            <dl class="meanings">{refusals}</dl>
            <ul class="ways">{again}</ul>
        </section>
        <section>
            <h2>{link::IDLE_HEAD}</h2>
            <p>{link::idle(limits)}</p>
        </section>
        <section class="warning">
            <h2>{link::NOT_ME_HEAD}</h2>
            <Points items=&link::NOT_ME/>
        </section>
    }
    .into_any()
}
