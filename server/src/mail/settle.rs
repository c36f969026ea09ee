//! What became of mails that were tried is written down, counted and logged.

use crate::metrics;
use crate::store::{MailState, OutboxRow, Postponement, StoreError, Tx};

rules::words! {
    /// Why a mail came to its state where the mail server has not decided it. Staff reads the words in `nirin mail list`.
    UnsentReason {
        /// What it carries does not work any more.
        Useless = "useless",
        /// It stands in for a mail to nobody.
        NobodyToWriteTo = "nobody to write to",
        /// This build does not know its kind.
        NewerBuild = "written by a newer build",
        /// The recipient's address cannot be written to.
        NotAnAddress = "not a mail address",
        /// What it says cannot be opened or rendered.
        CannotBeWritten = "cannot be written",
    }
}

/// What became of a mail that was taken.
pub(super) struct Done {
    pub mail: OutboxRow,
    pub outcome: MailOutcome,
    /// An [`UnsentReason`] or what the mail server said, or nothing for a mail that was sent.
    pub reason: String,
}

pub(super) enum MailOutcome {
    Settled(MailState),
    Postponed { next_at: i64 },
}

impl MailOutcome {
    /// Returns the state that the mail comes to.
    pub const fn state(&self) -> MailState {
        match self {
            Self::Settled(state) => *state,
            Self::Postponed { .. } => MailState::Queued,
        }
    }
}

/// Settles what is done, in the order in which it was written: whoever drops mails of one reference takes the rows in that order, too.
pub(super) async fn settle(tx: &mut Tx, done: &mut [Done], now: i64) -> Result<(), StoreError> {
    done.sort_by(|a, b| (a.mail.created_at, &a.mail.id).cmp(&(b.mail.created_at, &b.mail.id)));
    for Done { mail, outcome, reason } in &*done {
        match *outcome {
            MailOutcome::Settled(state) => {
                tx.settle_mail(&mail.id, mail.attempts, state, reason, now).await?;
            }
            MailOutcome::Postponed { next_at } => {
                tx.postpone_mail(&mail.id, Postponement { attempts: mail.attempts, next_at }, reason).await?;
            }
        }
    }
    Ok(())
}

impl Done {
    /// Counts and logs it, once it is written down.
    pub fn tell(self) {
        let Self { mail: OutboxRow { id, kind, attempts, .. }, outcome, reason } = self;
        let (id, kind) = (id.as_str(), kind.as_str());
        match outcome {
            MailOutcome::Settled(state) => {
                metrics::mail_settled(kind, state);
                let state = state.as_str();
                tracing::info!(event = "mail_settled", mail = id, kind, state, attempts, reason, "a mail was settled");
            }
            MailOutcome::Postponed { .. } => {
                metrics::mail_postponed(kind);
                tracing::info!(
                    event = "mail_postponed",
                    mail = id,
                    kind,
                    attempts,
                    reason,
                    "a mail will be tried again"
                );
            }
        }
    }
}
