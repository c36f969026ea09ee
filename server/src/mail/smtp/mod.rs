//! Delivery by SMTP. TLS is required unless the server is on loopback (checked with the configuration).

mod connection;
mod fault;
mod reply;

pub use fault::{Cause, Enhanced, SmtpFault, Step, Verdict};

use super::{Outgoing, SendError, Transport};
use crate::clock::Clock;
use crate::config::{SmtpSecurity, SmtpSettings};
use async_trait::async_trait;
use connection::{Connection, TimeLimit, TlsClient};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_rustls::TlsConnector;

/// How long an unused connection is kept, in milliseconds: less than any server or firewall waits.
const IDLE_MAX_MS: i64 = 30_000;
/// For how long a server that has just taken a mail is not asked whether it still listens, in milliseconds.
const FRESH_MS: i64 = 1_000;
/// How long a connection is used at all, in milliseconds, so that a server that left a load balancer is left too.
const AGE_MAX_MS: i64 = 300_000;
/// How many mails go over one connection: common servers end it after 100.
const MAILS_MAX: u32 = 100;

/// Conversations with the mail server. What is not used is kept for a while.
pub struct SmtpTransport {
    settings: SmtpSettings,
    tls: Option<TlsClient>,
    clock: Arc<dyn Clock>,
    kept: Mutex<Vec<Open>>,
    /// Cloned into every open connection: its count tells how many there are.
    open: Arc<()>,
}

/// An open connection.
struct Open {
    connection: Connection,
    opened_at: i64,
    used_at: i64,
    mails: u32,
    /// Whether the mail before was taken, so that nothing of it is left to be taken back.
    clean: bool,
    _counted: Arc<()>,
}

impl Open {
    /// Makes it ready for one more mail.
    async fn reset(&mut self, limit: TimeLimit, now: i64) -> Result<(), SmtpFault> {
        if self.clean && now - self.used_at < FRESH_MS { Ok(()) } else { self.connection.reset(limit).await }
    }
}

/// The mail server's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    #[error("mail.smtp.host: is not a name that a certificate can have")]
    Name,
    #[error("mail.smtp.security: {0}")]
    Tls(#[from] rustls::Error),
    #[error("mail.smtp.ca_file: {0}")]
    Authority(#[from] rustls::pki_types::pem::Error),
}

impl SmtpTransport {
    /// Prepares the transport; no connection is made yet.
    ///
    /// # Errors
    /// The certificate authority cannot be read.
    pub fn new(settings: &SmtpSettings, clock: Arc<dyn Clock>) -> Result<Self, SmtpError> {
        let tls = match settings.security {
            SmtpSecurity::None => None,
            SmtpSecurity::Required | SmtpSecurity::Tls => Some(tls(settings)?),
        };
        Ok(Self { settings: settings.clone(), tls, clock, kept: Mutex::default(), open: Arc::default() })
    }

    async fn hand_over(&self, message: &Outgoing) -> Result<(), SmtpFault> {
        let limit = TimeLimit::new(Duration::from_millis(self.settings.timeout_ms));
        if let Some(mut open) = self.take_kept() {
            let outcome = match open.reset(limit, self.clock.now()).await {
                Ok(()) => open.connection.deliver(limit, message).await,
                Err(found) => Err(found),
            };
            match outcome {
                // The server has closed the connection meanwhile. Nothing was said about this mail: a new connection tells more.
                Err(SmtpFault { step: Step::Reset, .. })
                | Err(SmtpFault { step: Step::Sender, cause: Cause::Closed | Cause::Reply { code: 421, .. } }) => {}
                outcome => {
                    self.keep(open, outcome);
                    return outcome;
                }
            }
        }
        let connection = Connection::open(&self.settings, self.tls.as_ref(), limit).await?;
        let now = self.clock.now();
        let mut open =
            Open { connection, opened_at: now, used_at: now, mails: 0, clean: true, _counted: self.open.clone() };
        let outcome = open.connection.deliver(limit, message).await;
        self.keep(open, outcome);
        outcome
    }

    /// A connection that may be used once more. The others are closed.
    fn take_kept(&self) -> Option<Open> {
        let now = self.clock.now();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(open) = kept.pop() {
            let (idle, age) = (now - open.used_at, now - open.opened_at);
            if idle < IDLE_MAX_MS && age < AGE_MAX_MS && open.mails < MAILS_MAX {
                return Some(open);
            }
            tokio::spawn(open.connection.quit());
        }
        None
    }

    /// Keeps a connection for the next mail, unless the conversation ended in the middle: a late reply would count for the
    /// next mail.
    fn keep(&self, mut open: Open, outcome: Result<(), SmtpFault>) {
        open.used_at = self.clock.now();
        open.mails += 1;
        open.clean = outcome.is_ok();
        if open.connection.is_usable_after(outcome) {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(open);
        }
    }

    /// Whether there are connections besides one that was not opened.
    fn has_others(&self) -> bool {
        Arc::strong_count(&self.open) > 1
    }
}

fn tls(settings: &SmtpSettings) -> Result<TlsClient, SmtpError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if !settings.ca_file.is_empty() {
        for certificate in CertificateDer::pem_file_iter(&settings.ca_file)? {
            roots.add(certificate?)?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(settings.host.clone()).map_err(|_| SmtpError::Name)?;
    Ok(TlsClient { connector: TlsConnector::from(Arc::new(client)), name })
}

#[async_trait]
impl Transport for SmtpTransport {
    async fn send(&self, message: &Outgoing) -> Result<(), SendError> {
        self.hand_over(message).await.map_err(|fault| {
            let mut error = SendError::from(fault);
            // One connection too many: the others go on.
            if fault.step <= Step::Ehlo && fault.asks_for_less() && self.has_others() {
                error.verdict = Verdict::NotNow;
            }
            error
        })
    }
}
