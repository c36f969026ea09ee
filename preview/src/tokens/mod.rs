//! The style's tokens: a page that shows them, and files for design programs. The sheet is the only source of both.

mod dtcg;
mod page;

pub(crate) use dtcg::{File, Flavour};

use crate::style::bundled;
use crate::switches::BrandChoice;
use crate::{Preview, StyleSource};
use design::{Colour, Scheme, Token, Tokens};
use std::io;

/// What a token is, by its value.
pub(crate) enum Kind {
    Colour(Colour),
    Fonts(Vec<String>),
    /// A length in `rem`.
    Rem(f64),
    /// What has no words outside of CSS: `min()`, `calc()`.
    Computed,
}

impl Kind {
    /// Reads a token's value in a scheme.
    pub(crate) fn of(token: &Token, scheme: Scheme) -> Self {
        let value = token.value(scheme);
        if let Ok(colour) = Colour::parse(value) {
            return Self::Colour(colour);
        }
        if let Some(Ok(length)) = value.strip_suffix("rem").map(str::parse) {
            return Self::Rem(length);
        }
        match value.contains('(') {
            true => Self::Computed,
            false => Self::Fonts(value.split(',').map(|name| name.trim().trim_matches('"').to_owned()).collect()),
        }
    }
}

/// Where a token is used.
pub(crate) struct Uses {
    pub(crate) count: usize,
    pub(crate) files: Vec<String>,
}

impl Preview {
    /// The tokens as the brand that is shown has them.
    pub(crate) fn tokens(&self, brand: BrandChoice) -> io::Result<Tokens> {
        Ok(self.skin(brand).assets.tokens(&self.shipped_tokens()?))
    }

    /// The tokens of the style's sheet.
    pub(crate) fn shipped_tokens(&self) -> io::Result<Tokens> {
        let sheet = match &self.style {
            StyleSource::Bundle(_) => design::SHEET.to_owned(),
            StyleSource::Sources(folder) => std::fs::read_to_string(folder.join("tokens.css"))?,
        };
        Tokens::read(&sheet).map_err(io::Error::other)
    }

    /// How often each token is used in the style, and in which of its files. A bundle has none.
    pub(crate) fn uses(&self, token: &Token) -> io::Result<Uses> {
        let asked = format!("var(--{})", token.name);
        let files = match &self.style {
            StyleSource::Bundle(file) => vec![(String::new(), std::fs::read_to_string(file)?)],
            StyleSource::Sources(folder) => bundled(folder)?,
        };
        let used = files.iter().filter(|(_, css)| css.contains(&asked));
        let files = used.clone().map(|(name, _)| name.clone()).filter(|name| !name.is_empty()).collect();
        Ok(Uses { count: used.map(|(_, css)| css.matches(&asked).count()).sum(), files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::from_sources;

    #[test]
    fn no_token_is_unused() {
        let preview = from_sources();
        for token in preview.shipped_tokens().unwrap().0 {
            assert!(preview.uses(&token).unwrap().count > 0, "--{} is used nowhere", token.name);
        }
    }

    #[test]
    fn nothing_is_used_that_is_no_token() {
        let preview = from_sources();
        let tokens = preview.shipped_tokens().unwrap();
        let StyleSource::Sources(folder) = &preview.style else { unreachable!("made from sources") };
        for (file, css) in bundled(folder).unwrap() {
            for used in css.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
                let own = css.contains(&format!("--{used}:"));
                assert!(own || tokens.get(used).is_some(), "{file}: --{used} has no value");
            }
        }
    }
}
