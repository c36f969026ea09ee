//! The flows as state machines: which step follows which event (spec, sections 3 and 4).
//!
//! Only the steps are here. What an event requires (a matching contract, a hashed password, a confirmed link) is checked by
//! the server's use cases before they raise the event. A step is stored as its word ([`EnrolStep::as_str`]).

mod enrol;
mod inquiry;
mod link;
mod procedure;
mod reset;
mod sign_in;

pub use enrol::{EnrolEvent, EnrolStep};
pub use inquiry::{InquiryEvent, InquiryStep};
pub use link::{LinkKind, LinkState, LinkTimes, link_state};
pub use procedure::{ProcedureAction, ProcedureEvent, ProcedureStep};
pub use reset::{ResetEvent, ResetStep};
pub use sign_in::{SignInEvent, SignInStep};

/// The error of an event that does not belong to the current step. Nothing changes, and the current step is shown with a line
/// that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

/// A step of any flow, for code that runs all of them.
pub trait FlowStep: Copy + Eq + Send + Sync + 'static {
    /// The step at which a flow begins.
    const FIRST: Self;

    /// Returns whether the flow has ended. After that only a restart or a sign-out is possible.
    fn has_ended(self) -> bool;

    /// Returns the word that is stored.
    fn word(self) -> &'static str;

    /// Returns the step that `word` names, or `None` for any other text.
    fn of_word(word: &str) -> Option<Self>;
}

/// An event of any flow, for code that runs all of them.
pub trait FlowEvent: Copy + Send + Sync + 'static {
    /// The steps of the flow.
    type Step: FlowStep;

    /// Returns the step that follows `step`, or `None` if the event does not belong to that step.
    fn after(self, step: Self::Step) -> Option<Self::Step>;
}

macro_rules! flows {
    ($($event:ident: $step:ident from $first:ident,)+) => {$(
        impl FlowStep for $step {
            const FIRST: Self = Self::$first;

            fn has_ended(self) -> bool {
                self.is_over()
            }

            fn word(self) -> &'static str {
                self.as_str()
            }

            fn of_word(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }

        impl FlowEvent for $event {
            type Step = $step;

            fn after(self, step: $step) -> Option<$step> {
                step.on(self).ok()
            }
        }
    )+};
}
flows! {
    EnrolEvent: EnrolStep from Identity,
    InquiryEvent: InquiryStep from Identity,
    ResetEvent: ResetStep from UserId,
    SignInEvent: SignInStep from Password,
    ProcedureEvent: ProcedureStep from Entry,
}
