//! Text that changes while its step stays.

use leptos::prelude::*;

/// Text that changes while its step stays. The whole content of the element is set each time: translators put elements of their
/// own in the place of a text, and a text that is changed where it was would not be seen any more.
#[component]
pub fn LiveText(text: Box<dyn Fn() -> String + Send>) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    return view! { <span prop:textContent=text></span> };
    #[cfg(not(feature = "hydrate"))]
    view! { <span>{text()}</span> }
}
