//! The transaction of one post: the browser's row is found or made, locked, ended if its time is up, and written back.

use super::{EventOfFlow, FlowHandler, Flows, is_idle_since, kept};
use crate::store::{Actor, AuditEntry, AuditEvent, FlowId, FlowMove, FlowRow, Tx};
use crate::use_cases::{UseCaseError, cookies, sealed};
use app::fault::Fault;
use app::form_checks::TEXT_FIELDS;
use app::port::{SetCookie, Visitor};
use app::wire::{Field, FieldProblem, Flow, Form, Notice, Page, Problem, Screen};
use rules::flow::{FlowEvent, FlowStep};
use rules::limits::Limits;
use serde::{Deserialize, Serialize};

/// What the last post left to be shown. The row keeps it sealed, so that a reload shows the same.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(in crate::use_cases) struct Flash {
    pub notice: Option<Notice>,
    pub problems: Vec<FieldProblem>,
    pub old_input: Vec<(Field, String)>,
}

/// One post under way: the row is locked, nothing is written before [`Flows::finish`].
pub(in crate::use_cases) struct FlowTransaction {
    pub tx: Tx,
    pub row: FlowRow,
    pub now: i64,
    pub flash: Flash,
    /// Whether the procedure that the form came from no longer exists, and this is a new one at its first step.
    pub is_new: bool,
    /// Whether the client's address has begun more procedures than its limit, and this is one more.
    pub(super) one_too_many: bool,
    /// Whether this post has proven who somebody is, by a password or an identity check.
    pub proven: bool,
    /// What the browser is given with the answer.
    pub cookies: Vec<SetCookie>,
    /// Whether forms of any procedure are accepted.
    any_form: bool,
    /// The row's token.
    pub(super) token: String,
    /// Whether the browser has yet to be given the token.
    pub(super) token_is_new: bool,
    /// Token and row that the browser named, as they were.
    pub(super) named: Option<(String, FlowRow)>,
    /// Returns whether a row is at the flow's first step.
    at_first: fn(&FlowRow) -> bool,
}

/// Returns an audit line about a procedure.
pub(in crate::use_cases) fn entry<'row>(row: &'row FlowRow, event: AuditEvent, detail: &'row str) -> AuditEntry<'row> {
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
    /// Returns whether the form was made for this row, or for one that no longer exists.
    pub fn takes(&self, form: &Form) -> bool {
        self.any_form || form.is_for(self.row.reference.as_str())
    }

    /// Returns the row's token, which the browser has or is given with the answer.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Returns the row's step. A word that this build does not know counts as the first step.
    pub fn step<Step: FlowStep>(&self) -> Step {
        step_of(&self.row)
    }

    /// Goes on to the step that follows the event. Returns whether the event belongs to the present step.
    pub fn on<Event: FlowEvent>(&mut self, event: Event) -> bool {
        let present: Event::Step = self.step();
        let next = event.after(present);
        if let Some(next) = next
            && next != present
        {
            next.word().clone_into(&mut self.row.step);
            self.row.stepped_at = self.now;
        }
        next.is_some()
    }

    /// Shows only that the post does not belong to the present step. What was typed into a form of the first
    /// step stays in it.
    pub(super) fn set_stale(&mut self, form: &Form) {
        let notice = if self.is_new { Notice::Gone } else { Notice::Stale };
        self.flash = Flash { notice: Some(notice), ..Flash::default() };
        if (self.at_first)(&self.row) {
            self.keep(form, &TEXT_FIELDS);
            self.flash.old_input.retain(|(_, typed)| !typed.is_empty());
        }
    }

    /// Notes a problem.
    pub fn problem(&mut self, field: Option<Field>, problem: Problem) {
        self.flash.problems.push(FieldProblem { field, problem });
    }

    /// Keeps what was typed into these fields, to show it again. Never called for passwords and codes.
    pub fn keep(&mut self, form: &Form, fields: &[Field]) {
        self.flash.old_input = fields.iter().map(|field| (*field, kept(form.field(*field)))).collect();
    }
}

