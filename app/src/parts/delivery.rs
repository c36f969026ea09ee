use crate::text::flows;
use crate::wizard::desk;
use leptos::prelude::*;

/// The state of the mail's delivery, as a line of the facts. It follows the live events. If the address was refused, the contact
/// centre appears at once.
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
