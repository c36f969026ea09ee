//! The mails of section 6 of the specification: what each says as data ([`MailContent`]), and its words ([`render`]), which are
//! the templates in `templates/`, one folder a language and one a mail. Nothing here sends or stores a mail: that is
//! the server's. The gallery shows the same mails without a server.

mod content;
mod kind;
mod message;
mod palette;
mod render;
pub mod samples;

pub use askama::Error as RenderError;
pub use content::{LockedStep, MailContent, Priority};
pub use kind::MailKind;
pub use message::message;
pub use palette::Palette;
pub use render::{Rendered, render};
