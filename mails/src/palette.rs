//! The colours of mails: those of the screens, as the installation's brand has them. Mail programs know no custom properties, so each
//! colour is written where it is used.

use design::{Scheme, Tokens};

/// The colours of mails, for readers in the light and in the dark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Stands at each element.
    pub(crate) light: Colours,
    /// For mail programs that follow the reader's scheme.
    pub(crate) dark: Colours,
}

/// The colours of one scheme, by the names of their tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Colours {
    pub(crate) ground: String,
    pub(crate) ground_soft: String,
    pub(crate) ink: String,
    pub(crate) ink_soft: String,
    pub(crate) rule: String,
    pub(crate) accent: String,
    pub(crate) accent_soft: String,
    pub(crate) fill: String,
    pub(crate) on_fill: String,
}

impl Palette {
    /// Takes the colours out of the style's tokens.
    #[must_use]
    pub fn of(tokens: &Tokens) -> Self {
        Self { light: Colours::of(tokens, Scheme::Light), dark: Colours::of(tokens, Scheme::Dark) }
    }
}

impl Colours {
    fn of(tokens: &Tokens, scheme: Scheme) -> Self {
        let value = |name: &str| tokens.get(name).map_or("", |token| token.value(scheme)).to_owned();
        Self {
            ground: value("ground"),
            ground_soft: value("ground-soft"),
            ink: value("ink"),
            ink_soft: value("ink-soft"),
            rule: value("rule"),
            accent: value("accent"),
            accent_soft: value("accent-soft"),
            fill: value("fill"),
            on_fill: value("on-fill"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MailContent, render};
    use app::wire::Brand;

    #[test]
    fn every_colour_of_mails_is_a_token_of_the_screens() {
        let Palette { light, dark } = Palette::of(&design::shipped());
        for Colours { ground, ground_soft, ink, ink_soft, rule, accent, accent_soft, fill, on_fill } in [light, dark] {
            for colour in [ground, ground_soft, ink, ink_soft, rule, accent, accent_soft, fill, on_fill] {
                assert!(design::Colour::parse(&colour).is_ok(), "{colour}");
            }
        }
    }

    #[test]
    fn a_mail_has_the_header_of_its_brand_in_both_schemes() {
        let fill = design::Colour::parse("#00594f").ok();
        let look = design::Look { fill, fill_dark: design::Colour::parse("#7fd6c6").ok(), ..design::Look::default() };
        let palette = Palette::of(&look.apply(&design::shipped()));
        let mail = render(&MailContent::AccountCreated { at: 0 }, &Brand::default(), &palette, "R").unwrap();
        assert!(
            mail.html.contains("bgcolor=\"#00594f\"") && mail.html.contains("background: #7fd6c6"),
            "{}",
            mail.html
        );
    }
}
