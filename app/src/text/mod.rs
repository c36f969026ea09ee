//! The Japanese sentences of the screens. A sentence that depends on a state is chosen by a `match` on its enum, so a missing one
//! does not compile. Short labels that a single screen needs are still written in `pages/` and `parts/`, and the names of devices
//! in the server. Mails have their texts beside their templates, in the server.

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
