//! What crosses between server and browser, as plain data: codes and values, never prose.

mod brand;
mod field;
mod form;
mod notice;
mod page;
mod screen;
mod step;
mod timeouts;

pub use brand::Brand;
pub use field::{Field, FieldProblem, Problem};
pub use form::Form;
pub use notice::{EndReason, Notice};
pub use page::{Boot, Flow, Page};
pub use rules::flow::LinkKind;
pub use screen::{CodeWait, Delivery, LinkSubject, MailWait, PasswordAbout, Screen};
pub use step::{Action, StepName};
pub use timeouts::Timeouts;

/// Where a session that ended leads; the sign-in page says why.
pub const SESSION_ENDED: &str = "/sign-in?ended";

/// Where signing out leads; the sign-in page says that it is done.
pub const SIGNED_OUT: &str = "/sign-in?signed-out";

/// Where a password change leads: the account page as it is afterwards, which says so.
pub const PASSWORD_CHANGED: &str = "/portal/account?changed";

/// A point in time: milliseconds since 1970-01-01 UTC.
pub type Millis = i64;
