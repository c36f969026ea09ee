//! What all flows share: finding the browser's row, holding it for one post, ending it for lack of action,
//! keeping what was typed, writing it back.

mod tokens;

use super::{Accounts, UseCaseError, cookies};
use crate::store::{Actor, AuditEntry, AuditEvent, FlowId, FlowRow, StepChange, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, FieldProblem, Flow, Form, Notice, Page, Problem, Screen};
use rules::flow::{EnrolEvent, EnrolStep, FlowEvent, InquiryEvent, ResetEvent, SignInEvent};
use rules::limits::Limit;
use serde::{Deserialize, Serialize};

/// What the last post left to be shown: kept in the row (sealed), so that a reload shows the same.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Flash {
    pub notice: Option<Notice>,
    pub problems: Vec<FieldProblem>,
    pub old_input: Vec<(Field, String)>,
}

/// When somebody behind an address that has begun too many procedures may try again, in seconds.
const RETRY_AFTER: u32 = 60;
/// Procedures begun from one client address within the hour that many people begin, and hardly one.
const MANY_FROM_ONE_ADDRESS: i64 = 100;
/// Characters of a field that are kept to be shown again: more than any field takes.
const KEPT: usize = 300;

/// What a form's text fields may keep after a post that did not belong to the row.
const TEXT_FIELDS: [Field; 4] = [Field::Number, Field::Kana, Field::Phone, Field::UserId];

/// One post under way: the row is held, nothing is written before [`Accounts::finish`].
pub(super) struct FlowTransaction {
    pub tx: Tx,
    pub row: FlowRow,
    pub now: i64,
    pub flash: Flash,
    /// The procedure that the form came from is not there any more: this is another one, at its first step.
    pub anew: bool,
    /// Forms of any procedure are taken.
    any_form: bool,
    /// The row's token.
    token: String,
    /// The browser has yet to be given the token.
    untold: bool,
    /// Token and row that the browser named, as they were.
    named: Option<(String, FlowRow)>,
    /// The flow's first step.
    first: &'static str,
}

/// An audit line about a procedure.
pub(super) fn entry<'row>(row: &'row FlowRow, event: AuditEvent, detail: &'row str) -> AuditEntry<'row> {
    AuditEntry {
        event,
        actor: Actor::Customer,
        customer_id: row.customer_id.as_ref(),
        account_id: row.account_id.as_ref(),
        reference: &row.reference,
        detail,
    }
}

impl FlowTransaction {
    /// Whether the form was made for this row, or for one that is not there any more.
    pub fn takes(&self, form: &Form) -> bool {
        self.any_form || form.is_for(self.row.reference.as_str())
    }

    /// The row's token, as the browser has it or is given it with the answer.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Goes on to the step that follows the event, if it belongs to the present one; says whether it did.
    pub fn on(&mut self, event: impl FlowEvent) -> bool {
        let next = event.after(&self.row.step);
        if let Some(next) = next
            && next != self.row.step
        {
            next.clone_into(&mut self.row.step);
            self.row.stepped_at = self.now;
        }
        next.is_some()
    }

    /// Notes a problem.
    pub fn problem(&mut self, field: Option<Field>, problem: Problem) {
        self.flash.problems.push(FieldProblem { field, problem });
    }

    /// Keeps what was typed into these fields, to show it again. Never called for passwords and codes.
    pub fn keep(&mut self, form: &Form, fields: &[Field]) {
        // As much as shows what was wrong: nobody's row grows with what they post.
        let typed = |field: &Field| form.field(*field).chars().take(KEPT).collect();
        self.flash.old_input = fields.iter().map(|field| (*field, typed(field))).collect();
    }
}

impl Accounts {
    /// The browser's row of a flow, as it stands now: over if nothing was done for too long.
    pub(super) async fn flow_row(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        flow: Flow,
        now: i64,
    ) -> Result<Option<FlowRow>, UseCaseError> {
        let Some(token) = visitor.cookie(cookies::flow_cookie(flow)) else { return Ok(None) };
        let row = tx.flow(&FlowId::of_token(token)).await?;
        Ok(row.filter(|row| row.kind == flow.name()).map(|row| self.timed(flow, row, now)))
    }

