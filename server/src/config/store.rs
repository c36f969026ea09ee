//! Settings of the database.

use super::SettingsError;
use serde::Deserialize;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use std::path::Path;
use std::str::FromStr as _;

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
    /// Returns the SQLite file, if that is the database.
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
        // What the driver says of an address may repeat it, and a password with it.
        let readable = match self.file() {
            Some(_) => SqliteConnectOptions::from_str(&self.url).is_ok(),
            None => PgConnectOptions::from_str(&self.url).is_ok(),
        };
        if !readable {
            return wrong("store.url", "is not an address of a database");
        }
        if self.connections == 0 {
            return wrong("store.connections", "must be at least 1");
        }
        Ok(())
    }
}
