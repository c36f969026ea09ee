//! The one binary: configuration → telemetry → the command asked for.

use clap::Parser as _;
use server::staff::Command;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = Command::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(found) => {
            server::staff::complain(&found);
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(server::staff::run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(found) => {
            server::staff::complain(&found);
            ExitCode::FAILURE
        }
    }
}
