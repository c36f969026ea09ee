use super::SettingsError;
use serde::Deserialize;
use std::path::Path;

/// Where everything is kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreSettings {
    /// `sqlite://FILE` or `postgres://…`.
    pub url: String,
    /// Connections open at the same time.
    pub connections: u32,
}

impl StoreSettings {
    /// The SQLite file, where that is the database.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        let file = self.url.strip_prefix("sqlite://")?;
        Some(Path::new(file.split('?').next().unwrap_or_default()))
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let wrong = |setting: &'static str, why: &str| Err(SettingsError::Value { setting, why: why.into() });
        let known = ["sqlite://", "postgres://", "postgresql://"];
        if !known.iter().any(|scheme| self.url.starts_with(scheme)) {
            return wrong("store.url", "must begin with sqlite:// or postgres://");
        }
        if self.connections == 0 {
            return wrong("store.connections", "must be at least 1");
        }
        Ok(())
    }
}
