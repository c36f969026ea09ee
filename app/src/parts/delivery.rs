use super::LiveText;
use crate::flow_context::flow_context;
use crate::text::flows;
use leptos::prelude::*;

/// The state of the mail's delivery, as a line of the facts. It follows the live events. If the address was refused, the contact
/// centre appears at once.
#[component]
pub fn DeliveryLine() -> impl IntoView {
    let context = flow_context();
    let refused = move || if context.refused.get() { flows::MAIL_REFUSED.to_owned() } else { String::new() };
    view! {
        <div>
            <dt>{flows::MAIL_STATE}</dt>
            <dd class="delivery">
                <span role="status">
                    <LiveText text=Box::new(move || context.delivery.get())/>
                    <span class="delivery-refused"><LiveText text=Box::new(refused)/></span>
                </span>
            </dd>
        </div>
    }
}
