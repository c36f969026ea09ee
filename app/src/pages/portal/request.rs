//! A request as the portal shows it: its receipt, a line in a list, and what it asks for, side by side.

use super::addresses::request_address;
use crate::parts::{ContactCentre, Fact, Facts};
use crate::port::{Request, RequestDetails};
use crate::text::{portal, requests, time};
use crate::wire::Form;
use leptos::prelude::*;
use rules::RequestState;

/// What was sent, how far it has come, and the way to take it back.
#[component]
pub(super) fn Receipt(request: Request) -> impl IntoView {
    let reason = request.reason();
    let history =
        request.history.iter().map(|line| view! { <li>{requests::moved(line.state, line.at)}</li> }).collect_view();
    let further = match request.state {
        RequestState::Received => Some(
            view! {
                <p>{requests::WITHDRAW_HINT}</p>
                <form class="form" method="post" action="/portal/requests/withdraw">
                    <input type="hidden" name=Form::REFERENCE value=request.reference.to_string()/>
                    <button class="button quiet" type="submit">{requests::WITHDRAW}</button>
                </form>
            }
            .into_any(),
        ),
        RequestState::InProgress => Some(view! { <p>{requests::CANNOT_WITHDRAW}</p><ContactCentre/> }.into_any()),
        RequestState::Declined => Some(view! { <p>{requests::DECLINED_FURTHER}</p><ContactCentre/> }.into_any()),
        RequestState::Done | RequestState::Withdrawn => None,
    };
    view! {
        <p class="lead">{requests::next(request.state)}</p>
        {request.state.is_open().then(|| view! { <p>{requests::MAIL_SENT}</p> })}
        <Facts>
            <Fact name=requests::REFERENCE value=request.reference.to_string()/>
            <Fact name=requests::RECEIVED_AT value=time::date_and_clock(request.made_at)/>
            <div><dt>{requests::STATE}</dt><dd><State state=request.state/></dd></div>
            {reason.map(|reason| view! { <Fact name=requests::REASON value=reason/> })}
        </Facts>
        {request.details.map(|details| view! { <h2>{requests::ASKED_FOR}</h2><Changes details/> })}
        <h2>{requests::HISTORY}</h2>
        <ol class="request-history">{history}</ol>
        <p class="way-on"><a class="button" href="/portal">{portal::BACK_HOME}</a></p>
        {further.map(|further| view! { <section class="further">{further}</section> })}
    }
}

/// The state of a request, as a mark.
#[component]
fn State(state: RequestState) -> impl IntoView {
    view! { <span class="request-state" data-state=state.as_str()>{requests::state(state)}</span> }
}

/// What a request asks for, side by side with what there is.
#[component]
pub(super) fn Changes(details: RequestDetails) -> impl IntoView {
    match details {
        RequestDetails::Renewal(renewal) => {
            let mut lines = requests::renewal_changes(&renewal);
            lines.push((
                portal::PAYMENT_WAY,
                renewal.payment.clone(),
                requests::payment(renewal.choice, &renewal.payment),
            ));
            view! { <Compare after=requests::NEXT_TERM lines/> }
        }
        RequestDetails::Change(items) => {
            let lines =
                items.into_iter().map(|change| (requests::item(change.item), change.before, change.after)).collect();
            view! { <Compare after=requests::AFTER lines/> }
        }
    }
}

/// A table of names with the value of now and the one of then.
#[component]
pub(super) fn Compare(after: &'static str, lines: Vec<(&'static str, String, String)>) -> impl IntoView {
    let rows = lines
        .into_iter()
        .map(|(name, now, then)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{now}</td>
                    <td class="then">{then}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="compare">
            <thead>
                <tr>
                    <th scope="col">{requests::ITEM}</th>
                    <th scope="col">{requests::BEFORE}</th>
                    <th scope="col">{after}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The requests for a contract, each with its state and the way to it.
#[component]
pub(super) fn RequestList(requests: Vec<Request>) -> impl IntoView {
    let items = requests
        .into_iter()
        .map(|request| {
            let received = requests::received(request.made_at);
            let reason = request.reason();
            view! {
                <li class="request">
                    <State state=request.state/>
                    <a href=request_address(&request.reference)>{requests::kind(request.kind)}<span class="whole">{received}</span></a>
                    {reason.map(|reason| view! { <span class="hint">{requests::declined_because(&reason)}</span> })}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="requests">{items}</ul> }
}
