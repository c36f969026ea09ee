//! Mail: its content ([`MailContent`]), its text and HTML ([`render`]), how it is sent ([`Transport`]), and the worker that does so.

mod mailbox;
mod message;
mod outbox_item;
mod relay;
mod reminders;
mod settle;
mod smtp;
mod worker;

pub use mailbox::MailboxTransport;
pub use mails::{LockedStep, MailContent, Priority, Rendered, render};
pub use message::{ComposeError, Outgoing, compose};
pub use outbox_item::{OutboxItem, ResetRequest, ResetResolver};
pub use relay::Relay;
pub use reminders::ReminderWriter;
pub use smtp::{Cause, Enhanced, SmtpError, SmtpFault, SmtpTransport, Step, Verdict};
pub use worker::{Worker, back_off_ms};

use async_trait::async_trait;

/// The reason why a message was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendError {
    /// What becomes of the mail.
    pub verdict: Verdict,
    /// The reason for the log and for staff. It has no address in it.
    pub reason: String,
    /// Whether it will not go away by itself, as far as is known.
    pub lasting: bool,
    /// Whether the server asks for fewer mails at the same time.
    pub asks_for_less: bool,
}

impl SendError {
    /// Creates an error of which nothing more is known.
    #[must_use]
    pub fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self { verdict, reason: reason.into(), lasting: false, asks_for_less: false }
    }
}

impl From<SmtpFault> for SendError {
    fn from(fault: SmtpFault) -> Self {
        Self {
            verdict: fault.verdict(),
            reason: fault.to_string(),
            lasting: fault.is_lasting(),
            asks_for_less: fault.asks_for_less(),
        }
    }
}

/// Sends messages.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Returns once the receiving side has taken responsibility.
    ///
    /// # Errors
    /// The message was not accepted. The text has no address in it.
    async fn send(&self, message: &Outgoing) -> Result<(), SendError>;
}