impl Flows<'_> {
    /// Returns the browser's row of a flow as it stands now: ended if its time is up.
    pub(in crate::use_cases) async fn flow_row<F: FlowHandler>(
        &self,
        tx: &mut Tx,
        visitor: &Visitor,
        now: i64,
    ) -> Result<Option<FlowRow>, UseCaseError> {
        let Some(token) = visitor.cookie(cookies::flow_cookie(F::FLOW)) else { return Ok(None) };
        let row = tx.flow(&FlowId::of_token(token)).await?;
        Ok(row.filter(|row| row.kind == F::FLOW.as_str()).map(|row| self.timed::<F>(row, now)))
    }

    /// Begins a post: locks the browser's row, or makes a new one at the flow's first step.
    pub(super) async fn begin_post<F: FlowHandler>(
        &self,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<FlowTransaction, UseCaseError> {
        let now = self.context.clock.now();
        let mut tx = self.context.store.begin().await?;
        let sent = visitor.cookie(cookies::flow_cookie(F::FLOW)).filter(|token| token.len() == cookies::TOKEN_LENGTH);
        let mut found = None;
        if let Some(token) = sent {
            let id = FlowId::of_token(token);
            // A new mail ends the customer's other enrolments: whoever may write one locks the customer before any flow.
            if F::FLOW == Flow::Enrol
                && let Some(customer) = tx.flow(&id).await?.and_then(|row| row.customer_id)
            {
                tx.lock_customer(&customer).await?;
            }
            found = tx.lock_flow(&id).await?;
        }
        // A token of another flow is of no use here; one without a row was given with the form, or its row is gone.
        let strange = found.as_ref().is_some_and(|row| row.kind != F::FLOW.as_str());
        let mut found = found.filter(|_| !strange);
        let token = sent.filter(|_| !strange).map_or_else(|| self.context.rng.token(), ToOwned::to_owned);
        let last = found.as_ref().and_then(|row| self.lost::<F>(row));
        let mut is_new = last.is_some_and(|last| last != Notice::AnswerLost);
        let mut one_too_many = false;
        let row = match found.take() {
            Some(row) => self.timed::<F>(row, now),
            None => {
                let row = self.new_row(visitor, F::FLOW, F::Step::FIRST, &token, now);
                if tx.add_flow(&row).await? {
                    one_too_many = self.count_flow(&mut tx, visitor, now).await?;
                    is_new = true;
                    row
                } else {
                    // Of two first posts at once this is the second one.
                    let row = tx.lock_flow(&row.id).await?.ok_or(Fault::Internal)?;
                    self.timed::<F>(row, now)
                }
            }
        };
        let told = sent.is_some_and(|sent| sent == token);
        let named = told.then(|| (token.clone(), row.clone()));
        let notice = (is_new && !form.names_none()).then_some(Notice::Anew);
        let flash = Flash { notice, ..Flash::default() };
        let (any_form, at_first) =
            (is_new || last.is_some(), |row: &FlowRow| step_of::<F::Step>(row) == F::Step::FIRST);
        let cookies = Vec::new();
        let (proven, token_is_new) = (false, !told);
        Ok(FlowTransaction {
            tx,
            row,
            now,
            flash,
            is_new,
            one_too_many,
            proven,
            cookies,
            any_form,
            token,
            token_is_new,
            named,
            at_first,
        })
    }

    /// Moves a flow that stands at `from` on, by what happened elsewhere.
    pub(in crate::use_cases) async fn move_on<Event: EventOfFlow>(
        &self,
        tx: &mut Tx,
        flow_id: &FlowId,
        from: Event::Step,
        event: Event,
        now: i64,
    ) -> Result<(), UseCaseError> {
        if let Some(to) = flow_move(from, event) {
            tx.move_flow(flow_id, to, now).await?;
        }
        Ok(())
    }

    /// Writes the row and what has to be shown, and commits. Returns what the browser is given.
    pub(super) async fn finish<F: FlowHandler>(
        &self,
        mut flow_tx: FlowTransaction,
    ) -> Result<Vec<SetCookie>, UseCaseError> {
        flow_tx.row.flash = self.sealed(&flow_tx.flash)?;
        flow_tx.tx.put_flow(&flow_tx.row).await?;
        flow_tx.tx.commit().await?;
        if flow_tx.token_is_new {
            let cookie = cookies::flow_token_cookie(F::FLOW, &flow_tx.token);
            flow_tx.cookies.push(cookie);
        }
        // What a reset that was asked for comes to is due after a pause, and wakes no worker before.
        if F::FLOW != Flow::PasswordReset {
            self.context.outbox_wakeup.notify_one();
        }
        Ok(flow_tx.cookies)
    }

    /// Returns what the last post left to be shown.
    pub(super) fn flash(&self, row: &FlowRow) -> Flash {
        sealed::open(&self.context.keys, &row.flash).unwrap_or_default()
    }

    /// Returns a flash as the row keeps it, empty for none.
    pub(super) fn sealed(&self, flash: &Flash) -> Result<String, UseCaseError> {
        if flash.notice.is_none() && flash.problems.is_empty() && flash.old_input.is_empty() {
            return Ok(String::new());
        }
        Ok(sealed::seal(&self.context.keys, &*self.context.rng, flash)?)
    }

    /// Returns the page of a row's present step.
    pub(super) fn page<F: FlowHandler>(&self, row: Option<&FlowRow>, flash: Flash, screen: Screen, now: i64) -> Page {
        let mut page = Page::new(F::FLOW, screen, now);
        // A form of a step that its name does not lead back to would be stale with every post.
        debug_assert!(
            matches!(page.screen, Screen::Ended(_)) || F::step_of(page.screen.step()).is_some(),
            "{:?} names no step of {}",
            page.screen.step(),
            F::FLOW.as_str()
        );
        let Some(row) = row else { return page };
        page.notice = flash.notice;
        page.problems = flash.problems;
        page.old_input = flash.old_input;
        page.reference = Some(row.reference.to_string());
        let ends = F::CAN_BE_EXTENDED && page.screen.in_progress();
        page.ends_at = ends.then_some(row.acted_at + self.context.limits.flow_idle_ms);
        page
    }

    /// Returns a row as it stands now: ended if the time of its step is up. Nothing is written.
    pub(in crate::use_cases) fn timed<F: FlowHandler>(&self, mut row: FlowRow, now: i64) -> FlowRow {
        // A time that is still to come was written by a clock that was ahead. It counts as now, and gives no more time than the next post.
        row.acted_at = row.acted_at.min(now);
        row.stepped_at = row.stepped_at.min(now);
        row.sent_at = row.sent_at.map(|at| at.min(now));
        let step = step_of(&row);
        let ended = F::timed_out(&self.context.limits, &row, step, now).and_then(|event| event.after(step));
        if let Some(step) = ended {
            step.word().clone_into(&mut row.step);
            row.flash = String::new();
        }
        row
    }
}

/// Returns the row's step. A word that this build does not know counts as the first step.
pub(in crate::use_cases) fn step_of<Step: FlowStep>(row: &FlowRow) -> Step {
    Step::of_word(&row.step).unwrap_or(Step::FIRST)
}

/// Returns whether nothing was done in the flow for too long.
pub(in crate::use_cases) fn is_idle(limits: &Limits, row: &FlowRow, now: i64) -> bool {
    is_idle_since(limits, row.acted_at, now)
}

/// Returns how an event moves the rows of a flow that are at a step.
pub(in crate::use_cases) fn flow_move<Event: EventOfFlow>(from: Event::Step, event: Event) -> Option<FlowMove> {
    let to = event.after(from)?;
    Some(FlowMove { kind: Event::FLOW.as_str(), from: from.word(), to: to.word() })
}
