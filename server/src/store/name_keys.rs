//! The keys that customers' names are compared by. They are computed from the names, and have to be computed again when the rule
//! changes.

use super::{Store, Stored, Tx};
use rules::KanaName;

/// Customers in one transaction. On SQLite nobody else writes meanwhile.
const BATCH: i64 = 500;

impl Store {
    /// Computes the keys of all names again if they follow an older rule than this program's. If it is interrupted, it begins again at
    /// the next start.
    pub(super) async fn renew_name_keys(&self) -> Stored<()> {
        let mut tx = self.begin_read().await?;
        if tx.name_key_version().await? >= KanaName::KEY_VERSION {
            return Ok(());
        }
        drop(tx);
        let mut after = Some(String::new());
        while let Some(last) = after {
            let mut tx = self.begin().await?;
            after = tx.renew_name_keys_after(&last).await?;
            tx.commit().await?;
        }
        let mut tx = self.begin().await?;
        tx.set_name_key_version().await?;
        tx.commit().await
    }
}

impl Tx {
    async fn name_key_version(&mut self) -> Stored<i64> {
        Ok(sqlx::query_scalar("SELECT version FROM name_keys WHERE id = 1").fetch_one(&mut *self.0).await?)
    }

    async fn set_name_key_version(&mut self) -> Stored<()> {
        sqlx::query("UPDATE name_keys SET version = $1 WHERE id = 1 AND version < $1")
            .bind(KanaName::KEY_VERSION)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Renews the keys of the next customers by id. Returns the last id, or nothing if there are no more.
    async fn renew_name_keys_after(&mut self, id: &str) -> Stored<Option<String>> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT id, kana, kana_key FROM customers WHERE id > $1 ORDER BY id LIMIT $2")
                .bind(id)
                .bind(BATCH)
                .fetch_all(&mut *self.0)
                .await?;
        let mut last = None;
        for (id, kana, stored) in rows {
            let key = KanaName::parse(&kana).map_or_else(|_| stored.clone(), |name| name.key());
            if key != stored {
                // Not if an import has brought another name meanwhile, with its own key.
                sqlx::query("UPDATE customers SET kana_key = $3 WHERE id = $1 AND kana = $2")
                    .bind(&id)
                    .bind(&kana)
                    .bind(&key)
                    .execute(&mut *self.0)
                    .await?;
            }
            last = Some(id);
        }
        Ok(last)
    }
}
