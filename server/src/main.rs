//! The one binary: configuration → telemetry → the command asked for.

use clap::Parser as _;
use server::cli::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(found) => {
            server::cli::complain(&found);
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(server::cli::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(found) => {
            server::cli::complain(&found);
            ExitCode::FAILURE
        }
    }
}
