//! The procedures of the portal, renewal and change request (spec, section 14). Both have the same steps; what a step holds differs.

use super::Stale;
use crate::words;

words! {
    /// What the address of a procedure shows.
    ProcedureStep {
        /// The choices or new values.
        Entry = "entry",
        /// Everything once more, before it is sent.
        Confirm = "confirm",
        /// The receipt: the request is with staff.
        Receipt = "receipt",
    }
}

words! {
    /// What happens to a procedure.
    ProcedureEvent {
        /// The entries are complete.
        Entered = "entered",
        /// The person goes back to correct them.
        WentBack = "back",
        /// The contract was changed meanwhile, and the entries do not hold any more.
        EntriesVoid = "entries-void",
        /// The person sends the request.
        Sent = "sent",
    }
}

words! {
    /// The buttons of a step besides its main one.
    ProcedureAction {
        /// The entries are to be corrected.
        Back = "back",
        /// The procedure is given up.
        Abandon = "abandon",
    }
}

impl ProcedureStep {
    /// Returns the step that follows `event`.
    ///
    /// # Errors
    /// [`Stale`] if the event does not belong to this step. The step stays as it is.
    pub fn on(self, event: ProcedureEvent) -> Result<Self, Stale> {
        use ProcedureEvent as E;
        use ProcedureStep::*;
        match (self, event) {
            (Entry, E::Entered) => Ok(Confirm),
            (Confirm, E::WentBack | E::EntriesVoid) => Ok(Entry),
            (Confirm, E::Sent) => Ok(Receipt),
            _ => Err(Stale),
        }
    }

    /// Returns whether the procedure has ended.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Receipt)
    }
}
