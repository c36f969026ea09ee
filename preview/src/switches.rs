//! How an entry is looked at. The address alone holds it.

use app::pages::guide::Chosen;
use app::samples::Words;
use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use rules::password::PasswordProfile;

/// The address has a switch, or a value of one, that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnknownSwitch;

rules::words! {
    /// How wide the frame is, in CSS pixels.
    #[derive(Default)]
    Width {
        #[default]
        Phone = "375",
        Narrow = "320",
        Tablet = "768",
        Desktop = "1280",
    }
}

rules::words! {
    /// Which of the style's two schemes.
    #[derive(Default)]
    Theme {
        #[default]
        Light = "light",
        Dark = "dark",
    }
}

rules::words! {
    /// How large text is, in percent of what the browser has.
    #[derive(Default)]
    TextSize {
        #[default]
        Usual = "100",
        Double = "200",
    }
}

rules::words! {
    /// Whose names and colours.
    #[derive(Default)]
    BrandChoice {
        #[default]
        Own = "own",
        Other = "other",
    }
}

rules::words! {
    /// Whether the product's script and WASM run.
    #[derive(Default)]
    Script {
        #[default]
        Off = "off",
        On = "on",
    }
}

rules::words! {
    /// Whose eyes a frame is seen with, as nearly as a filter of colours can show it.
    #[derive(Default)]
    Vision {
        #[default]
        Usual = "usual",
        Protanopia = "protanopia",
        Deuteranopia = "deuteranopia",
        Tritanopia = "tritanopia",
        Achromatopsia = "achromatopsia",
    }
}

rules::words! {
    /// What is put in the place of a setting of the configuration.
    YesNo {
        No = "0",
        Yes = "1",
    }
}

rules::words! {
    /// Whether the gallery's own pages can be worked by single keys, which some people cannot use (WCAG 2.1.4).
    #[derive(Default)]
    Keys {
        #[default]
        On = "on",
        Off = "off",
    }
}

impl Keys {
    pub(crate) const fn are_on(self) -> bool {
        matches!(self, Self::On)
    }

    pub(crate) const fn other(self) -> Self {
        match self {
            Self::On => Self::Off,
            Self::Off => Self::On,
        }
    }
}

rules::words! {
    /// The switches by their names, in the order of addresses.
    Switch {
        Width = "w",
        Theme = "theme",
        Text = "text",
        Words = "words",
        Script = "script",
        Vision = "vision",
        Profile = "profile",
        Masked = "masked",
        Phone = "phone",
        Brand = "brand",
        Keys = "keys",
    }
}

/// What is searched for stands in the query as well, and is no switch.
pub(crate) const SEARCH: &str = "q";

/// All switches. Where there is nothing, it is as the configuration has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Switches {
    pub(crate) width: Width,
    pub(crate) theme: Theme,
    pub(crate) text: TextSize,
    pub(crate) words: Words,
    pub(crate) script: Script,
    pub(crate) vision: Vision,
    pub(crate) profile: Option<PasswordProfile>,
    pub(crate) masked: Option<YesNo>,
    pub(crate) phone: Option<YesNo>,
    pub(crate) brand: BrandChoice,
    pub(crate) keys: Keys,
}

impl Switches {
    /// Reads a query.
    pub(crate) fn parse(query: &[(String, String)]) -> Result<Self, UnknownSwitch> {
        let mut switches = Self::default();
        for (name, word) in query.iter().filter(|(name, _)| name != SEARCH) {
            switches = Switch::parse(name).and_then(|switch| switches.with(switch, word)).ok_or(UnknownSwitch)?;
        }
        Ok(switches)
    }

    fn with(self, switch: Switch, word: &str) -> Option<Self> {
        Some(match switch {
            Switch::Width => Self { width: Width::parse(word)?, ..self },
            Switch::Theme => Self { theme: Theme::parse(word)?, ..self },
            Switch::Text => Self { text: TextSize::parse(word)?, ..self },
            Switch::Words => Self { words: Words::parse(word)?, ..self },
            Switch::Script => Self { script: Script::parse(word)?, ..self },
            Switch::Vision => Self { vision: Vision::parse(word)?, ..self },
            Switch::Profile => Self { profile: Some(PasswordProfile::parse(word)?), ..self },
            Switch::Masked => Self { masked: Some(YesNo::parse(word)?), ..self },
            Switch::Phone => Self { phone: Some(YesNo::parse(word)?), ..self },
            Switch::Brand => Self { brand: BrandChoice::parse(word)?, ..self },
            Switch::Keys => Self { keys: Keys::parse(word)?, ..self },
        })
    }

