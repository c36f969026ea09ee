//! Places for live streams: so many of a node, and few of one flow or session, so that nobody takes those of all others.

use crate::http::counted_places::{CountedPlace, CountedPlaces};
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Streams of one flow or one session at the same time: as many tabs as anybody has open.
const OF_ONE: usize = 5;

#[derive(Clone)]
pub(super) struct Places {
    /// Of the node.
    all: Arc<Semaphore>,
    most: usize,
    /// By the hash of the cookie of flow or session.
    of_one: CountedPlaces<Arc<str>>,
}

/// The place of one stream; given back when it ends.
pub(super) struct Place {
    _of_node: OwnedSemaphorePermit,
    _of_one: CountedPlace<Arc<str>>,
}

impl Places {
    pub fn new(most: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(most)), most, of_one: CountedPlaces::default() }
    }

    pub fn most(&self) -> usize {
        self.most
    }

    pub fn count_taken(&self) -> usize {
        self.most.saturating_sub(self.all.available_permits())
    }

    pub fn take(&self, cookie: &str) -> Option<Place> {
        let of_node = self.all.clone().try_acquire_owned().ok()?;
        let of_one = self.of_one.take(cookie.into(), OF_ONE)?;
        Some(Place { _of_node: of_node, _of_one: of_one })
    }
}
