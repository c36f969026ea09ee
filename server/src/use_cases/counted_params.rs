//! The parameters that the accounts' password hashes have, counted now and then by one request for all.

use super::UseCaseError;
use crate::secret::Argon2ParamsInUse;
use crate::store::Store;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Mutex;

/// The last count. Where the database does not answer, nobody waits for somebody else's question to it.
#[derive(Debug, Default)]
pub(super) struct CountedParams {
    last: RwLock<Arc<Argon2ParamsInUse>>,
    counting: Mutex<()>,
}

impl CountedParams {
    /// Returns the parameters in use, counted again if that was long ago. While one request counts, others go on with the count before;
    /// where there is none yet, they wait for it.
    pub async fn current(&self, store: &Store, now: i64) -> Result<Arc<Argon2ParamsInUse>, UseCaseError> {
        let last = self.last();
        if !last.is_old(now) {
            return Ok(last);
        }
        let _counting = match self.counting.try_lock() {
            Ok(counting) => counting,
            Err(_) if last.is_counted() => return Ok(last),
            Err(_) => self.counting.lock().await,
        };
        let last = self.last();
        if !last.is_old(now) {
            return Ok(last);
        }
        let mut tx = store.begin_read().await?;
        let counted = Arc::new(Argon2ParamsInUse::counted(tx.argon2_params_in_use().await?, now));
        *self.last.write().unwrap_or_else(PoisonError::into_inner) = counted.clone();
        Ok(counted)
    }

    fn last(&self) -> Arc<Argon2ParamsInUse> {
        self.last.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
