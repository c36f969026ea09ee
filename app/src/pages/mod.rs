//! One file a screen: composition only. `steps/` holds the steps of the flows, which server and browser both render;
//! the other pages are rendered by the server alone.

#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod flow;
#[cfg(feature = "ssr")]
pub mod guide;
#[cfg(feature = "ssr")]
pub mod help;
#[cfg(feature = "ssr")]
pub mod portal;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
#[cfg(feature = "ssr")]
pub mod shell;
mod steps;
pub mod wizard;

pub use steps::screen;
