//! The procedures of the portal, renewal and change request: the driver that both share. What each one reads from its form and
//! shows is in a file of its own. A procedure belongs to the session and the contract, and its step to the row: there is no cookie,
//! two tabs are the same procedure, and it ends with the session. That is why it is not a `FlowHandler` (ARCHITECTURE.md,
//! Decisions); what it has in common with flows it takes from there.

mod change;
mod post;
mod renewal;

use self::post::{ProcedureOutcome, ProcedurePost};
use super::context::Context;
use super::requests::{NewRequest, can_change, shown};
use super::session::SignedIn;
use super::{UseCaseError, sealed};
use crate::metrics;
use crate::secret::token_hash;
use crate::store::{ContractRow, CustomerId, DraftRow, RequestRow, Tx};
use app::fault::Fault;
use app::port::{EntryProblem, Procedure, ProcedureNotice, ProcedureScreen, RequestDetails, Visitor};
use app::wire::Form;
use rules::{ProcedureStep, RequestKind, RequestState};
use serde::{Deserialize, Serialize};

/// What a procedure keeps between two posts, sealed in its row.
#[derive(Default, Serialize, Deserialize)]
struct Draft {
    typed: Vec<(String, String)>,
    /// Whether the entries were posted: the first step then says what is wrong with them.
    judged: bool,
    notice: Option<ProcedureNotice>,
    /// What the last post led to, for the person to confirm.
    #[serde(default)]
    shown: Option<RequestDetails>,
}

impl Draft {
    fn typed(&self, name: &str) -> &str {
        self.typed.iter().find(|(field, _)| field == name).map_or("", |(_, typed)| typed.as_str())
    }
}

/// What a procedure is about.
struct Subject {
    found: SignedIn,
    contract: ContractRow,
    phones: Vec<String>,
    now: i64,
}

impl Subject {
    /// Judges what was typed.
    fn read(&self, kind: RequestKind, draft: &Draft) -> Result<RequestDetails, Vec<EntryProblem>> {
        match kind {
            RequestKind::Renewal => renewal::read(&self.contract, draft),
            RequestKind::Change => change::read(&self.contract, &self.phones, draft),
        }
    }

    fn entry(&self, kind: RequestKind, draft: &Draft) -> ProcedureScreen {
        match kind {
            RequestKind::Renewal => renewal::entry(&self.contract, draft),
            RequestKind::Change => change::entry(&self.contract, &self.phones, draft),
        }
    }

    /// Returns what is shown where the procedure cannot be begun.
    fn refused(&self, kind: RequestKind) -> Option<ProcedureScreen> {
        match kind {
            RequestKind::Renewal => {
                let offer = super::requests::offer(&self.contract, self.now);
                (!offer.is_open()).then_some(ProcedureScreen::NotOffered(offer))
            }
            RequestKind::Change => (!can_change(&self.contract, self.now)).then_some(ProcedureScreen::NotChangeable),
        }
    }

    /// Returns whether this request is shown instead of a new one of its kind: it is open, or a new one could ask for nothing
    /// more.
    fn replaces_new(&self, kind: RequestKind, request: &RequestRow) -> bool {
        if request.kind != kind || request.contract_id != self.contract.id {
            return false;
        }
        request.state.is_open()
            || match kind {
                RequestKind::Renewal => {
                    request.state == RequestState::Done && request.term_ends_on == self.contract.ends_on
                }
                // Another change can follow a change.
                RequestKind::Change => false,
            }
    }

    fn draft_id(&self, kind: RequestKind) -> String {
        token_hash(&format!("{}:{}:{}", self.found.session.id, kind.as_str(), self.contract.id))
    }
}

/// The procedures that begin at a contract.
pub(super) struct Procedures<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn procedures(&self) -> Procedures<'_> {
        Procedures { context: self }
    }
}

