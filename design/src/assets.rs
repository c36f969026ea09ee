//! The files of a build as a brand has them: the style with its colours, and its drawings.

use crate::{Drawing, DrawingError, Look, Shortfall, Tokens, shortfalls};
use std::io;
use std::path::Path;

/// A brand's colours, and its drawings, which are harmless.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BrandAssets {
    look: Look,
    logo: Option<Drawing>,
    icon: Option<Drawing>,
}

/// The reason why a brand cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum BrandError {
    #[error("{}", said(.0))]
    Contrast(Vec<Shortfall>),
    #[error("{name}: {error}")]
    File { name: &'static str, error: io::Error },
    #[error("{name}: {error}")]
    Drawing { name: &'static str, error: DrawingError },
}

fn said(shortfalls: &[Shortfall]) -> String {
    let all: Vec<_> = shortfalls.iter().map(ToString::to_string).collect();
    all.join("; ")
}

/// The drawing in the header.
pub const LOGO: &str = "logo.svg";
/// The drawing of the browser's tab.
pub const ICON: &str = "icon.svg";
/// The style.
pub const STYLE: &str = "style.css";
/// The style without what only pages behind the sign-in use.
pub const FLOWS_STYLE: &str = "flows.css";

/// The height of the header's drawing in `rem`, and how wide it may become.
const LOGO_HEIGHT: f64 = 2.25;
const LOGO_WIDEST: f64 = 9.0;

impl BrandAssets {
    /// Takes a brand's drawings. `read` reads its files.
    ///
    /// # Errors
    /// Names the drawing that cannot be taken.
    pub fn new(look: &Look, read: impl Fn(&Path) -> io::Result<String>) -> Result<Self, BrandError> {
        let drawing = |name, file: Option<&Path>| -> Result<Option<Drawing>, BrandError> {
            let Some(file) = file else { return Ok(None) };
            let svg = read(file).map_err(|error| BrandError::File { name, error })?;
            Drawing::read(&svg).map(Some).map_err(|error| BrandError::Drawing { name, error })
        };
        Ok(Self {
            look: look.clone(),
            logo: drawing("logo", look.logo.as_deref())?,
            icon: drawing("icon", look.icon.as_deref())?,
        })
    }

    /// Checks that all colours stand apart that meet.
    ///
    /// # Errors
    /// Names the pairs that fall short.
    pub fn check(&self) -> Result<(), BrandError> {
        let short = shortfalls(&self.look.apply(&crate::shipped()));
        if short.is_empty() { Ok(()) } else { Err(BrandError::Contrast(short)) }
    }

    /// Returns the tokens as this brand has them.
    #[must_use]
    pub fn tokens(&self, shipped: &Tokens) -> Tokens {
        self.look.apply(shipped)
    }

    /// Returns what stands behind the shipped style.
    #[must_use]
    pub fn style(&self, shipped: &Tokens) -> String {
        let colours = self.look.sheet(shipped);
        let Some(Drawing { ratio, .. }) = self.logo else { return colours };
        let wide = (LOGO_HEIGHT * ratio).min(LOGO_WIDEST);
        format!("{colours}.brand-mark{{inline-size:min({wide}rem,45vw);aspect-ratio:{ratio}}}")
    }

    /// Returns the brand's own drawing of that name.
    #[must_use]
    pub fn drawing(&self, name: &str) -> Option<&str> {
        let drawing = match name {
            LOGO => self.logo.as_ref().or(self.icon.as_ref()),
            ICON => self.icon.as_ref(),
            _ => None,
        };
        drawing.map(|drawing| drawing.svg.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MARK: &str = "<svg viewBox=\"0 0 40 10\"><path d=\"M0 0\"/></svg>";

    fn assets(look: &Look) -> Result<BrandAssets, String> {
        let read = |file: &Path| match file.to_str() {
            Some("mark.svg") => Ok(MARK.to_owned()),
            Some("bad.svg") => Ok("<svg viewBox=\"0 0 1 1\"><script/></svg>".to_owned()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        };
        BrandAssets::new(look, read).map_err(|error| error.to_string())
    }

    #[test]
    fn a_brand_without_anything_changes_nothing() {
        let brand = assets(&Look::default()).unwrap();
        assert_eq!(brand.style(&Tokens::read(crate::SHEET).unwrap()), "");
        assert_eq!((brand.drawing(LOGO), brand.drawing(ICON)), (None, None));
    }

    #[test]
    fn a_wide_logo_has_its_room_before_it_has_arrived() {
        let brand = assets(&Look { logo: Some("mark.svg".into()), ..Look::default() }).unwrap();
        assert_eq!(brand.drawing(LOGO), Some(MARK));
        assert_eq!(brand.drawing(ICON), None);
        let css = brand.style(&Tokens::read(crate::SHEET).unwrap());
        assert_eq!(css, ".brand-mark{inline-size:min(9rem,45vw);aspect-ratio:4}");
    }

    #[test]
    fn what_cannot_be_taken_is_named() {
        let bad = assets(&Look { icon: Some("bad.svg".into()), ..Look::default() });
        assert_eq!(bad, Err("icon: may not have the element <script>".into()));
        let missing = assets(&Look { logo: Some("none.svg".into()), ..Look::default() });
        assert_eq!(missing, Err("logo: entity not found".into()));
        let pale = assets(&Look { accent: crate::Colour::parse("#ffb000").ok(), ..Look::default() }).unwrap();
        let pale = pale.check().unwrap_err().to_string();
        assert!(pale.starts_with("accent on ground has 1.83:1 in the light scheme and needs 4.5:1"), "{pale}");
    }
}
