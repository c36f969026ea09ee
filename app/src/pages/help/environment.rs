//! Supported browsers and settings.

use crate::parts::Points;
use crate::text::help::environment;
use leptos::prelude::*;

pub(super) fn body() -> AnyView {
    let browsers = environment::BROWSERS
        .map(|(device, browsers)| view! { <div><dt>{device}</dt><dd>{browsers}</dd></div> })
        .collect_view();
    view! {
        <p class="lead">{environment::LEAD}</p>
        <section>
            <h2>{environment::BROWSERS_HEAD}</h2>
            <p>{environment::BROWSERS_LEAD}</p>
            <dl class="facts">{browsers}</dl>
            <p>{environment::oldest()}</p>
        </section>
        <section>
            <h2>{environment::COOKIE_HEAD}</h2>
            <Points items=&environment::COOKIE/>
        </section>
        <section>
            <h2>{environment::SCRIPT_HEAD}</h2>
            <Points items=&environment::SCRIPT/>
        </section>
        <section>
            <h2>{environment::IN_APP_HEAD}</h2>
            <Points items=&environment::IN_APP/>
            <p><a href="/help/link">{environment::LINK}</a></p>
        </section>
        <section>
            <h2>{environment::BACK_HEAD}</h2>
            <p>{environment::BACK}</p>
        </section>
        <section>
            <h2>{environment::SIGHT_HEAD}</h2>
            <Points items=&environment::SIGHT/>
        </section>
    }
    .into_any()
}
