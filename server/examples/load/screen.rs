//! A screen that waits: its stream says when to look again, as `EventSource` does it.

use crate::browser::Browser;
use crate::record::{Record, Timed};
use app::wire::Flow;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::AsyncBufReadExt as _;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The pause after which browsers connect again.
const AGAIN: Duration = Duration::from_secs(3);
/// How often the script looks without being told.
const LOOKS: Duration = Duration::from_secs(15);

/// Followed until it is dropped.
pub struct WaitingScreen {
    told: Arc<Notify>,
    following: JoinHandle<()>,
}

impl WaitingScreen {
    pub fn open(tab: Browser, flow: Flow, record: Record) -> Self {
        let told = Arc::new(Notify::new());
        let tell = told.clone();
        let following = tokio::spawn(async move {
            loop {
                let begun = Instant::now();
                match tab.follow(flow).await {
                    Ok(Some(stream)) => {
                        record.took(Timed::Stream, begun.elapsed());
                        // What changed between the page and the stream is read once it is open.
                        tell.notify_one();
                        let mut lines = stream.lines();
                        while let Ok(Some(line)) = lines.next_line().await {
                            if line == "event: changed" {
                                tell.notify_one();
                            }
                        }
                    }
                    // There is nothing to wait for.
                    Ok(None) => return tell.notify_one(),
                    Err(_) => {}
                }
                tell.notify_one();
                tokio::time::sleep(AGAIN).await;
            }
        });
        Self { told, following }
    }

    /// Waits until the screen has to look.
    pub async fn told(&self) {
        let _ = tokio::time::timeout(LOOKS, self.told.notified()).await;
    }
}

impl Drop for WaitingScreen {
    fn drop(&mut self) {
        self.following.abort();
    }
}
