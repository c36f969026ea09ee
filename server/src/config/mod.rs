//! Configuration: one file and environment overrides, one struct a concern. Unknown or missing settings stop the start by name.

mod accounts;
mod brand;
mod http;
mod mail;
mod secrets;
mod store;

pub use accounts::{AccountSettings, PasswordSettings, ResetProof};
pub use brand::BrandSettings;
pub use http::HttpSettings;
pub use mail::{MailSettings, SmtpSecurity, SmtpSettings, TransportKind};
pub use secrets::SecretSettings;
pub use store::StoreSettings;

use figment::Figment;
use figment::providers::{Env, Format, Toml};
use rules::limits::Limits;
use serde::Deserialize;
use std::path::Path;

/// All that an installation can choose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub brand: BrandSettings,
    pub http: HttpSettings,
    pub store: StoreSettings,
    pub mail: MailSettings,
    pub secrets: SecretSettings,
    pub password: PasswordSettings,
    pub accounts: AccountSettings,
    #[serde(default)]
    pub limits: Limits,
    #[cfg(feature = "rehearsal")]
    #[serde(default)]
    pub rehearsal: RehearsalSettings,
}

/// Only in rehearsal builds.
#[cfg(feature = "rehearsal")]
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RehearsalSettings {
    /// How far the clock is ahead at the start, in milliseconds.
    pub clock_ahead_ms: i64,
    /// Contracts loaded at the start, as a CSV file; empty for none.
    pub contracts: String,
}

/// A setting that is missing, unknown or cannot be.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is missing.
    #[error("no configuration file at {0}")]
    NoFile(String),
    /// Named by figment: which setting, where it came from, what is wrong.
    #[error("{0}")]
    Setting(Box<figment::Error>),
    /// A value that parses but cannot be.
    #[error("{setting}: {why}")]
    Value { setting: &'static str, why: String },
}

impl Settings {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// Names the setting that is missing, unknown or cannot be.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        if !file.is_file() {
            return Err(SettingsError::NoFile(file.display().to_string()));
        }
        let mut sources = Figment::new()
            .merge(Toml::file_exact(file))
            .merge(Env::prefixed("NIRIN_").ignore(&["CONFIG", "LOG"]).split("__"));
        if let Ok(url) = std::env::var("DATABASE_URL") {
            sources = sources.merge(("store.url", url));
        }
        let settings: Self = sources.extract().map_err(|found| SettingsError::Setting(Box::new(found)))?;
        settings.check()?;
        Ok(settings)
    }

    fn check(&self) -> Result<(), SettingsError> {
        self.http.check()?;
        self.store.check()?;
        self.mail.check()?;
        match self.limits.fault() {
            Some(name) => Err(SettingsError::Value {
                setting: "limits",
                why: format!("{name} cannot be this value (docs/limits.md)"),
            }),
            None => Ok(()),
        }
    }
}
