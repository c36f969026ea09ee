use leptos::prelude::*;

pub(super) fn body() -> AnyView {
    ().into_any()
}
