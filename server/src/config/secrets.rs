//! Settings of the key file.

use serde::Deserialize;
use std::path::PathBuf;

/// Where the server's keys are.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretSettings {
    /// Lines of `id = base64`; the last is the current key, the others are still read.
    pub key_file: PathBuf,
}
