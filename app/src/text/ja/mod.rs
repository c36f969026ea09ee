//! Japanese: plain and polite, one idea a sentence.

#[cfg(feature = "ssr")]
pub mod device;
#[cfg(feature = "ssr")]
pub mod document;
#[cfg(feature = "ssr")]
pub mod errors;
pub mod flows;
#[cfg(feature = "ssr")]
pub mod guide;
#[cfg(feature = "ssr")]
pub mod help;
pub mod link;
#[cfg(feature = "ssr")]
pub mod phrases;
#[cfg(feature = "ssr")]
pub mod portal;
pub mod problem;
#[cfg(feature = "ssr")]
pub mod procedures;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
#[cfg(feature = "ssr")]
pub mod requests;
pub mod state;
pub mod time;
