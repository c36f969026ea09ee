//! The screens that the guide pictures: the flows' own, with sample data, as this configuration shows them.

use super::still::still;
use crate::flow_context::FlowContext;
use crate::pages::{self, portal};
use crate::samples::{self, Words};
use crate::text::{portal as portal_text, state};
use crate::wire::{Brand, CodeWait, Delivery, Flow, LinkKind, MailWait, Page, Screen, Timeouts};
use leptos::prelude::*;
use rules::password::PasswordProfile;

/// Pictures are small: what stands in them is short.
const WORDS: Words = Words::Usual;

/// One pictured screen.
pub(super) struct Shot {
    pub(super) heading: &'static str,
    pub(super) html: String,
}

/// What the configuration decides about the screens.
#[derive(Clone, Copy, Debug)]
pub struct Chosen {
    /// Which password rules are listed.
    pub profile: PasswordProfile,
    /// Whether the user ID is masked on the screen of an inquiry.
    pub mask_user_id: bool,
    /// Whether a reset asks for the phone number as well.
    pub phone: bool,
    /// Whether a mail that was handed over has been sent, and not yet arrived.
    pub through_relay: bool,
}

/// Takes the pictures.
pub(super) struct Camera<'a> {
    pub(super) brand: &'a Brand,
    pub(super) timeouts: Timeouts,
    pub(super) chosen: Chosen,
}

impl Camera<'_> {
    fn shot(&self, page: Page) -> Shot {
        let heading = state::heading(&page);
        let owner = Owner::new();
        let html = owner.with(|| {
            provide_context(self.brand.clone());
            provide_context(FlowContext::new(page.clone(), self.brand.clone(), self.timeouts));
            view! { <div class="wizard">{pages::screen(&page)}</div> }.to_html()
        });
        owner.cleanup();
        Shot { heading, html: still(&html) }
    }

    fn of(&self, flow: Flow, screen: Screen) -> Shot {
        self.shot(samples::page(flow, screen))
    }

    pub(super) fn identity(&self, flow: Flow) -> Shot {
        self.shot(samples::identity(flow, WORDS))
    }

    pub(super) fn choose_password(&self) -> Shot {
        self.of(Flow::Enrol, Screen::ChoosePassword(samples::password_about(self.chosen.profile, WORDS)))
    }

    pub(super) fn mail_sent(&self) -> Shot {
        self.of(
            Flow::Enrol,
            Screen::MailSent(MailWait { delivery: self.delivery(), ..samples::mail_wait(&self.timeouts, WORDS) }),
        )
    }

    const fn delivery(&self) -> Delivery {
        if self.chosen.through_relay { Delivery::Sent(samples::NOW) } else { Delivery::Accepted(samples::NOW) }
    }

    pub(super) fn link_confirm(&self) -> Shot {
        self.of(Flow::Link, Screen::LinkConfirm(samples::request(LinkKind::Enrolment, &self.timeouts, WORDS)))
    }

    pub(super) fn created(&self) -> Shot {
        self.of(Flow::Enrol, Screen::Created { user_id: samples::USER_ID.into() })
    }

    pub(super) fn sign_in(&self) -> Shot {
        self.of(Flow::SignIn, Screen::SignIn { user_id: samples::USER_ID.into(), enrolling: true })
    }

    pub(super) fn code(&self) -> Shot {
        self.of(Flow::SignIn, Screen::Code(CodeWait { delivery: self.delivery(), ..samples::code_wait(true, WORDS) }))
    }

    /// The portal's home is not a step of a flow.
    pub(super) fn home(&self) -> Shot {
        let owner = Owner::new();
        let html = owner.with(|| {
            provide_context(self.brand.clone());
            let content = portal::home_content(samples::portal(vec![samples::contract(WORDS)], None, WORDS));
            view! { <div class="wizard">{content}</div> }.to_html()
        });
        owner.cleanup();
        Shot { heading: portal_text::HOME, html: still(&html) }
    }

    pub(super) fn user_id_shown(&self) -> Shot {
        let masked = self.chosen.mask_user_id;
        let user_id = if masked { samples::code_wait(false, WORDS).masked_address } else { samples::USER_ID.into() };
        self.of(Flow::UserId, Screen::UserIdShown { user_id, masked })
    }

    pub(super) fn reset_user_id(&self) -> Shot {
        self.of(Flow::PasswordReset, Screen::ResetUserId)
    }

    pub(super) fn reset_sent(&self) -> Shot {
        let (sent_at, resend_at) = (samples::NOW, Some(samples::NOW));
        self.of(Flow::PasswordReset, Screen::ResetSent { user_id: samples::USER_ID.into(), sent_at, resend_at })
    }

    pub(super) fn new_password(&self) -> Shot {
        let request = samples::request(LinkKind::Reset, &self.timeouts, WORDS);
        let about = samples::password_about(self.chosen.profile, WORDS);
        self.of(Flow::Link, Screen::LinkNewPassword { request, about, phone: self.chosen.phone })
    }

    pub(super) fn reset_done(&self) -> Shot {
        self.of(Flow::Link, Screen::LinkDone { kind: LinkKind::Reset, user_id: samples::USER_ID.into(), here: false })
    }
}
