//! The tokens as files for design programs: the format of the Design Tokens Community Group (2025.10), where a scheme is a set of
//! its own and a resolver says how they belong together; and the same with plain hexadecimal colours, for programs that are older.

use super::Kind;
use design::{Scheme, Token, Tokens};
use serde_json::{Map, Value, json};

/// How colours and lengths are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// As the format has them since 2025.10.
    Dtcg,
    /// As text.
    Hex,
}

impl Flavour {
    pub(crate) const ALL: [Self; 2] = [Self::Dtcg, Self::Hex];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Dtcg => "dtcg",
            Self::Hex => "hex",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavour| flavour.word() == word)
    }
}

/// A file of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    /// Every token, as it is in the light.
    Light,
    /// The ones that differ in the dark.
    Dark,
    /// How the two belong together.
    Resolver,
}

impl File {
    pub(crate) const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Resolver];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Light => "nirin.tokens.json",
            Self::Dark => "nirin.dark.tokens.json",
            Self::Resolver => "nirin.resolver.json",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.name() == name)
    }

    /// Writes the file.
    pub(crate) fn write(self, tokens: &Tokens, flavour: Flavour) -> Value {
        match self {
            Self::Light => set(tokens.0.iter(), Scheme::Light, flavour),
            Self::Dark => set(tokens.0.iter().filter(|token| token.dark.is_some()), Scheme::Dark, flavour),
            Self::Resolver => json!({
                "$schema": "https://www.designtokens.org/schemas/2025.10/resolver.json",
                "name": "nirin",
                "version": "2025.10",
                "sets": { "base": { "sources": [{ "$ref": Self::Light.name() }] } },
                "modifiers": { "scheme": {
                    "contexts": { "light": [], "dark": [{ "$ref": Self::Dark.name() }] },
                    "default": "light",
                } },
                "resolutionOrder": [{ "$ref": "#/sets/base" }, { "$ref": "#/modifiers/scheme" }],
            }),
        }
    }
}

/// What the format cannot say is kept under this name, with its CSS.
const EXTENSION: &str = "example.nirin.css";

fn set<'a>(tokens: impl Iterator<Item = &'a Token>, scheme: Scheme, flavour: Flavour) -> Value {
    let (mut groups, mut computed) = (Map::new(), Map::new());
    for token in tokens {
        let Some((kind, value)) = written(token, scheme, flavour) else {
            computed.insert(token.name.clone(), json!(token.value(scheme)));
            continue;
        };
        let group = groups.entry(kind).or_insert_with(|| json!({ "$type": kind }));
        group[&token.name] = json!({ "$value": value });
    }
    if flavour == Flavour::Dtcg {
        groups.insert("$schema".to_owned(), json!("https://www.designtokens.org/schemas/2025.10/format.json"));
    }
    if !computed.is_empty() {
        groups.insert("$extensions".to_owned(), json!({ EXTENSION: computed }));
    }
    Value::Object(groups)
}

/// Returns the type and the value of a token, or nothing if the format has no words for it.
fn written(token: &Token, scheme: Scheme, flavour: Flavour) -> Option<(&'static str, Value)> {
    match (Kind::of(token, scheme), flavour) {
        (Kind::Colour(colour), Flavour::Dtcg) => {
            // Four digits are enough to tell all 256 steps apart.
            let components = colour.components().map(|part| (part * 10_000.0).round() / 10_000.0);
            Some(("color", json!({ "colorSpace": "srgb", "components": components, "hex": colour.to_string() })))
        }
        (Kind::Colour(colour), Flavour::Hex) => Some(("color", json!(colour.to_string()))),
        (Kind::Rem(length), Flavour::Dtcg) => Some(("dimension", json!({ "value": length, "unit": "rem" }))),
        (Kind::Rem(length), Flavour::Hex) => Some(("dimension", json!(format!("{length}rem")))),
        (Kind::Fonts(names), _) => Some(("fontFamily", json!(names))),
        (Kind::Computed, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use design::Colour;
    use std::collections::BTreeMap;

    fn shipped() -> Tokens {
        Tokens::read(design::SHEET).unwrap()
    }

    /// Reads a value as a design program would: by its type alone.
    fn read(kind: &str, value: &Value) -> String {
        match (kind, value) {
            (_, Value::String(text)) => text.clone(),
            ("color", value) => {
                let part = |at: usize| (value["components"][at].as_f64().unwrap() * 255.0).round() as u8;
                let colour = Colour { red: part(0), green: part(1), blue: part(2) }.to_string();
                assert_eq!(value["hex"], colour);
                assert_eq!(value["colorSpace"], "srgb");
                colour
            }
            ("dimension", value) => format!("{}{}", value["value"].as_f64().unwrap(), value["unit"].as_str().unwrap()),
            (_, value) => {
                value.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Reads a file back: each token's value by its name.
    fn values(file: &Value) -> BTreeMap<String, String> {
        let mut values = BTreeMap::new();
        for (group, tokens) in file.as_object().unwrap().iter().filter(|(name, _)| !name.starts_with('$')) {
            assert_eq!(tokens["$type"], group.as_str());
            for (name, token) in tokens.as_object().unwrap().iter().filter(|(name, _)| !name.starts_with('$')) {
                values.insert(name.clone(), read(group, &token["$value"]));
            }
        }
        let computed = file["$extensions"][EXTENSION].as_object().into_iter().flatten();
        values.extend(computed.map(|(name, css)| (name.clone(), css.as_str().unwrap().to_owned())));
        values
    }

    /// A value of the sheet as both sides write it.
    fn plain(value: &str) -> String {
        match Colour::parse(value) {
            Ok(colour) => colour.to_string(),
            Err(_) => value.replace('"', ""),
        }
    }

    #[test]
    fn what_is_exported_is_what_the_sheet_says_in_both_flavours_and_schemes() {
        let tokens = shipped();
        for flavour in Flavour::ALL {
            let light = values(&File::Light.write(&tokens, flavour));
            let sheet = tokens.0.iter().map(|token| (token.name.clone(), plain(&token.light)));
            assert_eq!(light, sheet.collect(), "{flavour:?}");
            let dark = values(&File::Dark.write(&tokens, flavour));
            let sheet = tokens.0.iter().filter_map(|token| Some((token.name.clone(), plain(token.dark.as_ref()?))));
            assert_eq!(dark, sheet.collect(), "{flavour:?}");
        }
    }

    #[test]
    fn what_the_format_cannot_say_is_named_with_its_css() {
        let file = File::Light.write(&shipped(), Flavour::Dtcg);
        let computed: Vec<_> = file["$extensions"][EXTENSION].as_object().unwrap().keys().collect();
        assert_eq!(computed, ["pad", "pad-l", "touch"]);
        assert_eq!(file["$extensions"][EXTENSION]["pad"], "min(1rem, 5vw)");
    }

    #[test]
    fn the_resolver_names_files_that_there_are() {
        let resolver = File::Resolver.write(&shipped(), Flavour::Dtcg);
        assert_eq!(resolver["version"], "2025.10");
        let named = [&resolver["sets"]["base"]["sources"][0], &resolver["modifiers"]["scheme"]["contexts"]["dark"][0]];
        assert_eq!(named.map(|set| File::parse(set["$ref"].as_str().unwrap())), [Some(File::Light), Some(File::Dark)]);
    }
}
