//! `nirin serve`.

use super::{CommandContext, Failure};
use crate::application::{Application, BuildError};
use crate::clock::SystemClock;
use crate::traces::Traces;
use crate::{open_files, telemetry};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub(super) async fn serve(command_context: CommandContext) -> Result<(), Failure> {
    command_context.settings.check_serving()?;
    let traces = Traces::begin(&command_context.settings.traces).map_err(BuildError::Traces)?;
    telemetry::start(traces.as_ref());
    for warning in &command_context.settings.warnings {
        tracing::warn!(event = "configuration", warning, "the configuration has a warning");
    }
    open_files::make_room(&command_context.settings);
    #[cfg(feature = "rehearsal")]
    let ahead = command_context.settings.rehearsal.clock_ahead_ms;
    #[cfg(not(feature = "rehearsal"))]
    let ahead = 0;
    let clock = Arc::new(SystemClock::ahead(ahead));
    let application = Application::build(&command_context.settings, clock.clone(), command_context.rng.clone()).await?;
    #[cfg(feature = "rehearsal")]
    let application = {
        crate::rehearsal::prepare(&command_context.settings, application.site(), &application.worker().keys).await?;
        application.with_rehearsal_clock(clock)
    };
    tracing::info!(event = "sys_startup", address = %application.address(), "the server has started");
    let stop = CancellationToken::new();
    tokio::spawn(stop_on_signal(stop.clone()));
    application.run(stop).await;
    if let Some(traces) = traces {
        traces.end().await;
    }
    tracing::info!(event = "sys_shutdown", "the server has stopped");
    Ok(())
}

/// SIGTERM and Ctrl-C end the server gently.
async fn stop_on_signal(stop: CancellationToken) {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
    stop.cancel();
}
