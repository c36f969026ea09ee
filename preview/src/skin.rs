//! A brand as the gallery shows it: its names, colours and drawings.

use crate::Preview;
use crate::switches::BrandChoice;
use app::wire::Brand;
use design::{BrandAssets, BrandError};
use figment::Figment;
use figment::providers::{Format as _, Serialized, Toml};
use std::io;
use std::path::Path;

/// A brand.
#[derive(Clone, Debug, Default)]
pub struct Skin {
    pub names: Brand,
    pub assets: BrandAssets,
}

/// The reason why a file cannot be shown as a brand.
#[derive(Debug, thiserror::Error)]
pub enum SkinError {
    #[error("{0}")]
    File(#[from] Box<figment::Error>),
    #[error("brand.look: {0}")]
    Look(#[from] BrandError),
}

impl Skin {
    /// Reads the `[brand]` of a configuration, and nothing else of it: the gallery has no secrets. `read` reads drawings.
    ///
    /// # Errors
    /// The text has no brand, or a drawing cannot be taken.
    pub fn from_toml(toml: &str, read: impl Fn(&Path) -> io::Result<String>) -> Result<Self, SkinError> {
        let file = Figment::new()
            .merge(Serialized::default("brand.public_url", "https://nirin.example"))
            .merge(Serialized::default("brand.mail_from", "no-reply@nirin.example"))
            .merge(Serialized::default("brand.look.logo", None::<String>))
            .merge(Toml::string(toml));
        let names = file.extract_inner("brand").map_err(Box::new)?;
        let look = file.extract_inner("brand.look").map_err(Box::new)?;
        Ok(Self { names, assets: BrandAssets::new(&look, read)? })
    }

    /// The second brand, which ships as an example.
    ///
    /// # Errors
    /// None but of a build whose example was never tried.
    pub fn example() -> Result<Self, SkinError> {
        const LOGO: &str = include_str!("../../deploy/brand/midori-logo.svg");
        const ICON: &str = include_str!("../../deploy/brand/midori-icon.svg");
        Self::from_toml(include_str!("../../deploy/brand/midori.toml"), |file| match file.file_name() {
            Some(name) if name == "midori-logo.svg" => Ok(LOGO.to_owned()),
            Some(name) if name == "midori-icon.svg" => Ok(ICON.to_owned()),
            _ => Err(io::Error::from(io::ErrorKind::NotFound)),
        })
    }
}

impl Preview {
    pub(crate) const fn skin(&self, brand: BrandChoice) -> &Skin {
        match brand {
            BrandChoice::Own => &self.own,
            BrandChoice::Other => &self.other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use design::{ICON, LOGO};

    #[test]
    fn the_example_is_a_whole_brand_whose_colours_stand_apart() {
        let example = Skin::example().unwrap();
        assert!(example.assets.check().is_ok());
        assert_ne!(example.assets.drawing(LOGO), example.assets.drawing(ICON));
        assert!(example.assets.drawing(LOGO).is_some());
        assert_eq!(example.names.service, "MyRide Web");
    }

    #[test]
    fn the_shipped_configuration_has_the_style_as_it_is() {
        let shipped = include_str!("../../nirin.toml");
        let shipped = Skin::from_toml(shipped, |_| Err(io::Error::from(io::ErrorKind::NotFound))).unwrap();
        assert_eq!(shipped.assets, BrandAssets::default());
        assert_eq!(shipped.names.service, "二輪ポータル");
    }
}
