//! The error pages. Each says what the error means and offers a way on.

use super::shell::{DocumentProps, document};
use crate::parts::ContactCentre;
use crate::text::{document as document_text, errors, flows};
use crate::wire::Brand;
use leptos::prelude::*;

/// The page for an HTTP status, with the number to give to the contact centre.
#[must_use]
pub fn render(brand: &Brand, status: u16, reference: &str, mut props: DocumentProps) -> String {
    let (heading, lead) = errors::page(status);
    props.title = document_text::title(&[heading, &brand.service]);
    let reference = reference.to_owned();
    document(brand, props, move || {
        view! {
            <h1>{heading}</h1>
            <p class="lead">{lead}</p>
            <ul class="ways">
                <li><a href="/">{flows::GUIDE}</a></li>
                <li><a href="/sign-in">{flows::SIGN_IN}</a></li>
                <li><a href="/help">{document_text::HELP}</a></li>
            </ul>
            <ContactCentre/>
            <p class="reference">{flows::REFERENCE}<span>{reference}</span></p>
        }
        .into_any()
    })
}
