//! The backend of Nirin. `main` puts the parts together; so do the tests, with a clock of their own.

// A map for readers; ARCHITECTURE.md walks one request through it.
pub mod accounts;
pub mod build;
pub mod clock;
pub mod config;
pub mod dice;
pub mod http;
pub mod import;
pub mod mail;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
pub mod secret;
pub mod staff;
pub mod store;
pub mod telemetry;
