//! What crosses between server and browser, as plain data: codes and values, never prose.

mod brand;
mod field;
mod form;
mod notice;
mod page;
mod screen;

pub use brand::Brand;
pub use field::{Field, FieldProblem, Problem};
pub use form::Form;
pub use notice::{Notice, Over};
pub use page::{Boot, Flow, Page};
pub use screen::{CodeWait, Delivery, LinkKind, MailWait, PasswordAbout, Request, Screen};

/// A point in time: milliseconds since 1970-01-01 UTC.
pub type Millis = i64;
