use super::SettingsError;
use serde::Deserialize;
use std::net::IpAddr;

/// A conversation may take three times this long, and must be over before another worker takes the mail.
const LONGEST_TIMEOUT_MS: u64 = 30_000;

/// How mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    pub transport: TransportKind,
    /// The sender's address.
    pub from: String,
    /// The sender's name.
    pub from_name: String,
    pub smtp: SmtpSettings,
}

/// Where mail goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TransportKind {
    /// Kept in the database.
    Mailbox,
    /// Sent by SMTP.
    Smtp,
}

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpSettings {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// Empty for none.
    pub username: String,
    pub password: String,
    /// For each step of the conversation.
    pub timeout_ms: u64,
    /// A further certificate authority, as a PEM file; empty for none.
    pub ca_file: String,
}

/// How the conversation is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// STARTTLS or nothing.
    Required,
    /// TLS from the first byte.
    Tls,
    /// Plain: only to loopback.
    None,
}

impl MailSettings {
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let loopback = self.smtp.host == "localhost"
            || self.smtp.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        if self.transport == TransportKind::Smtp && self.smtp.security == SmtpSecurity::None && !loopback {
            return Err(SettingsError::Value {
                setting: "mail.smtp.security",
                why: "must be \"required\" or \"tls\" unless the host is loopback".into(),
            });
        }
        if self.smtp.timeout_ms > LONGEST_TIMEOUT_MS {
            return Err(SettingsError::Value {
                setting: "mail.smtp.timeout_ms",
                why: format!("must be at most {LONGEST_TIMEOUT_MS}"),
            });
        }
        if rules::user_id::UserId::parse(&self.from).is_err() {
            return Err(SettingsError::Value { setting: "mail.from", why: "is not a mail address".into() });
        }
        Ok(())
    }
}
