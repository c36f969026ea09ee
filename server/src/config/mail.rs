//! Settings of mail: the transport, the sender, the mail server.

use super::SettingsError;
use serde::Deserialize;
use std::net::IpAddr;

/// A conversation may take three times this long, and must be over before another worker takes the mail.
const LONGEST_TIMEOUT_MS: u64 = 30_000;
/// More connections at once than this are refused by most mail servers.
const MOST_CONNECTIONS: usize = 100;

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
    /// Whether the host passes mail on to other servers, as a relay of one's own or a sending service does. What it takes has
    /// then been sent, and not yet arrived anywhere.
    pub relay: bool,
    /// How many mails one node hands over at the same time, each over a connection of its own.
    pub connections: usize,
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
    /// Returns whether an accepted mail has only been sent, and not yet arrived. The mailbox of a rehearsal is the recipient's own.
    #[must_use]
    pub fn through_relay(&self) -> bool {
        self.transport == TransportKind::Smtp && self.smtp.relay
    }

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
        if !(1..=MOST_CONNECTIONS).contains(&self.smtp.connections) {
            return Err(SettingsError::Value {
                setting: "mail.smtp.connections",
                why: format!("must be between 1 and {MOST_CONNECTIONS}"),
            });
        }
        if rules::user_id::UserId::parse(&self.from).is_err() {
            return Err(SettingsError::Value { setting: "mail.from", why: "is not a mail address".into() });
        }
        Ok(())
    }
}
