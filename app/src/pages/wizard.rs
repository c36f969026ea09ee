//! A flow's page. The same view is rendered on the server; in the browser `client/mount.rs` puts the next step in its place
//! when the server answers.

use super::steps;
use crate::flow_context::{FlowContext, flow_context};
use crate::parts::{BackDialog, IdleDialog};
use crate::wire::Boot;
use leptos::prelude::*;

/// A flow's page, below the page's own header.
#[component]
pub fn Wizard(boot: Boot) -> impl IntoView {
    provide(boot);
    content()
}

/// Makes what the parts of a page share, in the present owner.
pub fn provide(boot: Boot) -> FlowContext {
    let context = FlowContext::new(boot.page, boot.brand.clone(), boot.timeouts);
    provide_context(boot.brand);
    provide_context(context);
    context
}

/// The step that is shown now.
pub fn content() -> AnyView {
    let page = flow_context().page();
    view! {
        <div class="wizard">
            {steps::screen(&page)}
            {page.screen.in_progress().then(|| view! { <BackDialog/> })}
            <IdleDialog/>
        </div>
    }
    .into_any()
}
