//! A mail as a message: headers and both parts, as they go over the wire and as a mail program opens them.

use crate::Rendered;
use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, MultiPartKind, SinglePart};
use std::time::SystemTime;

/// Builds the message. It depends on what is given alone: made twice, it is the same to the byte. `id` becomes the Message-ID's
/// local part, and has to be unlike any other mail's.
///
/// # Errors
/// The envelope has no recipient.
pub fn message(
    mail: &Rendered,
    from: Mailbox,
    to: Mailbox,
    id: &str,
    at: SystemTime,
) -> Result<Message, lettre::error::Error> {
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()])?;
    let part = |kind, body: &str| SinglePart::builder().header(kind).body(body.to_owned());
    MessageBuilder::new()
        .message_id(Some(format!("<{id}@{}>", from.email.domain())))
        .from(from)
        .to(to)
        .subject(mail.subject.clone())
        .date(at)
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()))
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("X-Auto-Response-Suppress"), "All".into()))
        .envelope(envelope)
        .multipart(
            MultiPart::builder()
                .kind(MultiPartKind::Alternative)
                // Not a random one, and in no body: both are encoded, or do not have it.
                .boundary(format!("=_part-{id}"))
                .singlepart(part(ContentType::TEXT_PLAIN, &mail.text))
                .singlepart(part(ContentType::TEXT_HTML, &mail.html)),
        )
}
