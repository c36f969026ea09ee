//! Configuration: one file and environment overrides, one struct a concern. Unknown or missing settings stop the start by name.

mod accounts;
mod brand;
mod environment;
mod http;
mod mail;
mod private;
mod secrets;
mod store;
mod traces;

pub use accounts::{AccountSettings, PasswordSettings, ResetProof};
pub use brand::BrandSettings;
pub use http::HttpSettings;
pub use mail::{MailSettings, SmtpSecurity, SmtpSettings, TransportKind};
pub use private::check_private;
pub use secrets::SecretSettings;
pub use store::StoreSettings;
pub use traces::TraceSettings;

use figment::Figment;
use figment::Profile;
use figment::error::Kind;
use figment::providers::{Format, Serialized, Toml};
use rules::limits::Limits;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ffi::OsString;
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
    #[serde(default)]
    pub traces: TraceSettings,
    #[cfg(feature = "rehearsal")]
    #[serde(default)]
    pub rehearsal: RehearsalSettings,
    /// Warnings that do not stop the start. They are sentences without any secret.
    #[serde(skip)]
    pub warnings: Vec<String>,
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
    /// The day for which that file was written, such as `2026-11-23`: its days are moved to the day on which the database is filled.
    /// Empty: they stay as they are.
    pub contracts_as_of: String,
}

/// The error of a setting that is missing, unknown or not allowed.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is missing.
    #[error("no configuration file at {0}")]
    NoFile(String),
    /// Missing, unknown, or not of its type: where it stands and what is wrong. Values are not in it, since they may be secret.
    #[error("{0}")]
    Setting(String),
    /// A value that can be read but is not allowed.
    #[error("{setting}: {why}")]
    Value { setting: &'static str, why: String },
    /// An environment variable that cannot be read. Its value is not shown.
    #[error("{name}: {why}")]
    Variable { name: String, why: &'static str },
}

impl Settings {
    /// Reads the file and the environment.
    ///
    /// # Errors
    /// Names the setting that is missing, unknown or cannot be.
    pub fn read(file: &Path) -> Result<Self, SettingsError> {
        Self::read_with(file, std::env::vars_os())
    }

    /// Reads the file and the variables of an environment.
    ///
    /// # Errors
    /// Names the setting that is missing, unknown or cannot be.
    pub fn read_with(
        file: &Path,
        variables: impl Iterator<Item = (OsString, OsString)>,
    ) -> Result<Self, SettingsError> {
        if !file.is_file() {
            return Err(SettingsError::NoFile(file.display().to_string()));
        }
        let environment = environment::read(variables)?;
        let mut sources = Figment::new().merge(Toml::file_exact(file));
        for (path, value) in environment.values {
            sources = sources.merge(Serialized::default(&path, value));
        }
        let mut settings: Self =
            sources.select(Profile::Default).extract().map_err(|found| explain(&found, &environment.names))?;
        settings.http.normalise();
        settings.check()?;
        if !environment.passed_over.is_empty() {
            let names = environment.passed_over.join(", ");
            settings.warnings.push(format!("{names}: not a setting, passed over"));
        }
        settings.warnings.extend(settings.http.warning());
        Ok(settings)
    }

    /// Checks what the server itself needs, besides what every command does.
    ///
    /// # Errors
    /// Names the setting that cannot be.
    pub fn check_serving(&self) -> Result<(), SettingsError> {
        let nobody_reads = self.mail.transport == TransportKind::Mailbox && !cfg!(feature = "rehearsal");
        match nobody_reads {
            true => Err(SettingsError::Value {
                setting: "mail.transport",
                why: "must be \"smtp\": only a rehearsal build shows the mailbox, and no mail would reach anybody"
                    .into(),
            }),
            false => Ok(()),
        }
    }

    fn check(&self) -> Result<(), SettingsError> {
        self.brand.check()?;
        self.brand.assets()?;
        self.http.check()?;
        self.store.check()?;
        self.mail.check()?;
        self.traces.check()?;
        match self.limits.fault() {
            Some(fault) => {
                Err(SettingsError::Value { setting: fault.setting, why: format!("{} (docs/limits.md)", fault.why) })
            }
            None => check_memory(&self.limits),
        }
    }
}

/// Checks that the machine has the memory that hashing takes when all slots are in use.
fn check_memory(limits: &Limits) -> Result<(), SettingsError> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let slots = if limits.hashes_at_once == 0 { cores as u64 } else { limits.hashes_at_once.into() };
    let needed = slots.saturating_mul(limits.hash_memory_kib.into());
    match memory_kib() {
        Some(there) if needed > there => Err(SettingsError::Value {
            setting: "limits.hash_memory_kib",
            why: format!("{slots} hashes at once take {needed} KiB, the machine has {there} (docs/limits.md)"),
        }),
        _ => Ok(()),
    }
}

/// Returns the machine's memory in KiB, where Linux reports it.
fn memory_kib() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// The types of numbers have names that only programmers know.
fn in_words(expected: &str) -> &str {
    match expected {
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        "u64" | "usize" => "a whole number from 0",
        other => other,
    }
}

/// Explains the first error. Figment would quote the value, and the TOML reader the line.
fn explain(found: &figment::Error, names: &BTreeMap<String, String>) -> SettingsError {
    let here = found.path.join(".");
    // A missing field is not in the path of its error, an unknown one is.
    let within = |field: &str| match found.path.last() {
        Some(last) if last == field => here.clone(),
        Some(_) => format!("{here}.{field}"),
        None => field.to_owned(),
    };
    let (path, why) = match &found.kind {
        Kind::UnknownField(field, known) => (within(field), format!("is unknown; known are {}", known.join(", "))),
        Kind::MissingField(field) => (within(field), "is missing".to_owned()),
        Kind::InvalidType(_, expected) | Kind::InvalidValue(_, expected) | Kind::InvalidLength(_, expected) => {
            (here.clone(), format!("must be {}", in_words(&expected.to_string())))
        }
        Kind::UnknownVariant(_, known) => (here.clone(), format!("must be one of {}", known.join(", "))),
        Kind::Message(message) => {
            let shown = message.lines().filter(|line| !line.contains('|') && !line.trim().is_empty());
            (here.clone(), shown.collect::<Vec<_>>().join(": "))
        }
        _ => (here.clone(), "cannot be read".to_owned()),
    };
    // Where a whole part is unknown, it is a variable below it that named it.
    let below = format!("{path}.");
    let variable = names.iter().find(|(named, _)| **named == path || named.starts_with(&below));
    let name = variable.map(|(_, name)| format!("{name} ({path})")).unwrap_or(path);
    SettingsError::Setting(if name.is_empty() { why } else { format!("{name}: {why}") })
}
