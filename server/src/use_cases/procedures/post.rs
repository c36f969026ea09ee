//! What a post does to a procedure: only events of the rules move its step.

use super::{Draft, Subject, change, renewal};
use crate::store::{DraftRow, Reference};
use crate::use_cases::flow::kept;
use app::port::{ProcedureNotice, RequestDetails};
use app::wire::Form;
use rules::flow::{FlowEvent as _, FlowStep as _};
use rules::{ProcedureEvent, ProcedureStep, RequestKind};

rules::words! {
    /// The buttons of a procedure's step besides its main one.
    ProcedureAction {
        /// The entries are to be corrected.
        Back = "back",
        /// The procedure is given up.
        Abandon = "abandon",
    }
}

/// What a post comes to.
pub(super) enum Outcome {
    /// The row's step is shown.
    Shown,
    /// The person has given the procedure up.
    Abandoned,
    /// The person asks for this.
    Sent(RequestDetails),
}

/// A post with the row that it meets.
pub(super) struct Post<'a> {
    pub row: DraftRow,
    /// A reference number that nobody has seen.
    unused: Reference,
    form: &'a Form,
    action: Option<ProcedureAction>,
    /// There was no row: the procedure is at its first step.
    is_new: bool,
}

impl<'a> Post<'a> {
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
        Self { row, unused, form, action: ProcedureAction::parse(form.get("act")), is_new }
    }

    /// Returns whether the person gives the procedure up.
    pub fn abandons(&self) -> bool {
        self.action == Some(ProcedureAction::Abandon)
    }

    /// Takes the post.
    pub fn take(&mut self, kind: RequestKind, subject: &Subject, draft: &mut Draft) -> Outcome {
        draft.notice = None;
        if self.abandons() {
            return Outcome::Abandoned;
        }
        if !self.belongs() {
            draft.notice = Some(if self.is_new { ProcedureNotice::Gone } else { ProcedureNotice::Stale });
            return Outcome::Shown;
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
            ProcedureStep::Confirm if self.action == Some(ProcedureAction::Back) => {
                self.on(ProcedureEvent::WentBack);
                draft.judged = false;
            }
            ProcedureStep::Confirm => match subject.read(kind, draft) {
                Ok(details) if draft.shown.as_ref() != Some(&details) => {
                    // An import has changed the contract since it was shown.
                    draft.shown = Some(details);
                    draft.notice = Some(ProcedureNotice::Changed);
                }
                Ok(details) => {
                    self.on(ProcedureEvent::Sent);
                    return Outcome::Sent(details);
                }
                Err(_) => self.on(ProcedureEvent::EntriesVoid),
            },
            ProcedureStep::Receipt => {}
        }
        Outcome::Shown
    }

    /// Whether the form was made for the row's step, and shows what this row holds: what is confirmed must be what was seen.
    fn belongs(&self) -> bool {
        let step = self.row.step;
        ProcedureStep::parse(self.form.get("step")) == Some(step)
            && (step == ProcedureStep::Entry || self.form.is_for(self.row.reference.as_str()))
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
