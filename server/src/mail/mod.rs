//! Mail: what is said ([`Letter`]), how it looks ([`render`]), how it leaves ([`Transport`]), and the worker that sees to it.

mod letter;
mod mailbox;
mod message;
mod render;
mod smtp;
mod worker;

pub use letter::Letter;
pub use mailbox::MailboxTransport;
pub use message::{Outgoing, compose};
#[cfg(any(test, feature = "rehearsal"))]
pub use render::samples;
pub use render::{Rendered, render};
pub use smtp::{SmtpError, SmtpTransport};
pub use worker::{Worker, back_off_ms};

use async_trait::async_trait;

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// The receiving side refused it for good (SMTP 5xx).
    Refused(String),
    /// Not this time: no connection, a time-out, SMTP 4xx.
    Later(String),
}

/// Hands one message over.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Returns once the receiving side has taken responsibility.
    ///
    /// # Errors
    /// Says whether another try makes sense; the text names no address.
    async fn send(&self, message: &Outgoing) -> Result<(), SendError>;
}
