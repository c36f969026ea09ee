//! The wizard: one page, and what its parts share. The same view is rendered on the server; in the browser `client/mount.rs`
//! puts the next step in its place when the server answers.

use crate::pages;
use crate::parts::{BackDialog, IdleDialog};
use crate::text::state;
use crate::wire::{Boot, Brand, Delivery, Form, Millis, Notice, Page, Spans};
use leptos::prelude::*;

/// What a step's parts share: the page, what may change while the step stays, and how to post.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What is shown. The browser side draws the step again when it sets another one.
    page: StoredValue<Page>,
    brand: StoredValue<Brand>,
    /// The lifetimes that screens tell.
    pub spans: Spans,
    /// How far the mail has come, in words: changes under a step without touching its fields.
    pub delivery: RwSignal<String>,
    /// The mail was refused: the contact centre has to help.
    pub refused: RwSignal<bool>,
    /// When the flow ends if nothing is done.
    pub ends_at: StoredValue<Option<Millis>>,
    /// That end comes whatever is done.
    pub ends_for_good: StoredValue<bool>,
    /// The end that the person has been told of, and that is not announced again.
    pub let_end: StoredValue<Option<Millis>>,
    /// A line that the browser side itself has to say; empty for none.
    pub local_notice: RwSignal<String>,
    /// A post is under way: another press does nothing.
    pub busy: RwSignal<bool>,
}

impl Desk {
    pub(crate) fn new(page: Page, brand: Brand, spans: Spans) -> Self {
        let desk = Self {
            delivery: RwSignal::new(String::new()),
            refused: RwSignal::new(false),
            ends_at: StoredValue::new(page.ends_at),
            ends_for_good: StoredValue::new(page.ends_for_good),
            let_end: StoredValue::new(None),
            page: StoredValue::new(page),
            brand: StoredValue::new(brand),
            spans,
            local_notice: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        };
        desk.page.with_value(|page| desk.deliver(page));
        desk
    }

    fn deliver(self, page: &Page) {
        let delivery = page.screen.delivery();
        self.delivery.set(delivery.map(|delivery| state::delivery(delivery, page.now)).unwrap_or_default());
        self.refused.set(delivery == Some(Delivery::Refused));
    }

    /// Says a line of the browser side's own.
    pub fn say(self, notice: Notice) {
        self.local_notice.set(state::notice(notice, &self.spans));
    }

    /// The present page.
    #[must_use]
    pub fn page(self) -> Page {
        self.page.get_value()
    }

    /// Who speaks.
    #[must_use]
    pub fn brand(self) -> Brand {
        self.brand.get_value()
    }

    /// Takes an answer over. `shown`: the step is drawn again with it; otherwise only what may change under a step follows.
    pub fn take(self, page: Page, shown: bool) {
        self.deliver(&page);
        self.ends_at.set_value(page.ends_at);
        self.ends_for_good.set_value(page.ends_for_good);
        if shown {
            self.local_notice.set(String::new());
            self.page.set_value(page);
        }
    }

    /// Posts a form whose fields are already at hand.
    pub fn post(self, fields: &[(&str, &str)]) {
        let (step, reference) = self.page.with_value(|page| (page.screen.step(), page.reference.clone()));
        let mut form = Form::default();
        form.0.push(("step".into(), step.into()));
        form.0.push(("reference".into(), reference.unwrap_or_default()));
        form.0.extend(fields.iter().map(|(name, value)| ((*name).into(), (*value).into())));
        self.send(form);
    }

    /// Posts the form that was submitted, in the page instead of by leaving it.
    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser submits"))]
    pub fn submit(self, submitted: &leptos::ev::SubmitEvent) {
        #[cfg(feature = "hydrate")]
        crate::client::submit(self, submitted);
    }

    #[cfg_attr(not(feature = "hydrate"), expect(unused_variables, reason = "only a browser sends"))]
    fn send(self, form: Form) {
        #[cfg(feature = "hydrate")]
        crate::client::send(self, form, None);
    }
}

/// A flow's page, below the page's own header.
#[component]
pub fn Wizard(boot: Boot) -> impl IntoView {
    provide(boot);
    content()
}

/// Makes what the parts of a page share, in the present owner.
pub fn provide(boot: Boot) -> Desk {
    let desk = Desk::new(boot.page, boot.brand.clone(), boot.spans);
    provide_context(boot.brand);
    provide_context(desk);
    desk
}

/// The step that is shown now.
pub fn content() -> AnyView {
    let page = desk().page();
    view! {
        <div class="wizard">
            {pages::screen(&page)}
            {page.screen.in_progress().then(|| view! { <BackDialog/> })}
            <IdleDialog/>
        </div>
    }
    .into_any()
}

/// The desk of the page that a part stands on: every part that asks for one stands in a wizard.
#[must_use]
pub fn desk() -> Desk {
    expect_context()
}
