use crate::text::flows;
use crate::wizard::desk;
use leptos::prelude::*;

/// How far the mail has come, as a line of the facts; follows the live events. A refused address gets the contact centre at once.
#[component]
pub fn DeliveryLine() -> impl IntoView {
    let desk = desk();
    view! {
        <div>
            <dt>{flows::MAIL_STATE}</dt>
            <dd class="delivery">
                <span role="status">
                    {move || desk.delivery.get()}
                    <span class="delivery-refused">{move || if desk.refused.get() { flows::MAIL_REFUSED } else { "" }}</span>
                </span>
            </dd>
        </div>
    }
}
