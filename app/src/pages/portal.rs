//! The portal: sent without script.

use super::shell::{Sheet, document};
use crate::parts::{Fact, Facts};
use crate::port::{Contract, Portal};
use crate::text::{portal, time};
use crate::wire::Brand;
use leptos::prelude::*;

/// The portal's home: greeting and contracts.
#[must_use]
pub fn home(brand: &Brand, data: Portal, mut sheet: Sheet) -> String {
    sheet.title = format!("{}｜{}", portal::HOME, brand.service);
    sheet.signed_in = true;
    document(brand, sheet, move || {
        let empty = data.contracts.is_empty();
        view! {
            <h1 id="heading">{data.kana}" 様"</h1>
            <p class="lead">{portal::greeting(data.last_sign_in.map(time::date_and_clock))}</p>
            <h2>{portal::CONTRACTS}</h2>
            {empty.then(|| view! { <p>{portal::NO_CONTRACTS}</p> })}
            <ul class="cards">{data.contracts.into_iter().map(|contract| view! { <Card contract/> }).collect_view()}</ul>
        }
        .into_any()
    })
}

#[component]
fn Card(contract: Contract) -> impl IntoView {
    let number = [
        ("証券番号", contract.policy_number),
        ("継続契約番号", contract.renewal_number),
        ("見積番号", contract.quote_number),
    ];
    view! {
        <li class="card">
            <p class="card-status" data-status=contract.status.clone()>{portal::status(&contract.status)}</p>
            <h3>{contract.product}</h3>
            <Facts>
                <Fact name="お車" value=contract.vehicle/>
                <Fact name="登録番号" value=contract.plate/>
                <Fact name="保険期間" value=portal::period(&contract.starts_on, &contract.ends_on)/>
                {number.into_iter().filter_map(|(name, number)| number.map(|value| view! { <Fact name value/> })).collect_view()}
            </Facts>
            <p class="card-days">{portal::days_left(contract.days_left)}</p>
        </li>
    }
}
