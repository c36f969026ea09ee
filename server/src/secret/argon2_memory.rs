//! The two implementations of Argon2id, each with the memory that it hashes in. `argon2-rust` does the work, with the widest
//! instructions that the processor has; `argon2` is what it is compared with at every start, and does the work where they disagree.

use super::PasswordFault;
use super::argon2_params::{ALGORITHM, Argon2Params, OUTPUT, VERSION};
use argon2::{Argon2, Block};
use argon2_rust::params::Memory;

/// What both have to make the same of.
const PASSWORD: &[u8] = b"one of no account";
const SALT: &[u8] = b"0123456789abcdef";

/// Who hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Implementation {
    Fast,
    Reference,
}

/// The memory of one hash at a time. It is kept for the next one, since a system takes long to give it.
pub(super) enum HashMemory {
    Fast(Box<argon2_rust::Hasher>),
    Reference(Vec<Block>),
}

impl Implementation {
    /// Returns the fast one if both make the same hash with these parameters.
    ///
    /// # Errors
    /// The parameters are outside what Argon2 allows.
    pub fn choose(hashing: Argon2Params) -> Result<Self, PasswordFault> {
        let wanted = HashMemory::new(Self::Reference, hashing)?.hash(PASSWORD, SALT, hashing)?;
        let found = HashMemory::new(Self::Fast, hashing).and_then(|mut memory| memory.hash(PASSWORD, SALT, hashing));
        Ok(Self::judged_by(found, wanted))
    }

    fn judged_by(found: Result<[u8; OUTPUT], PasswordFault>, wanted: [u8; OUTPUT]) -> Self {
        if found == Ok(wanted) {
            return Self::Fast;
        }
        let instructions = argon2_rust::detected_backend();
        tracing::warn!(
            event = "argon2_disagrees",
            instructions = %instructions,
            "the fast implementation of Argon2id makes another hash on this machine; the slower one does the work"
        );
        Self::Reference
    }
}

impl HashMemory {
    /// Returns the memory of an implementation, empty until its first hash.
    ///
    /// # Errors
    /// The parameters are outside what Argon2 allows.
    pub fn new(implementation: Implementation, hashing: Argon2Params) -> Result<Self, PasswordFault> {
        Ok(match implementation {
            Implementation::Fast => Self::Fast(Box::new(fast(hashing)?.hasher())),
            Implementation::Reference => Self::Reference(Vec::new()),
        })
    }

    /// Hashes a password.
    ///
    /// # Errors
    /// The parameters are outside what Argon2 allows.
    pub fn hash(&mut self, password: &[u8], salt: &[u8], hashing: Argon2Params) -> Result<[u8; OUTPUT], PasswordFault> {
        let mut output = [0; OUTPUT];
        match self {
            Self::Fast(hasher) => {
                hasher.set_argon2(fast(hashing)?);
                hasher.hash_into(password, salt, &mut output).map_err(|_| PasswordFault::Broken)?;
            }
            Self::Reference(memory) => {
                let params = hashing.params()?;
                memory.resize(params.block_count(), Block::default());
                Argon2::new(ALGORITHM, VERSION, params)
                    .hash_password_into_with_memory(password, salt, &mut output, memory.as_mut_slice())
                    .map_err(|_| PasswordFault::Broken)?;
            }
        }
        Ok(output)
    }
}

fn fast(hashing: Argon2Params) -> Result<argon2_rust::Argon2, PasswordFault> {
    let params = argon2_rust::Params::builder()
        .memory(Memory::kib(hashing.memory_kib.into()))
        .passes(hashing.passes)
        .lanes(hashing.lanes)
        .build()
        .map_err(|_| PasswordFault::Broken)?;
    Ok(argon2_rust::Argon2::new(argon2_rust::Algorithm::Argon2id, argon2_rust::Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// One memory is used again for each, as the product does, of whatever size the hash before was.
        #[test]
        fn both_make_the_same_hash_of_whatever_is_hashed(
            hashes in vec((vec(any::<u8>(), 0..300), vec(any::<u8>(), 8..49), 8_u32..600, 1_u32..4, 1_u32..5), 1..4)
        ) {
            let first = Argon2Params { memory_kib: 64, passes: 1, lanes: 1 };
            let mut fast = HashMemory::new(Implementation::Fast, first).unwrap();
            let mut reference = HashMemory::new(Implementation::Reference, first).unwrap();
            for (password, salt, memory_kib, passes, lanes) in hashes {
                let hashing = Argon2Params { memory_kib: memory_kib.max(8 * lanes), passes, lanes };
                let hash = fast.hash(&password, &salt, hashing);
                prop_assert!(hash.is_ok());
                prop_assert_eq!(hash, reference.hash(&password, &salt, hashing));
            }
        }
    }

    #[test]
    fn the_fast_one_works_where_both_agree_on_the_configured_parameters() {
        let limits = rules::limits::Limits::default();
        let hashing =
            Argon2Params { memory_kib: limits.hash_memory_kib, passes: limits.hash_passes, lanes: limits.hash_lanes };
        assert_eq!(Implementation::choose(hashing), Ok(Implementation::Fast));
    }

    #[test]
    fn one_that_makes_another_hash_or_none_does_not_work() {
        let mut other = [7; OUTPUT];
        other[OUTPUT - 1] ^= 1;
        assert_eq!(Implementation::judged_by(Ok([7; OUTPUT]), [7; OUTPUT]), Implementation::Fast);
        assert_eq!(Implementation::judged_by(Ok(other), [7; OUTPUT]), Implementation::Reference);
        assert_eq!(Implementation::judged_by(Err(PasswordFault::Broken), [7; OUTPUT]), Implementation::Reference);
    }

    #[test]
    fn both_refuse_parameters_that_argon2_does_not_allow() {
        for hashing in [
            Argon2Params { memory_kib: 7, passes: 1, lanes: 1 },
            Argon2Params { memory_kib: 64, passes: 0, lanes: 1 },
            Argon2Params { memory_kib: 64, passes: 1, lanes: 9 },
        ] {
            assert!(HashMemory::new(Implementation::Fast, hashing).is_err(), "{hashing:?}");
            assert!(Implementation::choose(hashing).is_err(), "{hashing:?}");
        }
    }
}
