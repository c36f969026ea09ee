//! The backend of Nirin. `main` puts the parts together; so do the tests, with a clock of their own.

// A map for readers; ARCHITECTURE.md walks one request through it.
pub mod application;
pub mod cli;
pub mod clock;
pub mod config;
pub mod http;
pub mod import;
pub mod mail;
pub mod metrics;
mod open_files;
#[cfg(feature = "rehearsal")]
pub mod rehearsal;
pub mod rng;
pub mod secret;
pub mod store;
pub mod telemetry;
pub mod traces;
pub mod use_cases;

/// Values are made on one thread and dropped on another all day, for which the system's allocator locks. On Linux SQLite takes its
/// memory here too. An import takes a quarter less time than with the system's.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;
