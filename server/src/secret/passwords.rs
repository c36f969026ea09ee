//! Password hashes with Argon2id. As many are computed at the same time as there are slots, whose memory is reused. When the
//! queue is full, a request is refused with a time to come back, so that a flood of sign-ins cannot exhaust the machine.

use super::argon2_memory::{HashMemory, Implementation};
use super::argon2_params::{Argon2Params, OUTPUT, SALT, phc};
use crate::rng::Rng;
use crate::traces;
use argon2::password_hash::phc::{Output, PasswordHash};
use rules::limits::Limits;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;
use tracing::Instrument as _;

/// The reason why a password could not be hashed or verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// All slots are taken and the queue is full.
    #[error("all password slots are taken")]
    Busy,
    /// The hash in the database, or a parameter, is not one of ours.
    #[error("a password hash cannot be read")]
    Broken,
}

/// How busy the slots are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashLoad {
    pub slots: usize,
    pub taken: usize,
    /// Passwords in the queue.
    pub waiting: usize,
}

/// The slots. Cheap to clone.
#[derive(Clone)]
pub struct PasswordHasher {
    hashing: Argon2Params,
    slots: Arc<Semaphore>,
    /// How many slots there are.
    count: usize,
    waiting: Arc<AtomicUsize>,
    queue: usize,
    implementation: Implementation,
    memory: Arc<Mutex<Vec<HashMemory>>>,
    blocks_filled: Arc<AtomicU64>,
    /// Salt and output that stand in for those of an account that does not exist.
    stand_in: ([u8; SALT], [u8; OUTPUT]),
}

impl std::fmt::Debug for PasswordHasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PasswordHasher").field("hashing", &self.hashing).finish_non_exhaustive()
    }
}

impl PasswordHasher {
    /// Creates as many slots as configured, or one for each core if the configuration says 0.
    ///
    /// # Errors
    /// The parameters are outside what Argon2 allows.
    pub fn new(limits: &Limits, rng: &dyn Rng) -> Result<Self, PasswordFault> {
        let hashing =
            Argon2Params { memory_kib: limits.hash_memory_kib, passes: limits.hash_passes, lanes: limits.hash_lanes };
        let slots = match limits.hashes_at_once {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            chosen => chosen as usize,
        };
        Ok(Self {
            hashing,
            // Numbers that Argon2 does not take end the start here, not the first sign-in.
            implementation: Implementation::choose(hashing)?,
            slots: Arc::new(Semaphore::new(slots)),
            count: slots,
            waiting: Arc::default(),
            queue: limits.hash_queue as usize,
            memory: Arc::default(),
            blocks_filled: Arc::default(),
            stand_in: (rng.bytes(), rng.bytes()),
        })
    }

    /// Hashes a password, as a PHC string with its parameters.
    ///
    /// # Errors
    /// [`PasswordFault::Busy`] when the queue is full.
    pub async fn hash(&self, password: String, rng: &dyn Rng) -> Result<String, PasswordFault> {
        let salt = rng.bytes::<SALT>();
        let slots = self.clone();
        self.in_slot(move || slots.hash_now(&password, salt)).instrument(traces::hash()).await
    }

    /// Returns whether `password` is the one that was hashed. Without a hash it does in vain the work that a hash with the
    /// parameters `stand_in` takes.
    ///
    /// # Errors
    /// [`PasswordFault::Busy`] when the queue is full, [`PasswordFault::Broken`] when the hash cannot be read.
    pub async fn verify(
        &self,
        password: String,
        hash: Option<&str>,
        stand_in: Argon2Params,
    ) -> Result<bool, PasswordFault> {
        let known = hash.is_some();
        let hash = match hash {
            Some(hash) => PasswordHash::new(hash).map_err(|_| PasswordFault::Broken)?,
            None => phc(stand_in, &self.stand_in.0, &self.stand_in.1)?,
        };
        let slots = self.clone();
        let same = self.in_slot(move || slots.verify_now(&password, &hash)).instrument(traces::hash()).await?;
        Ok(same && known)
    }

    /// Returns the parameters of a new hash.
    #[must_use]
    pub const fn hashing(&self) -> Argon2Params {
        self.hashing
    }

    /// Returns how many blocks of 1 KiB this node has filled since it started: memory times passes of every password that was
    /// hashed or verified. This is what tells two hashes' work apart, however busy the machine is.
    #[must_use]
    pub fn blocks_filled(&self) -> u64 {
        self.blocks_filled.load(Ordering::SeqCst)
    }

    /// Returns whether a hash was made with other parameters than the present ones. Such a password is hashed again at the next
    /// sign-in.
    #[must_use]
    pub fn is_outdated(&self, hash: &str) -> bool {
        Argon2Params::parse(hash) != Some(self.hashing)
    }

    /// Returns how long a request that finds the queue full should wait, in seconds.
    #[must_use]
    pub const fn retry_after(&self) -> u32 {
        5
    }

    /// Returns how busy the slots are.
    #[must_use]
    pub fn load(&self) -> HashLoad {
        let free = self.slots.available_permits();
        let waiting = self.waiting.load(Ordering::SeqCst);
        HashLoad { slots: self.count, taken: self.count.saturating_sub(free), waiting }
    }

