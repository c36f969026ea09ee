//! What the parts of a flow's page share: the page itself, and what may change while its step stays. How it is drawn is a
//! matter of `pages`, how it is posted one of `client`.

use crate::text::state;
use crate::wire::{Action, Brand, Delivery, Form, Millis, Notice, Page, Timeouts};
use leptos::prelude::*;

/// What a step's parts share.
#[derive(Clone, Copy)]
pub struct FlowContext {
    /// What is shown. The browser side draws the step again when it sets another one.
    page: StoredValue<Page>,
    brand: StoredValue<Brand>,
    /// The lifetimes that screens tell.
    pub timeouts: Timeouts,
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
    /// The warning above the step: an undelivered mail, or what the browser side itself has to say. Empty for none.
    pub warning: RwSignal<String>,
    /// A post is under way: another press does nothing.
    pub busy: RwSignal<bool>,
}

impl FlowContext {
    pub(crate) fn new(page: Page, brand: Brand, timeouts: Timeouts) -> Self {
        let context = Self {
            delivery: RwSignal::new(String::new()),
            refused: RwSignal::new(false),
            ends_at: StoredValue::new(page.ends_at),
            ends_for_good: StoredValue::new(page.ends_for_good),
            let_end: StoredValue::new(None),
            page: StoredValue::new(page),
            brand: StoredValue::new(brand),
            timeouts,
            warning: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
        };
        context.page.with_value(|page| context.deliver(page));
        context
    }

    fn deliver(self, page: &Page) {
        let delivery = page.screen.delivery();
        self.delivery.set(delivery.map(|delivery| state::delivery(delivery, page.now)).unwrap_or_default());
        self.refused.set(delivery == Some(Delivery::Refused));
        // The step asks for what came by mail, and none comes: that is said before anything else.
        if let Some(undelivered) = delivery.and_then(state::undelivered) {
            self.warning.set(undelivered.to_owned());
        }
    }

    /// Says a line of the browser side's own.
    pub fn say(self, notice: Notice) {
        self.warning.set(state::notice(notice, &self.timeouts));
    }

    /// The present page.
    #[must_use]
    pub fn page(self) -> Page {
        self.page.get_value()
    }

    /// Returns the brand in whose name the page speaks.
    #[must_use]
    pub fn brand(self) -> Brand {
        self.brand.get_value()
    }

    /// Takes an answer over. `shown`: the step is drawn again with it; otherwise only what may change under a step follows.
    pub fn take(self, page: Page, shown: bool) {
        if shown {
            self.warning.set(String::new());
        }
        self.deliver(&page);
        self.ends_at.set_value(page.ends_at);
        self.ends_for_good.set_value(page.ends_for_good);
        if shown {
            self.page.set_value(page);
        }
    }

    /// Returns the form that asks for this at the step that is shown.
    #[must_use]
    pub fn form(self, action: Action) -> Form {
        let (step, reference) = self.page.with_value(|page| (page.screen.step(), page.reference.clone()));
        let mut form = Form::default();
        form.0.push((Form::STEP.into(), step.as_str().into()));
        form.0.push((Form::REFERENCE.into(), reference.unwrap_or_default()));
        form.0.push((Form::ACTION.into(), action.as_str().into()));
        form
    }
}

/// The context of the page that a part stands on: every part that asks for one stands in a wizard.
#[must_use]
pub fn flow_context() -> FlowContext {
    expect_context()
}
