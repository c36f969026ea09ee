//! Delivery by SMTP. TLS is required unless the server is on loopback (checked with the configuration).

use super::{Outgoing, SendError, Transport};
use crate::config::{SmtpSecurity, SmtpSettings};
use async_trait::async_trait;
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::time::Duration;

/// A pool of conversations with the mail server.
pub struct SmtpTransport {
    server: AsyncSmtpTransport<Tokio1Executor>,
    timeout: Duration,
}

/// The mail server's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    #[error("mail.smtp: {0}")]
    Tls(#[from] lettre::transport::smtp::Error),
    #[error("mail.smtp.ca_file: {0}")]
    Authority(#[from] std::io::Error),
}

impl SmtpTransport {
    /// Prepares the transport; no connection is made yet.
    ///
    /// # Errors
    /// The certificate authority cannot be read.
    pub fn new(settings: &SmtpSettings) -> Result<Self, SmtpError> {
        let tls = match settings.security {
            SmtpSecurity::None => Tls::None,
            SmtpSecurity::Required => Tls::Required(tls(settings)?),
            SmtpSecurity::Tls => Tls::Wrapper(tls(settings)?),
        };
        let timeout = Duration::from_millis(settings.timeout_ms);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls)
            .timeout(Some(timeout))
            // Each mail has a conversation of its own: on a line that was given up half-way, a late answer would count for the next mail.
            .pool_config(PoolConfig::new().max_size(0));
        if !settings.username.is_empty() {
            builder = builder.credentials(Credentials::new(settings.username.clone(), settings.password.clone()));
        }
        Ok(Self { server: builder.build(), timeout })
    }
}

fn tls(settings: &SmtpSettings) -> Result<TlsParameters, SmtpError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if !settings.ca_file.is_empty() {
        builder = builder.add_root_certificate(Certificate::from_pem(&std::fs::read(&settings.ca_file)?)?);
    }
    Ok(builder.build()?)
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, message: &Outgoing) -> Result<(), SendError> {
        // The whole conversation is bounded as well: a server that answers a byte at a time must not hold the worker.
        let sent =
            tokio::time::timeout(self.timeout * 3, self.server.send_raw(&message.envelope, &message.bytes)).await;
        match sent {
            Err(_) => Err(SendError::Later("time-out".into())),
            Ok(Ok(_)) => Ok(()),
            Ok(Err(found)) => {
                let code = found.status().map(|code| code.to_string());
                if found.is_permanent() && !is_ours(code.as_deref()) {
                    Err(SendError::Refused(code.unwrap_or_else(|| "refused".into())))
                } else {
                    Err(SendError::Later(code.unwrap_or_else(|| kind(&found).into())))
                }
            }
        }
    }
}

/// Answers about our own set-up (commands, sign-in at the mail server): no fault of the recipient's address.
fn is_ours(code: Option<&str>) -> bool {
    matches!(code, Some("500" | "502" | "503" | "504" | "530" | "534" | "535" | "538"))
}

/// What went wrong in a word; the server's own words may name the address.
fn kind(found: &lettre::transport::smtp::Error) -> &'static str {
    if found.is_tls() {
        "tls"
    } else if found.is_timeout() {
        "time-out"
    } else if found.is_response() {
        "unreadable answer"
    } else {
        "no connection"
    }
}
