//! Pages of rehearsal builds: the mailbox and the clock. Not part of the product that customers see.

use super::shell::{DocumentProps, document};
use crate::text::time;
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
            "リハーサル用の画面です　"<a href="/rehearsal/mailbox">"メールボックス"</a>"　"<a href="/rehearsal/clock">"時計"</a>"　"<a href="/">"ログインのご案内"</a>
        </p>
    }
}

/// The newest mails.
#[must_use]
pub fn mailbox(brand: &Brand, mails: Vec<Received>, mut props: DocumentProps) -> String {
    props.title = format!("メールボックス｜{}", brand.service);
    document(brand, props, move || {
        let empty = mails.is_empty();
        let rows = mails
            .into_iter()
            .map(|mail| {
                view! {
                    <li class="card">
                        <h2><a href=format!("/rehearsal/mailbox/{}", mail.id)>{mail.subject}</a></h2>
                        <p class="hint">{mail.recipient}"　"{time::date_and_clock(mail.received_at)}</p>
                    </li>
                }
            })
            .collect_view();
        view! {
            <Menu/>
            <h1>"メールボックス"</h1>
            {empty.then(|| view! { <p>"まだメールは届いていません。届くまで数秒かかることがあります。"</p> })}
            <p><a class="button quiet" href="/rehearsal/mailbox">"更新する"</a></p>
            <ul class="cards">{rows}</ul>
        }
        .into_any()
    })
}

/// One mail as its text reads, with its links to follow.
#[must_use]
pub fn mail(brand: &Brand, mail: Received, mut props: DocumentProps) -> String {
    props.title = format!("{}｜{}", mail.subject, brand.service);
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
            <p class="hint">{mail.recipient}"　"{time::date_and_clock(mail.received_at)}</p>
            <pre class="mail-text">{lines}</pre>
        }
        .into_any()
    })
}

/// The clock and how to turn it.
#[must_use]
pub fn clock(brand: &Brand, now: Millis, mut props: DocumentProps) -> String {
    props.title = format!("時計｜{}", brand.service);
    document(brand, props, move || {
        let turns = [
            ("30秒", 30),
            ("2分", 120),
            ("5分", 300),
            ("10分", 600),
            ("30分", 1_800),
            ("1時間", 3_600),
            ("24時間", 86_400),
        ]
        .into_iter()
        .map(|(name, seconds)| {
            view! {
                <form method="post" action="/rehearsal/clock">
                    <input type="hidden" name="seconds" value=seconds/>
                    <button class="button quiet" type="submit">{name}"進める"</button>
                </form>
            }
        })
        .collect_view();
        view! { <Menu/><h1>"時計"</h1><p class="lead">{time::date_and_clock(now)}</p>{turns} }.into_any()
    })
}
