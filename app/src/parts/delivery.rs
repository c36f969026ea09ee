use crate::text::{flows, state};
use crate::wire::Delivery;
use crate::wizard::desk;
use leptos::prelude::*;

/// How far the mail has come, as a line of the facts; follows the live events. A refused address gets the contact centre at once.
#[component]
pub fn DeliveryLine() -> impl IntoView {
    let desk = desk();
    let now = desk.page().now;
    view! {
        <div>
            <dt>{flows::MAIL_STATE}</dt>
            <dd role="status" class="delivery">
                {move || desk.delivery.get().map(|delivery| state::delivery(delivery, now))}
                {move || {
                    (desk.delivery.get() == Some(Delivery::Refused))
                        .then(|| view! { <span class="delivery-refused">{flows::MAIL_REFUSED}</span> })
                }}
            </dd>
        </div>
    }
}
