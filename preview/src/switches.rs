//! How an entry is looked at. The address alone holds it.

/// The address has a switch, or a value of one, that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSwitch;

/// Writes a switch: its values, the first of which is the usual one and is left out of addresses.
macro_rules! switch {
    ($(#[$doc:meta])* $name:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($value),+ }

        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$value),+];

            pub(crate) const fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            pub fn parse(word: &str) -> Result<Self, UnknownSwitch> {
                Self::ALL.iter().copied().find(|value| value.word() == word).ok_or(UnknownSwitch)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }
    };
}

switch! {
    /// How wide the frame is, in CSS pixels.
    Width { Phone = "375", Narrow = "320", Tablet = "768", Desktop = "1280" }
}

switch! {
    /// Which of the style's two schemes.
    Theme { Light = "light", Dark = "dark" }
}

switch! {
    /// Whose names and colours.
    Look { Own = "own", Other = "other" }
}

switch! {
    /// Whether the product's script and WASM run.
    Script { Off = "off", On = "on" }
}

switch! {
    /// Whether the gallery's own pages can be worked by single keys, which some people cannot use (WCAG 2.1.4).
    Keys { On = "on", Off = "off" }
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
    pub(crate) look: Look,
    pub(crate) script: Script,
    pub(crate) keys: Keys,
}

impl Switches {
    /// Reads a query. `q` belongs to the search and is none of these.
    pub(crate) fn parse(query: &[(String, String)]) -> Result<Self, UnknownSwitch> {
        let mut switches = Self::default();
        for (name, value) in query {
            match name.as_str() {
                "w" => switches.width = Width::parse(value)?,
                "theme" => switches.theme = Theme::parse(value)?,
                "brand" => switches.look = Look::parse(value)?,
                "script" => switches.script = Script::parse(value)?,
                "keys" => switches.keys = Keys::parse(value)?,
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
            ("w", self.width.word(), self.width == usual.width),
            ("theme", self.theme.word(), self.theme == usual.theme),
            ("brand", self.look.word(), self.look == usual.look),
            ("script", self.script.word(), self.script == usual.script),
            ("keys", self.keys.word(), self.keys == usual.keys),
        ];
        parts.into_iter().filter(|(.., usual)| !usual).map(|(name, word, _)| (name, word)).collect()
    }

    /// Writes them as a query, without what is usual.
    pub(crate) fn query(self) -> String {
        let written: Vec<_> = self.set().iter().map(|(name, word)| format!("{name}={word}")).collect();
        if written.is_empty() { String::new() } else { format!("?{}", written.join("&")) }
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
