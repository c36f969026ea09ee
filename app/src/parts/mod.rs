//! What screens are put together from: props in, events out, no server calls.

mod button;
mod delivery;
mod dialog;
mod facts;
mod field;
mod form;
mod late;
#[cfg(feature = "ssr")]
mod list;
mod notice;
mod password;
mod resend;
mod steps;

pub use button::{Press, Submit};
pub use delivery::DeliveryLine;
pub use dialog::{BackDialog, IdleDialog};
pub use facts::{CopyValue, Fact, Facts};
pub use field::TextField;
pub use form::StepForm;
pub use late::LateCentre;
#[cfg(feature = "ssr")]
pub use list::{Ordered, Points};
pub use notice::{Centre, Notices};
pub use password::{CurrentPassword, NewPassword};
pub use resend::Resend;
pub use steps::Steps;