    async fn in_slot<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordFault> + Send + 'static,
    ) -> Result<T, PasswordFault> {
        let slot = match self.slots.clone().try_acquire_owned() {
            Ok(slot) => slot,
            Err(_) => {
                if self.waiting.fetch_add(1, Ordering::SeqCst) >= self.queue {
                    self.waiting.fetch_sub(1, Ordering::SeqCst);
                    return Err(PasswordFault::Busy);
                }
                // Returns the place in the queue even if the client goes away while it waits.
                let _place = Place(&self.waiting);
                self.slots.clone().acquire_owned().await.map_err(|_| PasswordFault::Busy)?
            }
        };
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(slot);
            done
        })
        .await
        .map_err(|_| PasswordFault::Broken)?
    }

    fn hash_now(&self, password: &str, salt: [u8; SALT]) -> Result<String, PasswordFault> {
        let output = self.derive(password, &salt, self.hashing)?;
        Ok(phc(self.hashing, &salt, &output)?.to_string())
    }

    fn verify_now(&self, password: &str, hash: &PasswordHash) -> Result<bool, PasswordFault> {
        let (Some(hashing), Some(salt), Some(wanted)) = (Argon2Params::of(hash), hash.salt, hash.hash) else {
            return Err(PasswordFault::Broken);
        };
        let output = self.derive(password, &salt, hashing)?;
        let output = Output::new(&output).map_err(|_| PasswordFault::Broken)?;
        // `Output` compares in constant time.
        Ok(output == wanted)
    }

    fn derive(&self, password: &str, salt: &[u8], hashing: Argon2Params) -> Result<[u8; OUTPUT], PasswordFault> {
        let blocks = hashing.params()?.block_count();
        self.blocks_filled.fetch_add(blocks as u64 * u64::from(hashing.passes), Ordering::SeqCst);
        let kept = self.memory.lock().ok().and_then(|mut kept| kept.pop());
        let mut memory = match kept {
            Some(memory) => memory,
            None => HashMemory::new(self.implementation, hashing)?,
        };
        let output = memory.hash(password.as_bytes(), salt, hashing);
        if let Ok(mut kept) = self.memory.lock() {
            kept.push(memory);
        }
        output
    }
}

struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::SystemRng;

    const HASHING: Argon2Params = Argon2Params { memory_kib: 64, passes: 2, lanes: 1 };

    fn light() -> Limits {
        Limits { hash_memory_kib: 64, ..Limits::default() }
    }

    #[tokio::test]
    async fn a_password_verifies_exactly_as_typed_and_nothing_else_does() {
        let passwords = PasswordHasher::new(&light(), &SystemRng).unwrap();
        let hash = passwords.hash(" Kaze-8 ".into(), &SystemRng).await.unwrap();
        assert!(passwords.verify(" Kaze-8 ".into(), Some(&hash), HASHING).await.unwrap());
        assert!(!passwords.verify("Kaze-8".into(), Some(&hash), HASHING).await.unwrap());
        assert!(!passwords.verify(" Kaze-8 ".into(), None, HASHING).await.unwrap());
    }

    #[tokio::test]
    async fn asvs_11_a_hash_names_its_parameters_and_raised_ones_are_noticed() {
        let old = PasswordHasher::new(&light(), &SystemRng).unwrap();
        let new = PasswordHasher::new(&Limits { hash_passes: 3, ..light() }, &SystemRng).unwrap();
        let hash = old.hash("secret".into(), &SystemRng).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=2,p=1$"));
        let tail = usize::try_from(Argon2Params::PHC_TAIL).unwrap();
        assert_eq!(&hash[..hash.len() - tail], "$argon2id$v=19$m=64,t=2,p=1");
        assert!(!old.is_outdated(&hash));
        assert!(new.is_outdated(&hash));
        assert!(new.verify("secret".into(), Some(&hash), HASHING).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_is_the_one_other_implementations_make() {
        // From the reference implementation: argon2id, 64 MiB, 2 passes, 1 lane.
        let passwords = PasswordHasher::new(&light(), &SystemRng).unwrap();
        let output = passwords
            .derive("password", b"somesalt", Argon2Params { memory_kib: 65_536, passes: 2, lanes: 1 })
            .unwrap();
        assert_eq!(hex::encode(output), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    #[tokio::test]
    async fn beyond_the_queue_a_password_is_not_looked_at() {
        let limits = Limits { hashes_at_once: 1, hash_queue: 1, ..Limits::default() };
        let passwords = PasswordHasher::new(&limits, &SystemRng).unwrap();
        let attempts = (0..4).map(|_| passwords.verify("x".into(), None, passwords.hashing()));
        let answers = futures::future::join_all(attempts).await;
        assert_eq!(answers.iter().filter(|answer| **answer == Err(PasswordFault::Busy)).count(), 2);
        assert_eq!(passwords.verify("x".into(), None, passwords.hashing()).await, Ok(false));
    }
}
