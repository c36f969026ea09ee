//! `nirin mail`: the outbox. Recipients are masked, and what a mail says is never shown.

use super::Failure;
use super::context::{About, AdminContext, jst, line, masked};
use crate::store::{AuditEvent, MailId, MailState, OutboxRow};
use clap::{Subcommand, ValueEnum};
use std::io::Write;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The newest mails.
    List {
        /// Only those in this state.
        #[arg(long)]
        state: Option<State>,
        /// At most so many.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
        limit: u32,
    },
    /// Gives a delayed, refused or failed mail a turn at once.
    Retry {
        /// As in `mail list`.
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum State {
    Queued,
    Sending,
    Sent,
    Accepted,
    Refused,
    Failed,
    Dropped,
}

impl From<State> for MailState {
    fn from(state: State) -> Self {
        match state {
            State::Queued => Self::Queued,
            State::Sending => Self::Sending,
            State::Sent => Self::Sent,
            State::Accepted => Self::Accepted,
            State::Refused => Self::Refused,
            State::Failed => Self::Failed,
            State::Dropped => Self::Dropped,
        }
    }
}

pub(super) async fn run(context: &AdminContext<'_>, command: Command, out: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Command::List { state, limit } => list(context, state.map(MailState::from), i64::from(limit), out).await,
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
        line(out, "No mail.")?;
    }
    Ok(())
}

/// One mail in a line.
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
    let mail = tx.mail(id).await?.ok_or("there is no mail with this id")?;
    if mail.useless_at.is_some_and(|at| at <= now) {
        return Err("what this mail carries has expired, so it is not sent any more; the person asks for a new one on the screen".into());
    }
    match mail.state {
        MailState::Sent => return Err("the relay has taken this mail already; its log tells what became of it".into()),
        MailState::Accepted => return Err("the receiving server has taken this mail already".into()),
        MailState::Sending => return Err("this mail is being sent at this moment".into()),
        MailState::Dropped => return Err("this mail was dropped: it was of no use any more".into()),
        MailState::Queued | MailState::Refused | MailState::Failed => {}
    }
    if mail.sealed.is_empty() {
        return Err("what this mail said has been erased, so it cannot be sent again; the person asks for a new one on the screen".into());
    }
    if !tx.requeue_mail(id, now).await? {
        return Err("a worker has taken this mail meanwhile".into());
    }
    let about = About { reference: Some(&mail.reference), ..About::default() };
    context.audit(&mut tx, AuditEvent::MailRetried, about, &format!("{} {id}", mail.kind.as_str()), now).await?;
    tx.commit().await?;
    Ok(line(out, &format!("The {} mail to {} is next.", mail.kind.as_str(), masked(&mail.recipient)))?)
}
