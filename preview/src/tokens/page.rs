//! The page of tokens. Its colours and sizes are a sheet of its own, since the policy allows no style inside of a page.

use super::{File, Flavour, Kind, Uses};
use crate::Preview;
use crate::links::Links;
use crate::rows::Rows;
use crate::switches::{BrandChoice, Switches};
use askama::Template;
use design::{PAIRS, Pair, Scheme, Token, Tokens};
use std::io;

struct Swatch {
    name: String,
    light: String,
    dark: String,
    uses: Uses,
}

struct Size {
    name: String,
    value: String,
    pixels: Option<f64>,
    uses: Uses,
}

struct Contrast {
    at: usize,
    pair: Pair,
    schemes: Vec<Measured>,
}

struct Measured {
    scheme: &'static str,
    contrast: String,
    lightness: String,
    enough: bool,
}

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    assets: String,
    home: String,
    rows: Option<Rows>,
    colours: Vec<Swatch>,
    texts: Vec<Size>,
    lengths: Vec<Size>,
    rounds: Vec<Size>,
    rest: Vec<Size>,
    pairs: Vec<Contrast>,
    short: usize,
    files: Vec<(String, String)>,
}

/// The pixels of a `rem` at the usual text size.
const REM: f64 = 16.0;
/// Grounds on which the ring of the focus is shown.
const FOCUS_GROUNDS: [&str; 2] = ["ground", "care-soft"];

impl Preview {
    /// All tokens with their values, where they are used, and how colours stand apart.
    pub(crate) fn tokens_page(&self, links: &Links, switches: Switches) -> io::Result<String> {
        let tokens = self.tokens(switches.brand)?;
        let mut page = TokensPage {
            assets: links.page_assets(switches),
            home: links.overview(switches),
            rows: self.rows_for(links, switches, |switches| links.tokens(switches)),
            colours: Vec::new(),
            texts: Vec::new(),
            lengths: Vec::new(),
            rounds: Vec::new(),
            rest: Vec::new(),
            pairs: PAIRS.into_iter().enumerate().map(|(at, pair)| measured(at, pair, &tokens)).collect(),
            short: design::shortfalls(&tokens).len(),
            files: files(links),
        };
        // What falls short comes first: whoever has changed a colour looks for it.
        page.pairs.sort_by_key(Contrast::holds);
        for token in &tokens.0 {
            self.place(&mut page, token)?;
        }
        page.render().map_err(io::Error::other)
    }

    fn place(&self, page: &mut TokensPage, token: &Token) -> io::Result<()> {
        let uses = self.uses(token)?;
        let (name, value) = (token.name.clone(), token.light.clone());
        match Kind::of(token, Scheme::Light) {
            Kind::Colour(light) => {
                let dark = token.colour(Scheme::Dark).unwrap_or(light).to_string();
                page.colours.push(Swatch { name, light: light.to_string(), dark, uses });
            }
            Kind::Rem(length) => {
                let sizes = match &*token.name {
                    name if name.starts_with("text-") => &mut page.texts,
                    name if name.starts_with("round") => &mut page.rounds,
                    _ => &mut page.lengths,
                };
                sizes.push(Size { name, value, pixels: Some(length * REM), uses });
            }
            Kind::Fonts(_) | Kind::Computed => page.rest.push(Size { name, value, pixels: None, uses }),
        }
        Ok(())
    }

    /// The sheet of that page: each token as a class.
    pub(crate) fn tokens_sheet(&self, brand: BrandChoice) -> io::Result<String> {
        let tokens = self.tokens(brand)?;
        let mut css = String::new();
        for token in &tokens.0 {
            let name = &token.name;
            css += &match Kind::of(token, Scheme::Light) {
                Kind::Colour(_) => Scheme::ALL
                    .map(|scheme| format!(".{}-{name}{{background:{}}}\n", scheme.word(), token.value(scheme)))
                    .concat(),
                Kind::Rem(_) if name.starts_with("text-") => format!(".token-{name}{{font-size:{}}}\n", token.light),
                Kind::Rem(_) if name.starts_with("round") => {
                    format!(".token-{name}{{border-radius:{}}}\n", token.light)
                }
                Kind::Rem(_) => format!(".token-{name}{{inline-size:{}}}\n", token.light),
                Kind::Fonts(_) | Kind::Computed => String::new(),
            };
        }
        for scheme in Scheme::ALL {
            let value = |name: &str| tokens.get(name).map_or("", |token| token.value(scheme)).to_owned();
            let word = scheme.word();
            for (at, pair) in PAIRS.into_iter().enumerate() {
                let (front, ground) = (value(pair.front), value(pair.ground));
                css += &format!(".pair-{word}-{at}{{color:{front};background:{ground};border-color:{front}}}\n");
            }
            for ground in FOCUS_GROUNDS {
                css += &format!(".focus-{word}-{ground}{{background:{}}}\n", value(ground));
            }
            let (ink, ring, halo) = (value("ink"), value("focus"), value("focus-halo"));
            css += &format!(
                ".ring-{word}{{color:{ink};outline:3px solid {ring};outline-offset:3px;box-shadow:0 0 0 3px {halo}}}\n"
            );
        }
        Ok(css)
    }
}

impl Contrast {
    fn holds(&self) -> bool {
        self.schemes.iter().all(|scheme| scheme.enough)
    }
}

fn measured(at: usize, pair: Pair, tokens: &Tokens) -> Contrast {
    let schemes = Scheme::ALL.map(|scheme| {
        let contrast = pair.contrast(tokens, scheme);
        let lightness = match (tokens.colour(pair.front, scheme), tokens.colour(pair.ground, scheme)) {
            (Ok(front), Ok(ground)) => format!("{:.0}", front.lightness_contrast(ground)),
            _ => String::new(),
        };
        // Cut off instead of rounded: 4.499 is less than 4.5.
        let shown = format!("{:.2}", (contrast * 100.0).floor() / 100.0);
        Measured { scheme: scheme.word(), contrast: shown, lightness, enough: contrast >= pair.least }
    });
    Contrast { at, pair, schemes: schemes.into() }
}

/// Every file for design programs, with its address.
fn files(links: &Links) -> Vec<(String, String)> {
    let of = |flavour: Flavour| {
        File::ALL.map(|file| (format!("{}/{}", flavour.word(), file.name()), links.tokens_file(flavour, file)))
    };
    Flavour::ALL.into_iter().flat_map(of).collect()
}