    /// The word of a switch that is not as usual.
    fn word(self, switch: Switch) -> Option<&'static str> {
        match switch {
            Switch::Width => unusual(self.width, Width::as_str),
            Switch::Theme => unusual(self.theme, Theme::as_str),
            Switch::Text => unusual(self.text, TextSize::as_str),
            Switch::Words => unusual(self.words, Words::as_str),
            Switch::Script => unusual(self.script, Script::as_str),
            Switch::Vision => unusual(self.vision, Vision::as_str),
            Switch::Profile => self.profile.map(PasswordProfile::as_str),
            Switch::Masked => self.masked.map(YesNo::as_str),
            Switch::Phone => self.phone.map(YesNo::as_str),
            Switch::Brand => unusual(self.brand, BrandChoice::as_str),
            Switch::Keys => unusual(self.keys, Keys::as_str),
        }
    }

    /// What is not as usual, always in one order.
    pub(crate) fn set(self) -> Vec<(&'static str, &'static str)> {
        Switch::ALL.iter().filter_map(|switch| Some((switch.as_str(), self.word(*switch)?))).collect()
    }

    /// What the configuration decides about screens, with what the address puts in its place.
    pub(crate) fn chosen(self, configured: Chosen) -> Chosen {
        let answer = |switch: Option<YesNo>, configured| switch.map_or(configured, |answer| answer == YesNo::Yes);
        Chosen {
            profile: self.profile.unwrap_or(configured.profile),
            mask_user_id: answer(self.masked, configured.mask_user_id),
            phone: answer(self.phone, configured.phone),
            through_relay: configured.through_relay,
        }
    }

    /// Whether samples are what the tests know and what an export has.
    pub(crate) fn has_usual_samples(self) -> bool {
        let Self { words, profile, masked, phone, brand, .. } = self;
        words == Words::Usual && (profile, masked, phone, brand) == (None, None, None, BrandChoice::Own)
    }

    /// Writes them as a query, without what is usual.
    pub(crate) fn query(self) -> String {
        let written: Vec<_> = self.set().iter().map(|(name, word)| format!("{name}={word}")).collect();
        if written.is_empty() { String::new() } else { format!("?{}", written.join("&")) }
    }
}

fn unusual<T: Default + PartialEq + Copy>(value: T, word: fn(T) -> &'static str) -> Option<&'static str> {
    (value != T::default()).then(|| word(value))
}

/// An address with an unknown switch, or an unknown value of one, has no page: the answer is 400 and does not show it.
impl<S: Send + Sync> FromRequestParts<S> for Switches {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        query.ok().and_then(|Query(pairs)| Self::parse(&pairs).ok()).ok_or(StatusCode::BAD_REQUEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(query: &[(&str, &str)]) -> Result<Switches, UnknownSwitch> {
        let query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Switches::parse(&query)
    }

    #[test]
    fn an_address_is_canonical_and_leaves_out_what_is_usual() {
        assert_eq!(Switches::default().query(), "");
        let switches = parse(&[("theme", "dark"), ("w", "320"), ("script", "off")]).unwrap();
        assert_eq!(switches.query(), "?w=320&theme=dark");
        assert_eq!(parse(&[("w", "320"), ("theme", "dark")]), Ok(switches));
    }

    #[test]
    fn every_switch_is_read_as_it_is_written_and_stands_in_one_order() {
        let query = "?w=320&theme=dark&text=200&words=long&script=on&vision=tritanopia&profile=standard&masked=0&phone=1\
                     &brand=other&keys=off";
        let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        let backwards: Vec<_> = pairs.rev().collect();
        assert_eq!(backwards.len(), Switch::ALL.len());
        assert_eq!(parse(&backwards).unwrap().query(), query);
    }

    #[test]
    fn what_the_address_says_takes_the_place_of_the_configuration() {
        let masks = Chosen { mask_user_id: true, ..crate::AS_SHIPPED };
        assert!(Switches::default().chosen(masks).mask_user_id);
        let switches = parse(&[("masked", "0"), ("phone", "1"), ("profile", "long")]).unwrap();
        let chosen = switches.chosen(masks);
        assert_eq!((chosen.mask_user_id, chosen.phone, chosen.profile), (false, true, PasswordProfile::Long));
    }

    #[test]
    fn an_unknown_switch_or_value_is_refused() {
        for (name, value) in [
            ("theme", "blue"),
            ("w", "1"),
            ("brand", ""),
            ("x", "1"),
            ("script", "On"),
            ("masked", "2"),
            ("text", "150"),
        ] {
            assert_eq!(parse(&[(name, value)]), Err(UnknownSwitch), "{name}={value}");
        }
    }
}
