//! What the machine can hash: the limit of all journeys, which take two hashes each.

use crate::process::cpu_of_this;
use crate::record::percentile;
use argon2_rust::params::Memory;
use rules::limits::Limits;
use std::time::{Duration, Instant};

const PASSWORD: &[u8] = b"Kaze8Suzume!x";
const SALT: &[u8] = b"0123456789abcdef";

/// Hashes with the product's parameters by the fastest implementation there is, its memory used again.
struct Hashes(argon2_rust::Argon2);

impl Hashes {
    fn new() -> Self {
        let limits = Limits::default();
        let params = argon2_rust::Params::builder().memory(Memory::kib(limits.hash_memory_kib.into()));
        let params = params.passes(limits.hash_passes).lanes(limits.hash_lanes).build().expect("parameters");
        Self(argon2_rust::Argon2::new(argon2_rust::Algorithm::Argon2id, argon2_rust::Version::V0x13, params))
    }

    /// Milliseconds of each hash for so long.
    fn times(&self, during: Duration) -> Vec<f64> {
        let (mut hasher, mut out) = (self.0.hasher(), [0; 32]);
        let (all, mut times) = (Instant::now(), Vec::new());
        while all.elapsed() < during {
            let begun = Instant::now();
            hasher.hash_into(PASSWORD, SALT, &mut out).expect("a hash");
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        times
    }
}

/// What one hash costs.
pub struct Hash {
    /// Milliseconds from its beginning to its end: the median.
    pub time: f64,
    /// Milliseconds of CPU.
    pub cpu: f64,
}

/// One hash after the other, while nothing else is done.
pub fn one() -> Hash {
    let before = cpu_of_this();
    let times = Hashes::new().times(Duration::from_secs(1));
    Hash { time: percentile(&times, 0.5), cpu: (cpu_of_this() - before) / times.len() as f64 }
}

/// Hashes a second on all cores together.
pub fn rate(during: Duration) -> f64 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads: Vec<_> = (0..cores).map(|_| std::thread::spawn(move || Hashes::new().times(during).len())).collect();
    let begun = Instant::now();
    let count: usize = threads.into_iter().map(|thread| thread.join().expect("a thread")).sum();
    count as f64 / begun.elapsed().as_secs_f64()
}
