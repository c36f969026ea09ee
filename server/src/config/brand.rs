use super::{HttpSettings, MailSettings};
use app::wire::Brand;
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
}

impl BrandSettings {
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
