//! The menu of the portal.

use crate::text::portal;
use leptos::prelude::*;

/// The entries of the menu. There is one for each page that works, and no other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Home,
    Account,
    /// A page that is reached from another page and has no entry.
    Below,
}

/// The portal's menu, above the heading of every page for a person who is signed in.
#[component]
pub(super) fn Menu(here: Place) -> impl IntoView {
    let items = [(Place::Home, "/portal", portal::HOME), (Place::Account, "/portal/account", portal::ACCOUNT)]
        .map(|(place, address, name)| {
            view! { <li><a href=address aria-current=(place == here).then_some("page")>{name}</a></li> }
        })
        .collect_view();
    view! { <nav class="portal-menu" aria-label=portal::MENU><ul>{items}</ul></nav> }
}
