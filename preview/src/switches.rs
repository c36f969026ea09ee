//! How an entry is looked at. The address alone holds it.

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;

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

/// All switches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Switches {
    pub(crate) width: Width,
    pub(crate) theme: Theme,
    pub(crate) brand: BrandChoice,
    pub(crate) script: Script,
    pub(crate) keys: Keys,
}

impl Switches {
    /// Reads a query. `q` belongs to the search and is none of these.
    pub(crate) fn parse(query: &[(String, String)]) -> Result<Self, UnknownSwitch> {
        let mut switches = Self::default();
        for (name, value) in query {
            match name.as_str() {
                "w" => switches.width = Width::parse(value).ok_or(UnknownSwitch)?,
                "theme" => switches.theme = Theme::parse(value).ok_or(UnknownSwitch)?,
                "brand" => switches.brand = BrandChoice::parse(value).ok_or(UnknownSwitch)?,
                "script" => switches.script = Script::parse(value).ok_or(UnknownSwitch)?,
                "keys" => switches.keys = Keys::parse(value).ok_or(UnknownSwitch)?,
                "q" => {}
                _ => return Err(UnknownSwitch),
            }
        }
        Ok(switches)
    }

    /// What is not as usual, always in one order.
    pub(crate) fn set(self) -> Vec<(&'static str, &'static str)> {
        let usual = Self::default();
        let parts = [
            ("w", self.width.as_str(), self.width == usual.width),
            ("theme", self.theme.as_str(), self.theme == usual.theme),
            ("brand", self.brand.as_str(), self.brand == usual.brand),
            ("script", self.script.as_str(), self.script == usual.script),
            ("keys", self.keys.as_str(), self.keys == usual.keys),
        ];
        parts.into_iter().filter(|(.., usual)| !usual).map(|(name, word, _)| (name, word)).collect()
    }

    /// Writes them as a query, without what is usual.
    pub(crate) fn query(self) -> String {
        let written: Vec<_> = self.set().iter().map(|(name, word)| format!("{name}={word}")).collect();
        if written.is_empty() { String::new() } else { format!("?{}", written.join("&")) }
    }
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
    fn an_unknown_switch_or_value_is_refused() {
        for (name, value) in [("theme", "blue"), ("w", "1"), ("brand", ""), ("x", "1"), ("script", "On")] {
            assert_eq!(parse(&[(name, value)]), Err(UnknownSwitch), "{name}={value}");
        }
    }
}