    /// Begins a post: holds the browser's row, or makes a new one at the flow's first step.
    pub(super) async fn flow_tx(
        &self,
        visitor: &Visitor,
        flow: Flow,
        first: &'static str,
        form: &Form,
    ) -> Result<FlowTransaction, UseCaseError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await?;
        let sent = visitor.cookie(cookies::flow_cookie(flow)).filter(|token| token.len() == cookies::TOKEN_LENGTH);
        let mut found = None;
        if let Some(token) = sent {
            let id = FlowId::of_token(token);
            // A new mail ends the customer's other enrolments: whoever may write one holds the customer before any flow.
            if flow == Flow::Enrol
                && let Some(customer) = tx.flow(&id).await?.and_then(|row| row.customer_id)
            {
                tx.lock_customer(&customer).await?;
            }
            found = tx.lock_flow(&id).await?;
        }
        // A token of another flow is of no use here; one without a row was given with the form, or its row is gone.
        let strange = found.as_ref().is_some_and(|row| row.kind != flow.name());
        let mut found = found.filter(|_| !strange);
        let token = sent.filter(|_| !strange).map_or_else(|| self.rng.token(), ToOwned::to_owned);
        let last = found.as_ref().and_then(|row| self.lost(row, first));
        let mut anew = last.is_some_and(|last| last != Notice::AnswerLost);
        let row = match found.take() {
            Some(row) => self.timed(flow, row, now),
            None => {
                let row = self.new_row(visitor, flow, first, &token, now);
                if tx.add_flow(&row).await? {
                    if self.count_flow(&mut tx, visitor, now).await? {
                        return Err(Fault::Busy { retry_after: RETRY_AFTER }.into());
                    }
                    anew = true;
                    row
                } else {
                    // Of two first posts at once this is the second one.
                    let row = tx.lock_flow(&row.id).await?.ok_or(Fault::Internal)?;
                    self.timed(flow, row, now)
                }
            }
        };
        let told = sent.is_some_and(|sent| sent == token);
        let named = told.then(|| (token.clone(), row.clone()));
        let notice = (anew && !form.names_none()).then_some(Notice::Anew);
        let flash = Flash { notice, ..Flash::default() };
        Ok(FlowTransaction {
            tx,
            row,
            now,
            flash,
            anew,
            any_form: anew || last.is_some(),
            token,
            untold: !told,
            named,
            first,
        })
    }

    /// Counts a new procedure of a client's address; returns whether that is more than people could begin, so that the database
    /// should not be filled any further.
    pub(super) async fn count_flow(&self, tx: &mut Tx, visitor: &Visitor, now: i64) -> Result<bool, UseCaseError> {
        let counted = self.count_address(tx, Limit::FlowsFromAddress, visitor, now).await?;
        counted.log();
        if counted.n == MANY_FROM_ONE_ADDRESS && self.warns_of_shared_address {
            // With a proxy that is not named in the configuration, everybody has its address and shares its limits.
            tracing::warn!(event = "shared_address", procedures = counted.n, setting = "http.trusted_proxies");
        }
        Ok(counted.refused.is_some())
    }

    /// Moves a flow that stands at `from` on, by what happened elsewhere.
    pub(super) async fn move_on(
        &self,
        tx: &mut Tx,
        flow_id: &FlowId,
        from: &str,
        event: impl FlowEvent,
        now: i64,
    ) -> Result<(), UseCaseError> {
        if let Some(to) = event.after(from) {
            tx.move_flow(flow_id, StepChange { from, to }, now).await?;
        }
        Ok(())
    }

    /// Writes the row and what has to be shown, commits, sets the cookie of a new row.
    pub(super) async fn finish(
        &self,
        mut flow_tx: FlowTransaction,
        visitor: &Visitor,
        flow: Flow,
    ) -> Result<FlowRow, UseCaseError> {
        flow_tx.row.acted_at = flow_tx.now;
        self.close(flow_tx, visitor, flow).await
    }

    /// A post that does not belong to the present step: nothing changes but the line that says so. What was typed into a form of
    /// the first step stays in it.
    pub(super) async fn stale(
        &self,
        mut flow_tx: FlowTransaction,
        visitor: &Visitor,
        flow: Flow,
        form: &Form,
    ) -> Result<FlowRow, UseCaseError> {
        let notice = if flow_tx.anew { Notice::Gone } else { Notice::Stale };
        flow_tx.flash = Flash { notice: Some(notice), ..Flash::default() };
        if flow_tx.row.step == flow_tx.first {
            flow_tx.keep(form, &TEXT_FIELDS);
            flow_tx.flash.old_input.retain(|(_, typed)| !typed.is_empty());
        }
        self.close(flow_tx, visitor, flow).await
    }

    async fn close(
        &self,
        mut flow_tx: FlowTransaction,
        visitor: &Visitor,
        flow: Flow,
    ) -> Result<FlowRow, UseCaseError> {
        flow_tx.row.flash = self.sealed(&flow_tx.flash)?;
        flow_tx.tx.put_flow(&flow_tx.row).await?;
        flow_tx.tx.commit().await?;
        if flow_tx.untold {
            visitor.jar.set(cookies::session_lifetime_cookie(cookies::flow_cookie(flow), &flow_tx.token));
        }
        // What a reset that was asked for comes to is due after a pause, and wakes no worker before.
        if flow != Flow::PasswordReset {
            self.outbox_wakeup.notify_one();
        }
        Ok(flow_tx.row)
    }

    /// What the last post left to be shown.
    fn flash(&self, row: &FlowRow) -> Flash {
        let text = self.keys.open_sealed(&row.flash);
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// A flash as the row keeps it; empty for none.
    fn sealed(&self, flash: &Flash) -> Result<String, UseCaseError> {
        if flash.notice.is_none() && flash.problems.is_empty() && flash.old_input.is_empty() {
            return Ok(String::new());
        }
        let text = serde_json::to_string(flash).map_err(|_| Fault::Internal)?;
        Ok(self.keys.seal(&*self.rng, &text))
    }

    /// The page of a row's present step.
    pub(super) fn page(&self, flow: Flow, row: Option<&FlowRow>, screen: Screen, now: i64) -> Page {
        let mut page = Page::new(flow, screen, now);
        let Some(row) = row else { return page };
        let flash = self.flash(row);
        page.notice = flash.notice;
        page.problems = flash.problems;
        page.old_input = flash.old_input;
        page.reference = Some(row.reference.to_string());
        let ends = match flow {
            Flow::Enrol | Flow::UserId | Flow::PasswordReset => page.screen.in_progress(),
            _ => false,
        };
        page.ends_at = ends.then_some(row.acted_at + self.limits.flow_idle_ms);
        page
    }

    /// A row as it stands now: ended for lack of action, or because a limit of the step has passed. Nothing is written.
    fn timed(&self, flow: Flow, mut row: FlowRow, now: i64) -> FlowRow {
        let limits = &self.limits;
        // A clock that was ahead when it was written gives nothing more time than the next post does.
        row.acted_at = row.acted_at.min(now);
        row.stepped_at = row.stepped_at.min(now);
        row.sent_at = row.sent_at.map(|at| at.min(now));
        let step = row.step.as_str();
        let idle = row.acted_at + limits.flow_idle_ms <= now;
        let ended = match flow {
            Flow::Enrol if step == "mail" && row.sent_at.is_some_and(|sent| sent + limits.link_life_ms <= now) => {
                EnrolEvent::LinkTimedOut.after(step)
            }
            // A user ID does not stay on a screen that nobody looks at.
            Flow::Enrol if idle && step == "already-registered" => Some(EnrolStep::Expired.as_str()),
            Flow::Enrol if idle => EnrolEvent::IdleTooLong.after(step),
            Flow::UserId if idle => InquiryEvent::IdleTooLong.after(step),
            Flow::PasswordReset if idle => ResetEvent::IdleTooLong.after(step),
            Flow::SignIn if step == "code" && row.stepped_at + limits.code_step_ms <= now => {
                SignInEvent::TimedOut.after(step)
            }
            Flow::SignIn if idle && step == "password" => SignInEvent::Abandoned.after(step),
            _ => None,
        };
        if let Some(step) = ended {
            step.clone_into(&mut row.step);
            row.flash = String::new();
        }
        row
    }
}
