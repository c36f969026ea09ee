//! Places for live streams: so many of a node, and few of one flow or session, so that nobody takes those of all others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Streams of one flow or one session at the same time: as many tabs as anybody has open.
const OF_ONE: usize = 5;

#[derive(Clone)]
pub(super) struct Places {
    /// Of the node.
    all: Arc<Semaphore>,
    most: usize,
    /// Taken ones, by the hash of the cookie of flow or session.
    taken: Arc<Mutex<HashMap<Arc<str>, usize>>>,
}

/// The place of one stream; given back when it ends.
pub(super) struct Place {
    places: Places,
    cookie: Arc<str>,
    _of_node: OwnedSemaphorePermit,
}

impl Places {
    pub fn new(most: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(most)), most, taken: Arc::default() }
    }

    pub fn most(&self) -> usize {
        self.most
    }

    pub fn count_taken(&self) -> usize {
        self.most.saturating_sub(self.all.available_permits())
    }

    pub fn take(&self, cookie: &str) -> Option<Place> {
        let of_node = self.all.clone().try_acquire_owned().ok()?;
        let cookie: Arc<str> = cookie.into();
        let mut taken = self.taken.lock().ok()?;
        let count = taken.entry(cookie.clone()).or_default();
        (*count < OF_ONE).then(|| {
            *count += 1;
            Place { places: self.clone(), cookie, _of_node: of_node }
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Ok(mut taken) = self.places.taken.lock()
            && let Some(count) = taken.get_mut(&self.cookie)
        {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.cookie);
            }
        }
    }
}
