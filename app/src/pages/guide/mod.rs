//! The first page: 「ユーザーID/パスワードがわからない」.

use super::shell::{Sheet, document};
use crate::text::guide;
use crate::wire::Brand;
use leptos::prelude::*;

/// What changed, which flow fits, and how each goes.
#[must_use]
pub fn render(brand: &Brand, mut sheet: Sheet) -> String {
    sheet.title = format!("{}｜{}", guide::HEADING, brand.service);
    document(brand, sheet, move || {
        view! {
            <h1>{guide::HEADING}</h1>
            <p class="lead">{guide::LEAD}</p>
        }
        .into_any()
    })
}
