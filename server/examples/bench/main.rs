//! `make bench`: sizes of what a browser fetches, and the server's costs as ratios measured in one run.
//!
//! Not a test: nothing here passes or fails.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measuring program, not the product"
)]

mod client;
mod cost;
mod gallery;
mod people;
mod server_process;
mod timing;

use server_process::Server;
use std::path::PathBuf;

fn main() {
    let site = PathBuf::from(std::env::var("SITE_DIR").expect("SITE_DIR: the folder of the built assets"));
    let binary = std::env::var("NIRIN_BIN").expect("NIRIN_BIN: the release binary");
    let folder = std::env::temp_dir().join(format!("nirin-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let mut server = Server::start(&binary, &site, &folder);
    cost::sizes(&site, server.address);
    gallery::gallery(server.address, &site, &folder);
    server.memory("idle");
    cost::pages(server.address);
    let one_hash = cost::one_hash();
    cost::passwords(&server, one_hash);
    timing::timing(server.address, &folder);
    server.stop();
    let _ = std::fs::remove_dir_all(folder);
}
