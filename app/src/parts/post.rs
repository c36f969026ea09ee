//! How parts post: by the browser side where it runs. On the server there is nothing to do.

use crate::flow_context::FlowContext;
use crate::wire::Action;
use leptos::ev::SubmitEvent;

/// Posts the form that was submitted, in the page instead of by leaving it.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser submits"))]
pub(super) fn submit(context: FlowContext, submitted: &SubmitEvent) {
    #[cfg(feature = "hydrate")]
    crate::client::submit(context, submitted);
}

/// Asks for this at the step that is shown.
#[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser posts"))]
pub(super) fn post(context: FlowContext, action: Action) {
    #[cfg(feature = "hydrate")]
    crate::client::send(context, context.form(action), None);
}
