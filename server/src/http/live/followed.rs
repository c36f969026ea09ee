//! What the streams of a node follow: one value a flow or session, read by one task for all of them.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard};
use tokio::sync::watch;

/// By key, what was read last; nothing before the first time.
type Values<K, V> = HashMap<K, watch::Sender<Option<V>>>;

/// All that is followed, of one kind.
pub(super) struct Followed<K, V>(Arc<Mutex<Values<K, V>>>);

impl<K, V> Clone for Followed<K, V> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<K, V> Default for Followed<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// One stream that follows; forgotten when it is dropped.
pub(super) struct Follower<K: Eq + Hash, V> {
    followed: Followed<K, V>,
    key: K,
    value: watch::Receiver<Option<V>>,
}

impl<K: Clone + Eq + Hash, V: Copy + PartialEq> Followed<K, V> {
    fn values(&self) -> MutexGuard<'_, Values<K, V>> {
        // Nothing panics while it is held, and what it holds is whole at any moment.
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    pub fn follow(&self, key: K) -> Follower<K, V> {
        let mut value = self.values().entry(key.clone()).or_insert_with(|| watch::Sender::new(None)).subscribe();
        // Another stream may have been told already what differs from what this one's page shows.
        value.mark_changed();
        Follower { followed: self.clone(), key, value }
    }

    pub fn keys(&self) -> Vec<K> {
        self.values().keys().cloned().collect()
    }

    /// Tells what was read of each key: those who follow it hear of another value, and of one that `is_told_again` each time.
    pub fn tell(&self, keys: &[K], read: impl Fn(&K) -> V, is_told_again: impl Fn(V) -> bool) {
        let values = self.values();
        for key in keys {
            let now = read(key);
            if let Some(value) = values.get(key) {
                value.send_if_modified(|before| before.replace(now) != Some(now) || is_told_again(now));
            }
        }
    }
}

impl<K: Eq + Hash, V: Copy + PartialEq> Follower<K, V> {
    /// Waits until something else was read than this, and returns it.
    pub async fn differs_from(&mut self, seen: V) -> V {
        loop {
            if self.value.changed().await.is_err() {
                // The sender lives as long as this follower does.
                std::future::pending::<()>().await;
            }
            let read = *self.value.borrow_and_update();
            if let Some(read) = read.filter(|read| *read != seen) {
                return read;
            }
        }
    }
}

impl<K: Eq + Hash, V> Drop for Follower<K, V> {
    fn drop(&mut self) {
        let Ok(mut values) = self.followed.0.lock() else { return };
        // This one is the last.
        if values.get(&self.key).is_some_and(|value| value.receiver_count() <= 1) {
            values.remove(&self.key);
        }
    }
}
