//! The tokens of the product's style: read from its sheet, measured against each other. Pure: no files, no clock.

mod colour;
mod pairs;
mod tokens;

pub use colour::{Colour, ColourError};
pub use pairs::{PAIRS, Pair, Shortfall, shortfalls};
pub use tokens::{Scheme, Token, Tokens, TokensError};

/// The tokens as they are shipped.
pub const SHEET: &str = include_str!("../../style/tokens.css");
