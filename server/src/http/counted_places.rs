//! Places that are counted by who takes them, with a most for each, so that nobody takes those of all others.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex};

/// How many places each one has taken.
#[derive(Clone, Debug)]
pub(super) struct CountedPlaces<K: Eq + Hash>(Arc<Mutex<HashMap<K, usize>>>);

/// One place; given back when it is dropped.
#[derive(Debug)]
pub(super) struct CountedPlace<K: Clone + Eq + Hash> {
    places: CountedPlaces<K>,
    taker: K,
}

impl<K: Eq + Hash> Default for CountedPlaces<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Clone + Eq + Hash> CountedPlaces<K> {
    /// Takes a place for `taker`. Returns nothing where it has `most` already.
    pub fn take(&self, taker: K, most: usize) -> Option<CountedPlace<K>> {
        let mut taken = self.0.lock().ok()?;
        let count = taken.entry(taker.clone()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(CountedPlace { places: self.clone(), taker })
    }
}

impl<K: Clone + Eq + Hash> Drop for CountedPlace<K> {
    fn drop(&mut self) {
        if let Ok(mut taken) = self.places.0.lock()
            && let Some(count) = taken.get_mut(&self.taker)
        {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.taker);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_one_has_so_many_places_and_a_place_that_is_given_back_is_free() {
        let places = CountedPlaces::default();
        let first = places.take("a", 2).unwrap();
        let second = places.take("a", 2);
        assert!(second.is_some() && places.take("a", 2).is_none());
        assert!(places.take("b", 2).is_some(), "another one has places of its own");
        drop(first);
        assert!(places.take("a", 2).is_some());
    }

    #[test]
    fn whoever_has_no_place_is_forgotten() {
        let places = CountedPlaces::default();
        drop(places.take("a", 1));
        assert!(!places.0.lock().unwrap().contains_key("a"));
    }
}
