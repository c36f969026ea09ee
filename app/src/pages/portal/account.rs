//! The account page: user ID, password, open sessions, reminders, sign-in history.

use super::menu::{Menu, Place};
use crate::pages::shell::{DocumentProps, document, draw_wizard};
use crate::parts::{Fact, Facts};
use crate::port::{Account, Session, SignInAttempt};
use crate::text::{flows, portal, time};
use crate::wire::{Brand, Page, Timeouts};
use leptos::prelude::*;
use rules::renewal::{REMINDER_DAYS, ReminderChoice};

/// The account page around its password form, which is a flow of one step and is taken over by the browser side.
#[must_use]
pub fn render(brand: &Brand, timeouts: Timeouts, data: Account, page: Page, mut props: DocumentProps) -> String {
    props.title = portal::account_title(!page.problems.is_empty(), &brand.service);
    props.signed_in = true;
    let (wizard, boot) = draw_wizard(page, brand, timeouts);
    props.boot = Some(boot);
    document(brand, props, move || {
        view! {
            <Menu here=Place::Account/>
            <h1>{portal::ACCOUNT}</h1>
            <Facts><Fact name=flows::USER_ID value=data.user_id/></Facts>
            <p class="hint">{flows::USER_ID_CHANGE}</p>
            <p class="notice warn" role="alert" id="plain-notice" hidden>{flows::GOES_ON_PLAIN}</p>
            <div id="wizard" inner_html=wizard></div>
            <Sessions sessions=data.sessions/>
            <Reminders choice=data.reminders/>
            <History history=data.history/>
        }
        .into_any()
    })
}

/// The list of open sessions, with buttons to end another one or all others.
#[component]
fn Sessions(sessions: Vec<Session>) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.current);
    let items = sessions
        .into_iter()
        .enumerate()
        .map(|(at, session)| view! { <SessionItem session id=format!("session-{}", at + 1)/> })
        .collect_view();
    view! {
        <section class="group" aria-labelledby="sessions-head">
            <h2 id="sessions-head">{portal::SESSIONS}</h2>
            <p>{portal::SESSIONS_WHY}</p>
            <ul class="sessions">{items}</ul>
            {others.then(|| view! {
                <form class="session-end-all" method="post" action="/portal/sessions">
                    <button class="button quiet" type="submit">{portal::END_OTHERS}</button>
                </form>
            })}
        </section>
    }
}

/// One open session. Its device describes its button, so that buttons with the same name can be distinguished.
#[component]
fn SessionItem(session: Session, id: String) -> impl IntoView {
    let end = if session.current {
        view! {
            <form method="post" action="/sign-out">
                <button class="button quiet small" type="submit">{portal::SIGN_OUT}</button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action="/portal/sessions">
                <input type="hidden" name=Session::FIELD value=session.public_id.0/>
                <button class="button quiet small" type="submit" aria-describedby=id.clone()>{portal::END_SESSION}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="session" class:current=session.current>
            <p class="session-device" id=id>
                {session.device}
                {session.current.then(|| view! { <span class="session-here">{portal::THIS_DEVICE}</span> })}
            </p>
            <Facts>
                <Fact name=portal::SIGNED_IN_AT value=time::date_and_clock(session.created_at)/>
                <Fact name=portal::SEEN_AT value=time::date_and_clock(session.seen_at)/>
            </Facts>
            {end}
        </li>
    }
}

/// Whether mails remind of renewals, with a button that changes it. It posts what it leads to, so that pressing it twice, or in two
/// tabs, is pressing it once.
#[component]
fn Reminders(choice: ReminderChoice) -> impl IntoView {
    let other = match choice {
        ReminderChoice::On => ReminderChoice::Off,
        ReminderChoice::Off => ReminderChoice::On,
    };
    view! {
        <section class="group" id="reminders" aria-labelledby="reminders-head">
            <h2 id="reminders-head">{portal::REMINDERS}</h2>
            <p>{portal::reminders_why(&REMINDER_DAYS)}</p>
            <Facts><Fact name=portal::REMINDERS_NOW value=portal::reminders_state(choice).to_owned()/></Facts>
            <form method="post" action="/portal/reminders">
                <input type="hidden" name=Account::REMINDERS value=other.as_str()/>
                <button class="button quiet" type="submit">{portal::choose_reminders(other)}</button>
            </form>
        </section>
    }
}

/// The latest attempts to sign in, including the failed ones.
#[component]
fn History(history: Vec<SignInAttempt>) -> impl IntoView {
    let empty = history.is_empty();
    let rows = history
        .into_iter()
        .map(|line| {
            let class = if line.succeeded { "signed-in" } else { "refused" };
            view! {
                <tr class=class>
                    <th scope="row">{time::date_and_clock(line.at)}</th>
                    <td>{line.device}</td>
                    <td>{portal::outcome(line.succeeded)}</td>
                </tr>
            }
        })
        .collect_view();
    let table = if empty {
        view! { <p>{portal::NO_HISTORY}</p> }.into_any()
    } else {
        view! {
            <table class="history" aria-labelledby="history-head">
                <thead>
                    <tr>
                        <th scope="col">{portal::HISTORY_AT}</th>
                        <th scope="col">{portal::HISTORY_DEVICE}</th>
                        <th scope="col">{portal::HISTORY_OUTCOME}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <section class="group">
            <h2 id="history-head">{portal::HISTORY}</h2>
            <p>{portal::HISTORY_WHY}</p>
            {table}
        </section>
    }
}
