//! The components that screens consist of. They read the page from the wizard's context and hand over to `client` what only a
//! browser can do. They know no step and call no server function.

mod button;
mod delivery;
mod dialog;
mod facts;
mod field;
mod form;
mod late;
#[cfg(feature = "ssr")]
mod list;
mod live_text;
mod notice;
mod password;
mod post;
mod resend;
mod steps;

pub use button::{ActionButton, Submit};
pub use delivery::DeliveryLine;
pub use dialog::{BACK_DIALOG, BackDialog, IDLE_DIALOG, IdleDialog};
pub use facts::{CopyValue, Fact, Facts};
pub use field::TextField;
pub use form::StepForm;
pub use late::LateContactCentre;
#[cfg(feature = "ssr")]
pub use list::{Ordered, Points};
pub use live_text::LiveText;
pub use notice::{ContactCentre, Notices};
pub use password::{CurrentPassword, NewPassword};
pub use resend::Resend;
pub use steps::Steps;
