//! What people see. Compiled twice: natively (`ssr`) to render pages, and to WASM (`hydrate`) to take a flow's page over.
//!
//! | module | what belongs there |
//! |---|---|
//! | [`wire`] | what crosses between server and browser: a flow's page as data, a posted form |
//! | `api` | (ssr) the server functions; the browser calls them in `client/call.rs` |
//! | `port` | (ssr) everything that screens may ask of the server |
//! | `form_checks` | (ssr) what is wrong with a form as it was typed, before anything is looked up |
//! | [`fault`] | the error that crosses the wire |
//! | [`pages`] | one file a screen |
//! | [`parts`] | what screens are put together from |
//! | [`text`] | the Japanese sentences, chosen by codes and values |
//! | `shape` | the structure of markup as a number: whether the page is still as the server wrote it |
//! | `samples` | (ssr) sample data, for the guide's pictures and for tests |
//! | `client` | (hydrate) what only a browser does: posting, the back guard, live events |

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "hydrate")]
mod client;
pub mod fault;
pub mod flow_context;
#[cfg(feature = "ssr")]
pub mod form_checks;
pub mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "ssr")]
pub mod samples;
mod shape;
pub mod text;
pub mod wire;
