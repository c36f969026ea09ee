//! Everything secret: keys, hashes, sealing and password slots. None of it can be printed.

mod argon2_memory;
mod argon2_params;
mod keys;
mod passwords;
mod stand_in;

pub use argon2_params::Argon2Params;
pub use keys::{KeyError, Keys, Mac, Purpose};
pub use passwords::{PasswordFault, PasswordHasher};
pub use stand_in::Argon2ParamsInUse;

use sha2::{Digest as _, Sha256};

/// Returns the SHA-256 of a token in hex, which is all that the database has of it.
#[must_use]
pub fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}
