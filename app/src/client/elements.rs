//! Elements of the page by their ids.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Returns the element with this id, if there is one of this kind.
pub(super) fn element<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}
