use super::SettingsError;
use serde::Deserialize;

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
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let known = ["sqlite://", "postgres://", "postgresql://"];
        if known.iter().any(|scheme| self.url.starts_with(scheme)) {
            Ok(())
        } else {
            Err(SettingsError::Value { setting: "store.url", why: "must begin with sqlite:// or postgres://".into() })
        }
    }
}
