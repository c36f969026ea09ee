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
pub use link::{LinkKind, LinkState, link_state};
pub use procedure::{ProcedureEvent, ProcedureStep};
pub use reset::{ResetEvent, ResetStep};
pub use sign_in::{SignInEvent, SignInStep};

/// The error of an event that does not belong to the current step. Nothing changes, and the current step is shown with a line
/// that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

/// An event of any flow, for code that keeps the step as a word.
pub trait FlowEvent: Copy {
    /// Returns the word of the step that follows `step`, or `None` if the event does not belong to that step or `step` is not
    /// a step of the flow.
    fn after(self, step: &str) -> Option<&'static str>;
}

macro_rules! moves {
    ($($event:ident: $step:ident,)+) => {$(
        impl FlowEvent for $event {
            fn after(self, step: &str) -> Option<&'static str> {
                $step::parse(step)?.on(self).ok().map($step::as_str)
            }
        }
    )+};
}
moves! {
    EnrolEvent: EnrolStep,
    InquiryEvent: InquiryStep,
    ResetEvent: ResetStep,
    SignInEvent: SignInStep,
}
