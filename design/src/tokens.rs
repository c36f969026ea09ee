//! The tokens as the style sheet has them: a block of custom properties, and another one of those that differ in the dark.

use crate::{Colour, ColourError};

/// One of the style's two schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Light,
    Dark,
}

impl Scheme {
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Returns the scheme by the name that CSS has for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A custom property of the style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its name without the dashes in front.
    pub name: String,
    pub light: String,
    /// Its value in the dark, if that is another one.
    pub dark: Option<String>,
}

impl Token {
    /// Returns the value in a scheme.
    #[must_use]
    pub fn value(&self, scheme: Scheme) -> &str {
        match scheme {
            Scheme::Light => &self.light,
            Scheme::Dark => self.dark.as_ref().unwrap_or(&self.light),
        }
    }

    /// Returns the colour that it is, if it is one.
    ///
    /// # Errors
    /// It is something else.
    pub fn colour(&self, scheme: Scheme) -> Result<Colour, ColourError> {
        Colour::parse(self.value(scheme))
    }
}

/// The error of a sheet whose tokens cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokensError {
    /// There has to be one block for both schemes and one for the dark.
    #[error("the sheet has no block \"{0}\"")]
    NoBlock(&'static str),
    /// What has no value in the light cannot have another one in the dark.
    #[error("--{0} has a value for the dark alone")]
    DarkAlone(String),
}

/// All tokens, in the order of the sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(pub Vec<Token>);

const ROOT: &str = ":root";
const DARK: &str = "(prefers-color-scheme: dark)";

impl Tokens {
    /// Reads the sheet of tokens.
    ///
    /// # Errors
    /// It lacks one of the two blocks, or a token is in the dark one alone.
    pub fn read(sheet: &str) -> Result<Self, TokensError> {
        let sheet = without_comments(sheet);
        let (light, dark) = sheet.split_once(DARK).ok_or(TokensError::NoBlock(DARK))?;
        let mut tokens = Self(Vec::new());
        for (name, value) in properties(light)? {
            tokens.0.push(Token { name, light: value, dark: None });
        }
        for (name, value) in properties(dark)? {
            let token = tokens.0.iter_mut().find(|token| token.name == name);
            token.ok_or(TokensError::DarkAlone(name))?.dark = Some(value);
        }
        Ok(tokens)
    }

    /// Returns the token of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Token> {
        self.0.iter().find(|token| token.name == name)
    }

    /// Returns the colour of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn colour(&self, name: &str, scheme: Scheme) -> Result<Colour, ColourError> {
        self.get(name).ok_or(ColourError)?.colour(scheme)
    }

    /// Gives a token another colour in a scheme, and leaves it as it is in the other one.
    pub(crate) fn set(&mut self, name: &str, scheme: Scheme, colour: Colour) {
        if let Some(token) = self.0.iter_mut().find(|token| token.name == name) {
            let dark = token.value(Scheme::Dark).to_owned();
            match scheme {
                Scheme::Light => (token.light, token.dark) = (colour.to_string(), Some(dark)),
                Scheme::Dark => token.dark = Some(colour.to_string()),
            }
        }
    }

    /// Writes them as a sheet.
    #[must_use]
    pub fn to_sheet(&self) -> String {
        let property = |name: &str, value: &str| format!("--{name}:{value};");
        let light: String = self.0.iter().map(|token| property(&token.name, &token.light)).collect();
        let dark = self.0.iter().filter_map(|token| Some(property(&token.name, token.dark.as_ref()?)));
        format!("{ROOT}{{{light}}}@media {DARK}{{{ROOT}{{{}}}}}", dark.collect::<String>())
    }
}

fn without_comments(sheet: &str) -> String {
    let mut kept = String::new();
    for part in sheet.split("/*") {
        kept.push_str(part.split_once("*/").map_or(part, |(_, after)| after));
    }
    kept
}

/// Returns the custom properties of the first block for the root.
fn properties(sheet: &str) -> Result<Vec<(String, String)>, TokensError> {
    let block = sheet.split_once(ROOT).and_then(|(_, rest)| rest.split_once('{')?.1.split_once('}'));
    let (block, _) = block.ok_or(TokensError::NoBlock(ROOT))?;
    let property = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(':')?;
        Some((name.trim().to_owned(), value.trim().to_owned()))
    };
    Ok(block.split(';').filter_map(property).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_sheet_is_read_whole_and_survives_being_written() {
        let tokens = Tokens::read(crate::SHEET).unwrap();
        let light = crate::SHEET.split(DARK).next().unwrap();
        assert_eq!(tokens.0.len(), light.lines().filter(|line| line.trim_start().starts_with("--")).count());
        assert_eq!(tokens.get("ground").unwrap().light, "#fff");
        assert_eq!(tokens.get("ground").unwrap().value(Scheme::Dark), "#14161b");
        assert_eq!(tokens.get("on-fill").unwrap().value(Scheme::Dark), "#fff", "what the dark leaves as it is");
        assert_eq!(Tokens::read(&tokens.to_sheet()), Ok(tokens));
    }

    #[test]
    fn a_sheet_that_is_none_is_refused_with_what_it_lacks() {
        assert_eq!(Tokens::read(":root{--a:1}"), Err(TokensError::NoBlock(DARK)));
        assert_eq!(Tokens::read("p{} @media (prefers-color-scheme: dark){}"), Err(TokensError::NoBlock(ROOT)));
        let alone = ":root{--a:1} @media (prefers-color-scheme: dark){:root{--b:2}}";
        assert_eq!(Tokens::read(alone), Err(TokensError::DarkAlone("b".into())));
    }
}
