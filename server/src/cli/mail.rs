//! `nirin mail`: the outbox. Recipients are masked, and what a mail says is never shown.

use super::Failure;
use super::context::{About, AdminContext, jst, line, masked};
use crate::store::{AuditEvent, MailId, MailState, OutboxRow};
use clap::Subcommand;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::io::Write;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Lists the newest mails.
    List {
        /// Only mails in this state.
        #[arg(long, value_parser = states())]
        state: Option<MailState>,
        /// At most this many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Sends a delayed, refused or failed mail again at once.
    Retry {
        /// The id, as `mail list` shows it.
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

/// Reads a state by its word.
fn states() -> impl TypedValueParser<Value = MailState> {
    let words = MailState::ALL.iter().map(|state| state.as_str());
    PossibleValuesParser::new(words).try_map(MailState::try_from)
}

pub(super) async fn run(context: &AdminContext<'_>, command: Command, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::List { state, limit } => list(context, state, i64::from(limit), out).await,
        Command::Retry { id } => retry(context, &id.into(), out).await,
    }
}

pub(super) async fn list(
    context: &AdminContext<'_>,
    state: Option<MailState>,
    limit: i64,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mails = context.store.begin_read().await?.mails(state, limit).await?;
    for mail in &mails {
        line(out, &told(mail))?;
    }
    if mails.is_empty() {
        line(out, "No mails.")?;
    }
    Ok(())
}

/// Returns one mail as a line.
pub(super) fn told(mail: &OutboxRow) -> String {
    let (written, state, to) = (jst(mail.created_at), mail.state.as_str(), masked(&mail.recipient));
    let OutboxRow { id, attempts, reference, .. } = mail;
    let kind = mail.kind.as_str();
    let mut text =
        format!("{id}  {kind}  to {to}  {state}  attempts {attempts}  reference {reference}  written {written}");
    match mail.settled_at {
        Some(at) => text.push_str(&format!("  settled {}", jst(at))),
        None if mail.state == MailState::Queued => text.push_str(&format!("  next try {}", jst(mail.next_at))),
        None => {}
    }
    if !mail.reply.is_empty() {
        text.push_str(&format!("  reason {}", mail.reply));
    }
    text
}

pub(super) async fn retry(context: &AdminContext<'_>, id: &MailId, out: &mut dyn Write) -> Result<(), Failure> {
    let now = context.clock.now();
    let mut tx = context.store.begin().await?;
    let mail = tx.mail(id).await?.ok_or("no mail has this id")?;
    if mail.useless_at.is_some_and(|at| at <= now) {
        return Err("the link or code in this mail has expired, so it is not sent again; the person can request a new one on the screen".into());
    }
    match mail.state {
        MailState::Sent => {
            return Err("the relay has already accepted this mail; its log says what happened to it".into());
        }
        MailState::Accepted => return Err("the recipient's server has already accepted this mail".into()),
        MailState::Sending => return Err("this mail is being sent right now".into()),
        MailState::Dropped => return Err("this mail was dropped because it had expired".into()),
        MailState::Queued | MailState::Refused | MailState::Failed => {}
    }
    if mail.sealed.is_empty() {
        return Err("the content of this mail has been erased, so it cannot be sent again; the person can request a new one on the screen".into());
    }
    if !tx.requeue_mail(id, now).await? {
        return Err("a worker has claimed this mail in the meantime".into());
    }
    let about = About { reference: Some(&mail.reference), ..About::default() };
    context.audit(&mut tx, AuditEvent::MailRetried, about, &format!("{} {id}", mail.kind.as_str()), now).await?;
    tx.commit().await?;
    Ok(line(out, &format!("The {} mail to {} is sent next.", mail.kind.as_str(), masked(&mail.recipient)))?)
}