impl Procedures<'_> {
    async fn subject(&self, tx: &mut Tx, found: SignedIn, id: &str, now: i64) -> Result<Subject, UseCaseError> {
        let customer = &found.account.customer_id;
        let contract = tx.contracts_of(customer).await?.into_iter().find(|row| row.id == id).ok_or(Fault::NotFound)?;
        let phones = tx.phones(customer).await?;
        Ok(Subject { found, contract, phones, now })
    }

    /// Returns the request that stands in the way of another one of this kind.
    async fn standing(
        &self,
        tx: &mut Tx,
        subject: &Subject,
        kind: RequestKind,
    ) -> Result<Option<RequestRow>, UseCaseError> {
        let all = tx.requests_of(&subject.found.account.customer_id).await?;
        Ok(all.into_iter().find(|request| subject.replaces_new(kind, request)))
    }

    pub(super) async fn view(&self, visitor: &Visitor, kind: RequestKind, id: &str) -> Result<Procedure, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin_read().await?;
        let subject = self.subject(&mut tx, found, id, now).await?;
        let row = tx.draft(&subject.draft_id(kind)).await?;
        let draft = row.as_ref().map(|row| self.opened(row)).unwrap_or_default();
        let mut problems = Vec::new();
        let screen = if let Some(request) = self.standing(&mut tx, &subject, kind).await? {
            ProcedureScreen::Receipt(shown(&mut tx, &self.context.keys, request).await?)
        } else if let Some(refused) = subject.refused(kind) {
            refused
        } else {
            let read = subject.read(kind, &draft);
            match (row.as_ref().map(|row| row.step), read) {
                (Some(ProcedureStep::Confirm), Ok(details)) => ProcedureScreen::Confirm(details),
                (_, read) => {
                    problems = read.err().filter(|_| draft.judged).unwrap_or_default();
                    subject.entry(kind, &draft)
                }
            }
        };
        let reference = row.map(|row| row.reference.to_string());
        let contract = super::portal::contract(subject.contract, Vec::new(), now);
        Ok(Procedure { kind, contract, screen, reference, notice: draft.notice, problems })
    }

    /// Moves a procedure on. Returns whether it goes on; if not, the person has given it up.
    pub(super) async fn submit(
        &self,
        visitor: &Visitor,
        kind: RequestKind,
        id: &str,
        form: &Form,
    ) -> Result<bool, UseCaseError> {
        let now = self.context.clock.now();
        let found = self.context.sessions().require(visitor, now).await?;
        let mut tx = self.context.store.begin().await?;
        let customer: CustomerId = found.account.customer_id.clone();
        tx.lock_customer(&customer).await?;
        let subject = self.subject(&mut tx, found, id, now).await?;
        let draft_id = subject.draft_id(kind);
        let row = tx.lock_draft(&draft_id).await?;
        if self.standing(&mut tx, &subject, kind).await?.is_some() || subject.refused(kind).is_some() {
            // What was sent before is shown, or why nothing can be sent.
            return Ok(true);
        }
        let mut post = ProcedurePost::new(row, draft_id, self.context.rng.reference(), form);
        let mut draft = self.opened(&post.row);
        let before = post.row.step;
        let outcome = post.take(kind, &subject, &mut draft);
        metrics::procedure_post(kind, outcome.counted(before, post.row.step, &draft));
        let goes_on = !matches!(outcome, ProcedureOutcome::Abandoned);
        match outcome {
            ProcedureOutcome::Shown => {
                post.row.acted_at = now;
                post.row.sealed = sealed::seal(&self.context.keys, &*self.context.rng, &draft)?;
                tx.put_draft(&post.row).await?;
            }
            ProcedureOutcome::Abandoned => tx.forget_draft(&post.row.id).await?,
            ProcedureOutcome::Sent(details) => {
                let request = NewRequest {
                    reference: &post.row.reference,
                    account: &subject.found.account,
                    contract: &subject.contract,
                    details: &details,
                };
                self.context.requests().send(&mut tx, request, now).await?;
                tx.forget_draft(&post.row.id).await?;
                tx.commit().await?;
                self.context.outbox_wakeup.notify_one();
                return Ok(true);
            }
        }
        tx.commit().await?;
        Ok(goes_on)
    }

    /// Opens what a row keeps. If its key is gone, the person is told to enter it again.
    fn opened(&self, row: &DraftRow) -> Draft {
        if row.sealed.is_empty() {
            return Draft::default();
        }
        sealed::open(&self.context.keys, &row.sealed).unwrap_or_else(|| {
            tracing::error!(event = "draft_unreadable", "the entries of a procedure cannot be opened and begin again");
            Draft { notice: Some(ProcedureNotice::Gone), ..Draft::default() }
        })
    }
}

/// Returns whether the contract shows what was asked for.
pub(super) fn is_carried_out(details: &RequestDetails, contract: &ContractRow, phones: &[String]) -> bool {
    match details {
        RequestDetails::Renewal(renewal) => renewal::is_carried_out(renewal, contract),
        RequestDetails::Change(changes) => change::is_carried_out(changes, contract, phones),
    }
}
