//! What the gallery itself says. The product says none of it, so it does not stand with the product's sentences.

pub(crate) mod decisions;
pub(crate) mod events;
pub(crate) mod export;
pub(crate) mod notes;
pub(crate) mod switches;
mod titles;
