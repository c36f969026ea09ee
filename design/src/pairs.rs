//! Which colours meet on the screens, and how far they have to stand apart.

use crate::{Scheme, Tokens};
use std::fmt;

/// A colour in front of another one, by the names of their tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    pub front: &'static str,
    pub ground: &'static str,
    /// The least contrast (WCAG 2.2, 1.4.3 and 1.4.11).
    pub least: f64,
}

const TEXT: f64 = 4.5;
const EDGE: f64 = 3.0;

const fn text(front: &'static str, ground: &'static str) -> Pair {
    Pair { front, ground, least: TEXT }
}

/// The edge of a control, or a mark that says something.
const fn edge(front: &'static str, ground: &'static str) -> Pair {
    Pair { front, ground, least: EDGE }
}

/// Every pair that the parts of the style make.
pub const PAIRS: [Pair; 27] = [
    text("ink", "ground"),
    text("ink", "ground-soft"),
    text("ink", "accent-soft"),
    text("ink", "bad-soft"),
    text("ink", "good-soft"),
    text("ink", "care-soft"),
    text("ink-soft", "ground"),
    text("ink-soft", "ground-soft"),
    text("ink-soft", "accent-soft"),
    text("accent", "ground"),
    text("accent", "ground-soft"),
    text("accent", "accent-soft"),
    text("accent", "care-soft"),
    text("on-fill", "fill"),
    text("on-fill", "fill-hover"),
    text("bad", "ground"),
    text("bad", "ground-soft"),
    text("bad", "bad-soft"),
    text("good", "ground"),
    text("good", "good-soft"),
    text("care", "ground"),
    text("care", "care-soft"),
    edge("edge", "ground"),
    edge("edge", "ground-soft"),
    edge("fill", "ground"),
    edge("care-edge", "ground"),
    edge("focus", "ground"),
];

/// A pair that does not stand apart far enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Shortfall {
    pub pair: Pair,
    pub scheme: Scheme,
    pub contrast: f64,
}

impl fmt::Display for Shortfall {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Pair { front, ground, least } = self.pair;
        // Cut off instead of rounded: 4.499 is less than 4.5.
        let contrast = (self.contrast * 100.0).floor() / 100.0;
        write!(to, "{front} on {ground} has {contrast:.2}:1 in the {} scheme and needs {least}:1", self.scheme.word())
    }
}

/// Returns every pair that falls short, in both schemes. A colour that cannot be read falls short of everything.
#[must_use]
pub fn shortfalls(tokens: &Tokens) -> Vec<Shortfall> {
    let mut found = Vec::new();
    for scheme in Scheme::ALL {
        for pair in PAIRS {
            let contrast = pair.contrast(tokens, scheme);
            if contrast < pair.least {
                found.push(Shortfall { pair, scheme, contrast });
            }
        }
    }
    found
}

impl Pair {
    /// Whether it is a text; otherwise it is the edge of a control, or a mark.
    #[must_use]
    pub fn is_text(self) -> bool {
        self.least > EDGE
    }

    /// Returns how far the two stand apart.
    #[must_use]
    pub fn contrast(self, tokens: &Tokens, scheme: Scheme) -> f64 {
        match (tokens.colour(self.front, scheme), tokens.colour(self.ground, scheme)) {
            (Ok(front), Ok(ground)) => front.contrast(ground),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_the_shipped_tokens_stands_apart_far_enough() {
        assert_eq!(shortfalls(&Tokens::read(crate::SHEET).unwrap()), []);
    }

    #[test]
    fn a_pair_that_falls_short_is_named_with_its_contrast() {
        let mut tokens = Tokens::read(crate::SHEET).unwrap();
        let fill = tokens.0.iter_mut().find(|token| token.name == "fill").unwrap();
        fill.light = "#ff8d44".into();
        let found: Vec<_> = shortfalls(&tokens).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "on-fill on fill has 2.29:1 in the light scheme and needs 4.5:1",
                "fill on ground has 2.29:1 in the light scheme and needs 3:1"
            ]
        );
    }
}
