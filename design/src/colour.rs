//! A colour of sRGB, and how it stands out from another one.

use serde::Deserialize;
use std::fmt;

/// An opaque colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// The error of a text that is not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be a colour such as \"#0017c1\"")]
pub struct ColourError;

impl Colour {
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// Reads `#rrggbb` or `#rgb`.
    ///
    /// # Errors
    /// The text is neither.
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let digits = text.strip_prefix('#').ok_or(ColourError)?;
        let digits: Option<Vec<u8>> =
            digits.chars().map(|digit| digit.to_digit(16).and_then(|digit| digit.try_into().ok())).collect();
        match *digits.ok_or(ColourError)?.as_slice() {
            [red, green, blue] => Ok(Self { red: red * 17, green: green * 17, blue: blue * 17 }),
            [r, ed, g, reen, b, lue] => Ok(Self { red: r * 16 + ed, green: g * 16 + reen, blue: b * 16 + lue }),
            _ => Err(ColourError),
        }
    }

    /// Returns red, green and blue from 0 to 1.
    #[must_use]
    pub fn components(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| f64::from(part) / 255.0)
    }

    fn from_components(parts: [f64; 3]) -> Self {
        let [red, green, blue] = parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
        Self { red, green, blue }
    }

    /// Returns this colour with so much of another one in it, from 0 to 1.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let (own, other) = (self.components(), other.components());
        Self::from_components(std::array::from_fn(|at| own[at] + (other[at] - own[at]) * share))
    }

    /// Returns the luminance as WCAG defines it.
    fn luminance(self) -> f64 {
        let linear = |part: f64| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        let [red, green, blue] = self.components().map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Returns the contrast of WCAG 2: from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    /// Returns the lightness contrast of APCA of a text in this colour, a hint besides the measure: from -108 (light on dark) to 106.
    #[must_use]
    pub fn lightness_contrast(self, ground: Self) -> f64 {
        let screen = |colour: Self| {
            let [red, green, blue] = colour.components().map(|part| part.powf(2.4));
            let y = 0.212_672_9 * red + 0.715_152_2 * green + 0.072_175 * blue;
            if y < 0.022 { y + (0.022 - y).powf(1.414) } else { y }
        };
        let (text, ground) = (screen(self), screen(ground));
        let contrast = match ground > text {
            true => (ground.powf(0.56) - text.powf(0.57)) * 1.14,
            false => (ground.powf(0.65) - text.powf(0.62)) * 1.14,
        };
        match contrast {
            found if found.abs() < 0.1 => 0.0,
            found => (found - 0.027 * found.signum()) * 100.0,
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = ColourError;

    fn try_from(text: String) -> Result<Self, ColourError> {
        Self::parse(&text)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_written_as_it_is_read() {
        assert_eq!(Colour::parse("#0017c1").unwrap().to_string(), "#0017c1");
        assert_eq!(Colour::parse("#FfF").unwrap(), Colour::WHITE);
        for text in ["", "#", "0017c1", "#0017c", "#0017c10", "#gggggg", "red", "#ｆｆｆ", "rgb(0,0,0)"] {
            assert_eq!(Colour::parse(text), Err(ColourError), "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag_and_the_same_both_ways() {
        let (black, grey) = (Colour::parse("#000").unwrap(), Colour::parse("#767676").unwrap());
        assert!((black.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        assert!((Colour::WHITE.contrast(grey) - 4.54).abs() < 0.005, "the lightest grey that text may have on white");
        assert!((grey.contrast(Colour::WHITE) - Colour::WHITE.contrast(grey)).abs() < 1e-12);
    }

    #[test]
    fn lightness_contrast_is_that_of_apca() {
        let (black, grey) = (Colour::parse("#000").unwrap(), Colour::parse("#888").unwrap());
        assert!((black.lightness_contrast(Colour::WHITE) - 106.04).abs() < 0.05);
        assert!((Colour::WHITE.lightness_contrast(black) + 107.88).abs() < 0.05);
        assert!((grey.lightness_contrast(Colour::WHITE) - 63.06).abs() < 0.05);
    }

    #[test]
    fn mixing_goes_from_one_colour_to_the_other() {
        let black = Colour::parse("#000").unwrap();
        assert_eq!(black.mixed(Colour::WHITE, 0.0), black);
        assert_eq!(black.mixed(Colour::WHITE, 1.0), Colour::WHITE);
        assert_eq!(black.mixed(Colour::WHITE, 0.2).to_string(), "#333333");
    }
}
