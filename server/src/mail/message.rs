//! The message as it goes over the wire.

use super::Rendered;
use crate::config::MailSettings;
use crate::store::MailId;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::Mailbox;
use rules::user_id::UserId;

/// A message ready to leave.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The outbox row it comes from.
    pub id: MailId,
    /// The recipient's address as people write it.
    pub recipient: String,
    pub rendered: Rendered,
    pub envelope: Envelope,
    /// Headers and body.
    pub bytes: Vec<u8>,
}

/// The reason why a message cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    #[error("not a mail address")]
    Address,
    /// Its key is gone, or it was written by a newer build.
    #[error("what it says cannot be opened")]
    Sealed,
    #[error("template: {0}")]
    Template(#[from] mails::RenderError),
    #[error("message: {0}")]
    Message(#[from] lettre::error::Error),
}

/// Builds the message of an outbox row. Its Message-ID depends on the row alone: sent twice, it is the same message.
///
/// # Errors
/// The sender's or recipient's address cannot be written to.
pub fn compose(
    id: &MailId,
    recipient: &str,
    rendered: Rendered,
    settings: &MailSettings,
    at: std::time::SystemTime,
) -> Result<Outgoing, ComposeError> {
    let from = address(&settings.from)?;
    let to = address(recipient)?;
    let from = Mailbox::new(Some(settings.from_name.clone()), from);
    let message = mails::message(&rendered, from, Mailbox::new(None, to), id.as_str(), at)?;
    let envelope = message.envelope().clone();
    Ok(Outgoing { id: id.to_owned(), recipient: recipient.to_owned(), bytes: message.formatted(), envelope, rendered })
}

/// An address for the wire. Old carrier addresses (`a..b@docomo.ne.jp`) are not dot-atoms: their local part is quoted.
fn address(text: &str) -> Result<Address, ComposeError> {
    let parsed = UserId::parse(text).map_err(|_| ComposeError::Address)?;
    let path = parsed.smtp_path();
    let local = path.rsplit_once('@').map_or("", |(local, _)| local);
    Ok(Address::new_dangerous(local, parsed.domain()))
}
