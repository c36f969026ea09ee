//! The first page: 「ユーザーID/パスワードがわからない」.

mod shots;
mod still;
mod tour;

pub use shots::Chosen;
pub use still::still;

use super::help::Topics;
use super::shell::{DocumentProps, document};
use crate::parts::{ContactCentre, Points};
use crate::text::document::title;
use crate::text::{flows, guide};
use crate::wire::{Brand, Flow};
use leptos::prelude::*;
use rules::limits::Limits;
use shots::Camera;
use tour::Choice;

/// The guide. It is rendered once at the start, because nothing on it differs from one visitor to the next.
pub struct Guide(String);

impl Guide {
    /// What changed, which flow fits, what to know before, and how each flow goes.
    #[must_use]
    pub fn draw(brand: &Brand, limits: &Limits, chosen: Chosen) -> Self {
        let camera = Camera { brand, timeouts: limits.into(), chosen };
        let owner = Owner::new();
        let html = owner.with(|| {
            provide_context(brand.clone());
            view! {
                <h1>{guide::HEADING}</h1>
                <p class="lead">{guide::LEAD}</p>
                <Changed brand=brand.clone()/>
                {choices(&camera, limits)}
                <Before limits=limits.clone() phone=chosen.phone/>
                <section class="guide-help">
                    <h2>{guide::TROUBLE}</h2>
                    <Topics without=None/>
                    <h3>{guide::CENTRE}</h3>
                    <ContactCentre/>
                </section>
            }
            .to_html()
        });
        owner.cleanup();
        Self(html)
    }

    /// The whole document.
    #[must_use]
    pub fn page(&self, brand: &Brand, mut props: DocumentProps) -> String {
        props.title = title(&[guide::HEADING, &brand.service]);
        document(brand, props, || view! { <article class="guide" inner_html=self.0.clone()></article> }.into_any())
    }
}

/// The renewal date and what it means for everybody.
#[component]
fn Changed(brand: Brand) -> impl IntoView {
    view! {
        <section class="changed">
            <h2>{guide::changed(&brand)}</h2>
            <ul class="points">
                <li>{guide::CHANGED_AGAIN}</li>
                <li>{guide::changed_old(&brand)}</li>
                <li>{guide::CHANGED_ID}</li>
                <li>{guide::CHANGED_TWICE}</li>
                <li>{guide::renamed(&brand)}</li>
            </ul>
        </section>
    }
}

/// The three cases, and the way for those who need none of them.
fn choices(camera: &Camera<'_>, limits: &Limits) -> AnyView {
    let choices = tour::tours(camera, limits).map(|tour| view! { <Choice tour/> }).collect_view();
    view! {
        <section class="choose">
            <h2>{guide::CHOOSE}</h2>
            <ul class="choices">{choices}</ul>
            <p class="known">{guide::KNOWN}<a href=Flow::SignIn.address()>{flows::TO_SIGN_IN}</a></p>
        </section>
    }
    .into_any()
}

/// What to have at hand, and the warnings, before anybody starts.
#[component]
fn Before(limits: Limits, phone: bool) -> impl IntoView {
    view! {
        <section class="prepare">
            <h2>{guide::PREPARE}</h2>
            <Points items=&guide::PREPARED/>
            <p><a href="/help/contract-number">{guide::WHERE_NUMBERS}</a></p>
            <p>{guide::prepare_for_reset(phone)}</p>
        </section>
        <section class="warning">
            <h2>{guide::CARE}</h2>
            <Points items=guide::cares(&limits)/>
            <h3>{guide::NO_MAIL_HEAD}</h3>
            <p>{guide::NO_MAIL}</p>
            <ContactCentre/>
        </section>
    }
}
