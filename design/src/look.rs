//! What another brand changes of the style: a few colours, from which the rest follows in both schemes, and two drawings.

use crate::{Colour, Scheme, Tokens};
use serde::Deserialize;
use std::path::PathBuf;

/// The colours and drawings of a brand. What is missing is as it is shipped, or follows from the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// Links, and what is chosen.
    pub accent: Option<Colour>,
    pub accent_dark: Option<Colour>,
    /// Buttons, and the bars above pages and mails; as `accent` if it is missing.
    pub fill: Option<Colour>,
    pub fill_dark: Option<Colour>,
    /// What pages stand on.
    pub ground: Option<Colour>,
    pub ground_dark: Option<Colour>,
    /// The drawing in the header, an SVG file.
    pub logo: Option<PathBuf>,
    /// The drawing of the browser's tab, an SVG file.
    pub icon: Option<PathBuf>,
}

/// How much of the accent is in what lies behind it, in the light and in the dark.
const SOFT: [f64; 2] = [0.09, 0.2];
/// How much of the accent is in the ground of what stands apart.
const GROUND_SOFT: [f64; 2] = [0.045, 0.06];
/// How much darker a button becomes under the pointer.
const HOVER: f64 = 0.25;
/// By how much a colour is made lighter until it stands out in the dark.
const STEP: f64 = 0.02;

impl Look {
    /// Returns the tokens as this brand has them.
    #[must_use]
    pub fn apply(&self, shipped: &Tokens) -> Tokens {
        let mut tokens = shipped.clone();
        for (at, scheme) in Scheme::ALL.into_iter().enumerate() {
            let old = |name: &str| shipped.colour(name, scheme).unwrap_or(Colour::WHITE);
            let ground = self.own_ground(scheme).unwrap_or_else(|| old("ground"));
            let mut set = |name: &str, colour: Colour| tokens.set(name, scheme, colour);
            if self.own_ground(scheme).is_some() {
                set("ground", ground);
            }
            if let Some(accent) = self.own_accent(scheme, ground) {
                set("accent", accent);
                set("accent-soft", ground.mixed(accent, SOFT[at]));
                set("ground-soft", ground.mixed(accent, GROUND_SOFT[at]));
            }
            if let Some(fill) = self.own_fill(scheme, ground) {
                let (on_dark, on_light) = (Colour::WHITE, Colour::BLACK);
                let on_fill = if fill.contrast(on_dark) >= fill.contrast(on_light) { on_dark } else { on_light };
                set("fill", fill);
                set("on-fill", on_fill);
                // Away from its text, so that the text stands out no less.
                set("fill-hover", fill.mixed(if on_fill == on_dark { on_light } else { on_dark }, HOVER));
            }
        }
        tokens
    }

    /// Returns a sheet of what differs from the shipped tokens, or nothing if nothing does.
    #[must_use]
    pub fn sheet(&self, shipped: &Tokens) -> String {
        let mut own = self.apply(shipped);
        own.0.retain(|token| shipped.get(&token.name) != Some(token));
        if own.0.is_empty() { String::new() } else { own.to_sheet() }
    }

    fn own_ground(&self, scheme: Scheme) -> Option<Colour> {
        match scheme {
            Scheme::Light => self.ground,
            Scheme::Dark => self.ground_dark,
        }
    }

    fn own_accent(&self, scheme: Scheme, ground: Colour) -> Option<Colour> {
        match scheme {
            Scheme::Light => self.accent,
            Scheme::Dark => self.accent_dark.or_else(|| Some(standing_out(self.accent?, ground, 7.0))),
        }
    }

    fn own_fill(&self, scheme: Scheme, ground: Colour) -> Option<Colour> {
        let light = self.fill.or(self.accent);
        match scheme {
            Scheme::Light => light,
            Scheme::Dark => self.fill_dark.or_else(|| Some(standing_out(light?, ground, 3.0))),
        }
    }
}

/// Makes a colour lighter until it stands apart from a ground so far.
fn standing_out(colour: Colour, ground: Colour, least: f64) -> Colour {
    let mut share = 0.0;
    let mut found = colour;
    while found.contrast(ground) < least && share < 1.0 {
        share += STEP;
        found = colour.mixed(Colour::WHITE, share);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortfalls;

    fn shipped() -> Tokens {
        Tokens::read(crate::SHEET).unwrap()
    }

    fn colour(text: &str) -> Option<Colour> {
        Colour::parse(text).ok()
    }

    #[test]
    fn a_brand_without_colours_leaves_the_style_as_it_is() {
        assert_eq!(Look::default().apply(&shipped()), shipped());
        assert_eq!(Look::default().sheet(&shipped()), "");
    }

    #[test]
    fn one_colour_is_enough_and_the_rest_stands_apart_in_both_schemes() {
        for accent in ["#00594f", "#7a1f5c", "#8a3a00", "#b3261e", "#3d3d3d", "#000"] {
            let look = Look { accent: colour(accent), ..Look::default() };
            let tokens = look.apply(&shipped());
            assert_eq!(shortfalls(&tokens), [], "{accent}");
            assert_eq!(tokens.colour("fill", Scheme::Light), Ok(look.accent.unwrap()));
            assert_ne!(tokens.get("accent-soft"), shipped().get("accent-soft"));
        }
    }

    #[test]
    fn a_light_button_has_dark_words() {
        let look = Look { accent: colour("#7a3b00"), fill: colour("#ffb000"), ..Look::default() };
        let tokens = look.apply(&shipped());
        assert_eq!(tokens.colour("on-fill", Scheme::Light), Ok(Colour::BLACK));
        let short: Vec<_> = shortfalls(&tokens).iter().map(ToString::to_string).collect();
        assert_eq!(short, ["fill on ground has 1.83:1 in the light scheme and needs 3:1"]);
    }

    #[test]
    fn a_colour_that_is_given_for_the_dark_is_taken_as_it_is_and_falls_short_by_name() {
        let look = Look { accent: colour("#7a1f5c"), accent_dark: colour("#7a1f5c"), ..Look::default() };
        let short: Vec<_> =
            shortfalls(&look.apply(&shipped())).iter().map(|short| (short.pair.front, short.scheme)).collect();
        assert!(short.contains(&("accent", Scheme::Dark)) && !short.contains(&("accent", Scheme::Light)), "{short:?}");
    }

    #[test]
    fn the_sheet_of_a_brand_names_what_it_changes_and_nothing_else() {
        let sheet = Look { ground: colour("#fffaf5"), ..Look::default() }.sheet(&shipped());
        assert_eq!(sheet, ":root{--ground:#fffaf5;}@media (prefers-color-scheme: dark){:root{--ground:#14161b;}}");
    }
}
