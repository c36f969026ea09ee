//! The line that says how far a mail has come.

use super::LiveText;
use crate::flow_context::flow_context;
use crate::text::flows;
use leptos::prelude::*;

/// The state of the mail's delivery, as a line of the facts. It follows the live events. That a mail does not arrive at
/// all is said above the step.
#[component]
pub fn DeliveryLine() -> impl IntoView {
    let context = flow_context();
    view! {
        <div>
            <dt>{flows::MAIL_STATE}</dt>
            <dd class="delivery">
                <span role="status"><LiveText text=Box::new(move || context.delivery.get())/></span>
            </dd>
        </div>
    }
}
