//! The tokens of the product's style: read from its sheet, measured against each other, and as another brand has them. Pure: no
//! files, no clock.

mod assets;
mod colour;
mod drawing;
mod look;
mod pairs;
mod tokens;

pub use assets::{BrandAssets, BrandError, FLOWS_STYLE, ICON, LOGO, STYLE};
pub use colour::{Colour, ColourError};
pub use drawing::{Drawing, DrawingError};
pub use look::Look;
pub use pairs::{PAIRS, Pair, Shortfall, shortfalls};
pub use tokens::{Scheme, Token, Tokens, TokensError};

/// The tokens as they are shipped.
pub const SHEET: &str = include_str!("../../style/tokens.css");

/// Returns the tokens as they are shipped. That their sheet can be read is a test's business.
#[must_use]
pub fn shipped() -> Tokens {
    Tokens::read(SHEET).unwrap_or_default()
}
