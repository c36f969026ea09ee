//! The flows as state machines: which step follows which event (spec, sections 3 and 4).
//!
//! The steps only. What an event takes (a matching contract, a hashed password, a pressed link) is proven by the use
//! cases of the server before they raise it. A step is stored as its word ([`EnrolStep::as_str`]).

mod enrol;
mod inquiry;
mod link;
mod reset;
mod sign_in;

pub use enrol::{EnrolEvent, EnrolStep};
pub use inquiry::{InquiryEvent, InquiryStep};
pub use link::{LinkState, link_state};
pub use reset::{ResetEvent, ResetStep};
pub use sign_in::{SignInEvent, SignInStep};

/// The event does not belong to the current step: nothing changes, and the current step is shown with a line saying so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stale;

/// An enum whose variants have a word each: for the database, for addresses of the preview, for logs.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every variant, in the order of the flow.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its word.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The variant of a word; `None` for any other text.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

/// What happens in a flow, for whoever keeps its step as a word.
pub trait FlowEvent: Copy {
    /// The word of the step that follows `step`; `None` if the event does not belong there, or `step` is no word of the
    /// flow.
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
