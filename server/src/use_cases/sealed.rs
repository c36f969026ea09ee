//! Values that rows keep sealed.

use crate::rng::Rng;
use crate::secret::Keys;
use app::fault::Fault;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Seals a value.
///
/// # Errors
/// [`Fault::Internal`] if it cannot become JSON.
pub(super) fn seal(keys: &Keys, rng: &(dyn Rng + 'static), value: &impl Serialize) -> Result<String, Fault> {
    let text = serde_json::to_string(value).map_err(|_| Fault::Internal)?;
    Ok(keys.seal(rng, &text))
}

/// Opens a sealed value. Returns nothing if its key is gone, or another build wrote something else.
pub(super) fn open<T: DeserializeOwned>(keys: &Keys, sealed: &str) -> Option<T> {
    keys.open_sealed(sealed).and_then(|text| serde_json::from_str(&text).ok())
}
