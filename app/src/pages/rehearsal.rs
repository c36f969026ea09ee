//! Pages of rehearsal builds: the mailbox and the clock. Not part of the product that customers see.

use super::shell::{DocumentProps, document};
use crate::text::document::title;
use crate::text::{rehearsal as text, time};
use crate::wire::{Brand, Millis};
use leptos::prelude::*;

/// A delivered mail.
#[derive(Clone, Debug)]
pub struct Received {
    pub id: String,
    pub recipient: String,
    pub subject: String,
    pub text: String,
    pub received_at: Millis,
}

#[component]
fn Menu() -> impl IntoView {
    view! {
        <p class="rehearsal-bar">
            {text::BAR}<a href="/rehearsal/mailbox">{text::MAILBOX}</a>{text::GAP}<a href="/rehearsal/clock">{text::CLOCK}</a>{text::GAP}<a href="/">{text::GUIDE}</a>
        </p>
    }
}

/// The newest mails.
#[must_use]
pub fn mailbox(brand: &Brand, mails: Vec<Received>, mut props: DocumentProps) -> String {
    props.title = title(&[text::MAILBOX, &brand.service]);
    document(brand, props, move || {
        let empty = mails.is_empty();
        let rows = mails
            .into_iter()
            .map(|mail| {
                view! {
                    <li class="card">
                        <h2><a href=format!("/rehearsal/mailbox/{}", mail.id)>{mail.subject}</a></h2>
                        <p class="hint">{text::received(&mail.recipient, mail.received_at)}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <Menu/>
            <h1>{text::MAILBOX}</h1>
            {empty.then(|| view! { <p>{text::EMPTY}</p> })}
            <p><a class="button quiet" href="/rehearsal/mailbox">{text::RELOAD}</a></p>
            <ul class="cards">{rows}</ul>
        }
        .into_any()
    })
}

/// One mail as its text reads, with its links to follow.
#[must_use]
pub fn mail(brand: &Brand, mail: Received, mut props: DocumentProps) -> String {
    props.title = title(&[&mail.subject, &brand.service]);
    let base = brand.public_url.clone();
    document(brand, props, move || {
        let lines = mail
            .text
            .lines()
            .map(|line| match line.trim().strip_prefix(&base) {
                Some(path) if !path.contains(char::is_whitespace) => {
                    view! { <a href=path.to_owned()>{line.to_owned()}</a>"\n" }.into_any()
                }
                _ => view! { {line.to_owned()}"\n" }.into_any(),
            })
            .collect_view();
        view! {
            <Menu/>
            <h1>{mail.subject}</h1>
            <p class="hint">{text::received(&mail.recipient, mail.received_at)}</p>
            <p><a href=format!("/rehearsal/mailbox/{}/parts", mail.id)>{text::PARTS}</a></p>
            <pre class="mail-text">{lines}</pre>
        }
        .into_any()
    })
}

/// The clock and how to turn it.
#[must_use]
pub fn clock(brand: &Brand, now: Millis, mut props: DocumentProps) -> String {
    props.title = title(&[text::CLOCK, &brand.service]);
    document(brand, props, move || {
        let turns = text::TURNS
            .into_iter()
            .map(|(name, seconds)| {
                view! {
                    <form method="post" action="/rehearsal/clock">
                        <input type="hidden" name="seconds" value=seconds/>
                        <button class="button quiet" type="submit">{name}</button>
                    </form>
                }
            })
            .collect_view();
        view! { <Menu/><h1>{text::CLOCK}</h1><p class="lead">{time::date_and_clock(now)}</p>{turns} }.into_any()
    })
}
