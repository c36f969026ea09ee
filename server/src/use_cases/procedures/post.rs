//! What a post does to a procedure: only events of the rules move its step.

use super::{Draft, Subject, change, renewal};
use crate::metrics::PostOutcome;
use crate::store::{DraftRow, Reference};
use crate::use_cases::flow::kept;
use app::port::{ProcedureNotice, RequestDetails};
use app::wire::Form;
use rules::flow::{FlowEvent as _, FlowStep as _};
use rules::{ProcedureAction, ProcedureEvent, ProcedureStep, RequestKind};

/// What a post comes to.
pub(super) enum ProcedureOutcome {
    /// The row's step is shown.
    Shown,
    /// The person has given the procedure up.
    Abandoned,
    /// The person asks for this.
    Sent(RequestDetails),
}

impl ProcedureOutcome {
    /// Returns what the post is counted as.
    pub fn counted(&self, before: ProcedureStep, after: ProcedureStep, draft: &Draft) -> PostOutcome {
        match self {
            Self::Abandoned | Self::Sent(_) => PostOutcome::Ended,
            Self::Shown if draft.notice.is_some() => PostOutcome::Stale,
            Self::Shown if after != before => PostOutcome::MovedOn,
            Self::Shown => PostOutcome::Refused,
        }
    }
}

/// A post with the row that it meets.
pub(super) struct ProcedurePost<'a> {
    pub row: DraftRow,
    /// A reference number that nobody has seen.
    unused: Reference,
    form: &'a Form,
    action: Option<ProcedureAction>,
    /// There was no row: the procedure is at its first step.
    is_new: bool,
}

impl<'a> ProcedurePost<'a> {
    /// `id`: of the row. `unused`: a reference number, for a new row or for what is corrected.
    pub fn new(row: Option<DraftRow>, id: String, unused: Reference, form: &'a Form) -> Self {
        let is_new = row.is_none();
        let row = row.unwrap_or_else(|| DraftRow {
            id,
            step: ProcedureStep::FIRST,
            reference: unused.clone(),
            sealed: String::new(),
            acted_at: 0,
        });
        Self { row, unused, form, action: ProcedureAction::parse(form.get(Form::ACTION)), is_new }
    }

    /// Takes the post.
    pub fn take(&mut self, kind: RequestKind, subject: &Subject, draft: &mut Draft) -> ProcedureOutcome {
        let not_shown = draft.notice.take();
        if self.action == Some(ProcedureAction::Abandon) && self.is_of_this_procedure() {
            return ProcedureOutcome::Abandoned;
        }
        let is_meant = self.is_for_this_step();
        let goes_back = is_meant && self.action == Some(ProcedureAction::Back);
        if self.row.step == ProcedureStep::Confirm && !goes_back && subject.read(kind, draft).is_err() {
            // An import has changed the contract, and the entries do not hold any more. A page that was loaded since shows them.
            self.on(ProcedureEvent::EntriesVoid);
            if is_meant {
                draft.notice = not_shown.filter(|notice| *notice == ProcedureNotice::Gone);
                return ProcedureOutcome::Shown;
            }
        }
        if self.action == Some(ProcedureAction::Abandon) || !self.is_for_this_step() {
            draft.notice = Some(match not_shown {
                // Whoever presses twice still has to see it.
                Some(ProcedureNotice::Changed) => ProcedureNotice::Changed,
                _ if self.is_new => ProcedureNotice::Gone,
                _ => ProcedureNotice::Stale,
            });
            return ProcedureOutcome::Shown;
        }
        match self.row.step {
            ProcedureStep::Entry => {
                draft.typed = self.typed(kind);
                draft.judged = true;
                draft.shown = subject.read(kind, draft).ok();
                if draft.shown.is_some() {
                    self.on(ProcedureEvent::Entered);
                }
            }
            ProcedureStep::Confirm if goes_back => {
                self.on(ProcedureEvent::WentBack);
                draft.judged = false;
            }
            ProcedureStep::Confirm => match subject.read(kind, draft) {
                Ok(details) if draft.shown.as_ref() != Some(&details) => {
                    // An import has changed the contract since it was shown. A tab that shows it as it was cannot send it as it is.
                    draft.shown = Some(details);
                    draft.notice = Some(ProcedureNotice::Changed);
                    self.row.reference = self.unused.clone();
                }
                Ok(details) => {
                    self.on(ProcedureEvent::Sent);
                    return ProcedureOutcome::Sent(details);
                }
                Err(_) => self.on(ProcedureEvent::EntriesVoid),
            },
            ProcedureStep::Receipt => {}
        }
        ProcedureOutcome::Shown
    }

    /// Whether the form was made for the row's step, and shows what this row holds: what is confirmed must be what was seen.
    fn is_for_this_step(&self) -> bool {
        let step = self.row.step;
        ProcedureStep::parse(self.form.get(Form::STEP)) == Some(step)
            && (step == ProcedureStep::Entry || self.names_row())
    }

    /// Whether the form belongs to what the row holds, at whichever step. The first form was made before there was a row.
    fn is_of_this_procedure(&self) -> bool {
        self.is_new || self.names_row() || (self.form.names_none() && self.is_for_this_step())
    }

    fn names_row(&self) -> bool {
        self.form.get(Form::REFERENCE) == self.row.reference.as_str()
    }

    fn on(&mut self, event: ProcedureEvent) {
        let Some(next) = event.after(self.row.step) else { return };
        self.row.step = next;
        if next == ProcedureStep::FIRST {
            // A tab that still shows what was entered before cannot send what is entered now.
            self.row.reference = self.unused.clone();
        }
    }

    /// What was typed into the fields of the first step.
    fn typed(&self, kind: RequestKind) -> Vec<(String, String)> {
        let names: Vec<&str> = match kind {
            RequestKind::Renewal => renewal::FIELDS.to_vec(),
            RequestKind::Change => change::fields(),
        };
        names.into_iter().map(|name| (name.to_owned(), kept(self.form.get(name)))).collect()
    }
}
