//! `nirin serve`.

use super::{Desk, Failure};
use crate::build::Application;
use crate::clock::SystemClock;
use crate::telemetry;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

pub(super) async fn serve(desk: Desk) -> Result<(), Failure> {
    desk.settings.check_serving()?;
    telemetry::start();
    for warning in &desk.settings.warnings {
        tracing::warn!(event = "configuration", warning);
    }
    #[cfg(feature = "rehearsal")]
    let ahead = desk.settings.rehearsal.clock_ahead_ms;
    #[cfg(not(feature = "rehearsal"))]
    let ahead = 0;
    let clock = Arc::new(SystemClock::ahead(ahead));
    let application = Application::build(&desk.settings, clock.clone(), desk.dice.clone()).await?;
    #[cfg(feature = "rehearsal")]
    let application = {
        crate::rehearsal::prepare(&desk.settings, application.accounts()).await?;
        application.with_rehearsal_clock(clock)
    };
    tracing::info!(event = "sys_startup", address = %application.address());
    let stop = CancellationToken::new();
    tokio::spawn(stop_on_signal(stop.clone()));
    application.run(stop).await;
    tracing::info!(event = "sys_shutdown");
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
