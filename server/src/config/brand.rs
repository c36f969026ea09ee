//! Settings of the brand: words, contact details, and how it looks.

use super::{HttpSettings, MailSettings, SettingsError};
use app::wire::Brand;
use design::{BrandAssets, Look};
use serde::Deserialize;

/// The installation's names and contact details.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrandSettings {
    pub service: String,
    pub former_service: String,
    pub insurer: String,
    pub product: String,
    pub centre_phone: String,
    pub centre_hours: String,
    pub renewal_date: String,
    pub password_words: Vec<String>,
    /// Colours and drawings; without them the style is as it is shipped.
    #[serde(default)]
    pub look: Look,
}

impl BrandSettings {
    /// Checks that each word can stand in a line of a page or mail.
    ///
    /// # Errors
    /// Names the word that cannot.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        for (setting, word) in [
            ("brand.service", &self.service),
            ("brand.former_service", &self.former_service),
            ("brand.insurer", &self.insurer),
            ("brand.product", &self.product),
            ("brand.centre_phone", &self.centre_phone),
            ("brand.centre_hours", &self.centre_hours),
            ("brand.renewal_date", &self.renewal_date),
        ] {
            if word.contains(|letter: char| letter.is_control() || letter == '<') {
                return Err(SettingsError::Value { setting, why: "must be one line without `<`".into() });
            }
        }
        Ok(())
    }

    /// Reads the drawings, and checks them and the colours.
    ///
    /// # Errors
    /// Names the pair of colours that falls short, or the drawing that cannot be taken.
    pub fn assets(&self) -> Result<BrandAssets, SettingsError> {
        let refused =
            |found: design::BrandError| SettingsError::Value { setting: "brand.look", why: found.to_string() };
        let assets = BrandAssets::new(&self.look, |file| std::fs::read_to_string(file)).map_err(refused)?;
        assets.check().map_err(refused)?;
        Ok(assets)
    }

    /// Returns the brand as screens and mails know it.
    #[must_use]
    pub fn brand(&self, http: &HttpSettings, mail: &MailSettings) -> Brand {
        Brand {
            service: self.service.clone(),
            former_service: self.former_service.clone(),
            insurer: self.insurer.clone(),
            product: self.product.clone(),
            centre_phone: self.centre_phone.clone(),
            centre_hours: self.centre_hours.clone(),
            renewal_date: self.renewal_date.clone(),
            public_url: http.public_url.trim_end_matches('/').to_owned(),
            mail_from: mail.from.clone(),
        }
    }
}
