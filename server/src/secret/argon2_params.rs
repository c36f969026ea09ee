//! The parameters of a password hash, and the PHC string that names them.

use super::PasswordFault;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Params, Version};

pub(super) const SALT: usize = 16;
pub(super) const OUTPUT: usize = 32;
pub(super) const ALGORITHM: Algorithm = Algorithm::Argon2id;
pub(super) const VERSION: Version = Version::V0x13;

/// Argon2id parameters (spec section 7): memory in KiB, passes, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Params {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

impl Argon2Params {
    /// How many characters follow the parameters in a PHC string: `$salt$hash`.
    pub const PHC_TAIL: i32 = 67;

    /// Reads the parameters of a PHC string, with or without salt and hash. Returns `None` for what is not Argon2id.
    #[must_use]
    pub fn parse(phc: &str) -> Option<Self> {
        PasswordHash::new(phc).ok().and_then(|hash| Self::of(&hash))
    }

    pub(super) fn of(hash: &PasswordHash) -> Option<Self> {
        let is_ours = hash.algorithm == ALGORITHM.ident() && hash.version == Some(VERSION.into());
        let params = Params::try_from(hash).ok().filter(|_| is_ours)?;
        Some(Self { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
    }

    pub(super) fn params(self) -> Result<Params, PasswordFault> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(OUTPUT)).map_err(|_| PasswordFault::Broken)
    }
}

/// A password hash with everything that makes it once more: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
pub(super) fn phc(
    hashing: Argon2Params,
    salt: &[u8; SALT],
    output: &[u8; OUTPUT],
) -> Result<PasswordHash, PasswordFault> {
    Ok(PasswordHash {
        algorithm: ALGORITHM.ident(),
        version: Some(VERSION.into()),
        params: ParamsString::try_from(&hashing.params()?).map_err(|_| PasswordFault::Broken)?,
        salt: Some(Salt::new(salt).map_err(|_| PasswordFault::Broken)?),
        hash: Some(Output::new(output).map_err(|_| PasswordFault::Broken)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_one_of_our_hashes_has_no_parameters() {
        assert_eq!(
            Argon2Params::parse("$argon2id$v=19$m=64,t=2,p=1"),
            Some(Argon2Params { memory_kib: 64, passes: 2, lanes: 1 })
        );
        for other in
            ["", "$2b$10$abc", "$argon2i$v=19$m=64,t=2,p=1", "$argon2id$v=16$m=64,t=2,p=1", "$argon2id$v=19$m=x"]
        {
            assert_eq!(Argon2Params::parse(other), None, "{other}");
        }
    }
}
