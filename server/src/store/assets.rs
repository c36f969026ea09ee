//! Assets of the builds that ran last, shared by all nodes.

use super::{Stored, Tx};

/// Names a file of a build.
#[derive(Clone, Copy, Debug)]
pub struct AssetName<'a> {
    /// The hash in the addresses of the build's files.
    pub build: &'a str,
    pub file: &'a str,
}

impl Tx {
    /// Stores a file of a build, in base64. Storing it again only updates the time.
    pub async fn keep_asset(&mut self, name: AssetName<'_>, body: &str, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO assets (build, name, body, kept_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (build, name) DO UPDATE SET kept_at = excluded.kept_at",
        )
        .bind(name.build)
        .bind(name.file)
        .bind(body)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    /// Returns a file of a build, in base64.
    pub async fn asset(&mut self, name: AssetName<'_>) -> Stored<Option<String>> {
        let body = sqlx::query_scalar("SELECT body FROM assets WHERE build = $1 AND name = $2")
            .bind(name.build)
            .bind(name.file)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(body)
    }

    /// Deletes all builds but the ones that were stored last. Returns the number of deleted files.
    pub async fn forget_builds_but(&mut self, most: i64) -> Stored<u64> {
        let done = sqlx::query(
            "DELETE FROM assets WHERE build NOT IN \
             (SELECT build FROM assets GROUP BY build ORDER BY MAX(kept_at) DESC, build LIMIT $1)",
        )
        .bind(most)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
