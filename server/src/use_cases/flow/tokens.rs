//! Under which token a flow begins and goes on. Where an answer gets lost, the browser is left with the token from before: then one
//! more press of the same form leads to the same row. Why nobody else gains by it: docs/security.md.

use super::transaction::{Flash, FlowTransaction, step_of};
use super::{FlowHandler, Flows};
use crate::secret::Purpose;
use crate::store::{FlowId, FlowRow};
use crate::use_cases::UseCaseError;
use app::port::Visitor;
use app::wire::{Flow, Notice};
use rules::flow::FlowStep;

impl Flows<'_> {
    /// Returns a new row under this token.
    pub(in crate::use_cases) fn new_row(
        &self,
        visitor: &Visitor,
        flow: Flow,
        step: impl FlowStep,
        token: &str,
        now: i64,
    ) -> FlowRow {
        FlowRow {
            id: FlowId::of_token(token),
            kind: flow.as_str().to_owned(),
            step: step.word().to_owned(),
            reference: self.context.rng.reference(),
            device: visitor.device.clone(),
            stepped_at: now,
            acted_at: now,
            created_at: now,
            ..FlowRow::default()
        }
    }

    /// Begins the flow again in this transaction: a new row under a new token, while the old row stays as it is. A row in which nothing
    /// has happened is replaced instead.
    pub(in crate::use_cases) async fn restart<F: FlowHandler>(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
    ) -> Result<(), UseCaseError> {
        flow_tx.flash = Flash::default();
        // The row was made by this post: it is new already.
        if flow_tx.is_new {
            return Ok(());
        }
        if flow_tx.row.is_empty() {
            flow_tx.tx.forget_flow(&flow_tx.row.id).await?;
            flow_tx.named = None;
        } else {
            flow_tx.one_too_many = self.count_flow(&mut flow_tx.tx, visitor, flow_tx.now).await?;
        }
        flow_tx.token = self.context.rng.token();
        flow_tx.row = self.new_row(visitor, F::FLOW, F::Step::FIRST, &flow_tx.token, flow_tx.now);
        flow_tx.token_is_new = true;
        Ok(())
    }

    /// Returns the notice of a row at its first step that says that an earlier procedure or answer was lost. Forms from then may still
    /// come and are accepted: what is typed into them is all that they rely on.
    pub(in crate::use_cases) fn lost<F: FlowHandler>(&self, row: &FlowRow) -> Option<Notice> {
        let notice = self.flash(row).notice.filter(|_| step_of::<F::Step>(row) == F::Step::FIRST);
        notice.filter(|notice| matches!(notice, Notice::Gone | Notice::Anew | Notice::AnswerLost))
    }

    /// Returns the token that a flow goes on under. It follows from the one before, from what the row left behind holds, and from the key.
    fn renewed_token(&self, token: &str, left: &FlowRow) -> String {
        self.context.keys.derived_token(Purpose::Flow, &format!("{token}:{}", left.renewal))
    }

    /// Goes on under a new token, so that whoever knew the old one gains nothing from what has been proven now. The old row stays at
    /// its step, so that a press whose answer gets lost can be repeated (see [`Self::resume`]).
    pub(in crate::use_cases) async fn renew(&self, flow_tx: &mut FlowTransaction) -> Result<(), UseCaseError> {
        // Nobody knows the token of a row that this post made.
        let Some((token, mut left)) = flow_tx.named.clone() else { return Ok(()) };
        if !left.renewal.is_empty() && left.reference == flow_tx.row.reference {
            // The row that went on from here before has that number.
            flow_tx.row.reference = self.context.rng.reference();
        }
        if left.step == flow_tx.row.step {
            left.flash = self.sealed(&Flash { notice: Some(Notice::AnswerLost), ..Flash::default() })?;
        }
        left.renewal = self.context.rng.id();
        flow_tx.tx.put_flow(&left).await?;
        flow_tx.token = self.renewed_token(&token, &left);
        flow_tx.row.id = FlowId::of_token(&flow_tx.token);
        flow_tx.row.renewal = String::new();
        flow_tx.token_is_new = true;
        Ok(())
    }

    /// Goes on where an earlier press of the same form led, if its row is `wanted`: the answer to that press did not arrive. Only for a
    /// post that has proven the same again. Returns whether there was such a row.
    pub(in crate::use_cases) async fn resume<F: FlowHandler>(
        &self,
        flow_tx: &mut FlowTransaction,
        wanted: impl Fn(&FlowRow) -> bool,
    ) -> Result<bool, UseCaseError> {
        let Some((token, left)) = flow_tx.named.as_ref().filter(|(_, left)| !left.renewal.is_empty()) else {
            return Ok(false);
        };
        let token = self.renewed_token(token, left);
        let found = flow_tx.tx.lock_flow(&FlowId::of_token(&token)).await?;
        let Some(row) = found.map(|row| self.timed::<F>(row, flow_tx.now)).filter(wanted) else { return Ok(false) };
        flow_tx.row = row;
        flow_tx.token = token;
        flow_tx.token_is_new = true;
        flow_tx.flash = Flash { notice: Some(Notice::Resumed), ..Flash::default() };
        Ok(true)
    }

    /// Returns whether the row has reached this end so recently that its answer may be asked for again.
    pub(in crate::use_cases) fn ended_lately(&self, flow_tx: &FlowTransaction, end: impl FlowStep) -> bool {
        flow_tx.row.step == end.word() && flow_tx.now < flow_tx.row.stepped_at + self.context.limits.flow_idle_ms
    }
}
