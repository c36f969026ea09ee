use crate::wire::Brand;
use leptos::prelude::*;

pub(super) fn body(_brand: &Brand) -> AnyView {
    ().into_any()
}
