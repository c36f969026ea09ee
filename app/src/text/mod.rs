//! Every Japanese sentence of the screens. Sentences that follow from a state are chosen by its enum, so a missing one does not compile.
//! Mails have their own texts beside their templates, in the server.

#[cfg(feature = "ssr")]
pub mod errors;
pub mod flows;
#[cfg(feature = "ssr")]
pub mod guide;
#[cfg(feature = "ssr")]
pub mod help;
pub mod link;
#[cfg(feature = "ssr")]
pub mod portal;
pub mod problem;
pub mod state;
pub mod time;
