//! Mail: what is said ([`MailContent`]), how it looks ([`render`]), how it leaves ([`Transport`]), and the worker that sees to it.

mod mailbox;
mod message;
mod outbox_item;
mod relay;
mod smtp;
mod worker;

pub use mailbox::MailboxTransport;
pub use mails::{LockedStep, MailContent, Priority, Rendered, render};
pub use message::{ComposeError, Outgoing, compose};
pub use outbox_item::{OutboxItem, ResetRequest, ResetResolver};
pub use relay::Relay;
pub use smtp::{Cause, Enhanced, Fault, SmtpError, SmtpTransport, Step, Verdict};
pub use worker::{Worker, back_off_ms};

use async_trait::async_trait;

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendError {
    /// What becomes of the mail.
    pub verdict: Verdict,
    /// For the log and for staff; names no address.
    pub reason: String,
    /// It will not pass by itself, as far as is known.
    pub lasting: bool,
    /// The server asks for fewer mails at once.
    pub asks_for_less: bool,
}

impl SendError {
    /// An error of which nothing more is known.
    #[must_use]
    pub fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self { verdict, reason: reason.into(), lasting: false, asks_for_less: false }
    }
}

impl From<Fault> for SendError {
    fn from(fault: Fault) -> Self {
        Self {
            verdict: fault.verdict(),
            reason: fault.to_string(),
            lasting: fault.is_lasting(),
            asks_for_less: fault.asks_for_less(),
        }
    }
}

/// Hands one message over.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Returns once the receiving side has taken responsibility.
    ///
    /// # Errors
    /// Says whose fault it is; the text names no address.
    async fn send(&self, message: &Outgoing) -> Result<(), SendError>;
}
