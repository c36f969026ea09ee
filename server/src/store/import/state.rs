//! How far an import is. There is one row: that of the newest import.

use crate::store::{ImportId, Stored, Tx};

rules::words! {
    /// How far an import has come.
    ImportState {
        /// Its changes are being kept. Nothing is changed yet, and nothing will be if it ends now.
        Staging = "staging",
        /// Its changes are being applied. Whoever finds it in this state goes on with it.
        Applying = "applying",
        /// All of it is applied.
        Done = "done",
        /// A part of it is applied, and the rest is gone: a backup was restored that was made meanwhile.
        Abandoned = "abandoned",
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ImportRow {
    pub id: ImportId,
    #[sqlx(try_from = "String")]
    pub state: ImportState,
    /// The member of staff who began it.
    pub actor: String,
    pub rows_read: i64,
    pub contracts: i64,
    pub customers: i64,
    /// Rows that change something.
    pub changes: i64,
    /// Those of them that are applied.
    pub applied: i64,
    /// Accounts that have another user ID.
    pub user_ids_changed: i64,
    /// Accounts that kept their user ID, because somebody else had taken the new one while the import was applied.
    pub user_ids_kept: i64,
    pub started_at: i64,
    /// When it last went on.
    pub moved_at: i64,
    /// Up to which line changed addresses are applied.
    pub address_line: i64,
    /// Up to which line all is applied.
    pub applied_line: i64,
}

/// An import that goes on from one state to the next.
#[derive(Clone, Copy)]
pub struct ImportMove<'a> {
    pub id: &'a ImportId,
    pub from: ImportState,
    pub to: ImportState,
}

impl Tx {
    /// Begins an import. Returns false, and nothing may be committed, where one is being applied.
    pub async fn begin_import(&mut self, import: &ImportRow) -> Stored<bool> {
        sqlx::query("DELETE FROM imports WHERE state <> $1")
            .bind(ImportState::Applying.as_str())
            .execute(&mut *self.0)
            .await?;
        if self.import().await?.is_some() {
            return Ok(false);
        }
        sqlx::query(
            "INSERT INTO imports (id, state, actor, rows_read, contracts, customers, changes, applied, user_ids_changed, \
             user_ids_kept, started_at, moved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&import.id)
        .bind(import.state.as_str())
        .bind(&import.actor)
        .bind(import.rows_read)
        .bind(import.contracts)
        .bind(import.customers)
        .bind(import.changes)
        .bind(import.applied)
        .bind(import.user_ids_changed)
        .bind(import.user_ids_kept)
        .bind(import.started_at)
        .bind(import.moved_at)
        .execute(&mut *self.0)
        .await?;
        Ok(true)
    }

    /// Returns the newest import.
    pub async fn import(&mut self) -> Stored<Option<ImportRow>> {
        Ok(sqlx::query_as("SELECT * FROM imports ORDER BY started_at DESC LIMIT 1")
            .fetch_optional(&mut *self.0)
            .await?)
    }

    /// Brings an import from one state to another. Returns whether it was in the first.
    pub async fn move_import(&mut self, ImportMove { id, from, to }: ImportMove<'_>, now: i64) -> Stored<bool> {
        let moved = sqlx::query("UPDATE imports SET state = $3, moved_at = $4 WHERE id = $1 AND state = $2")
            .bind(id)
            .bind(from.as_str())
            .bind(to.as_str())
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(moved.rows_affected() == 1)
    }

    /// Counts a user ID that followed the registered address, or one that could not.
    pub async fn count_user_id_of_import(&mut self, id: &ImportId, changed: bool) -> Stored<()> {
        let statement = if changed {
            "UPDATE imports SET user_ids_changed = user_ids_changed + 1 WHERE id = $1"
        } else {
            "UPDATE imports SET user_ids_kept = user_ids_kept + 1 WHERE id = $1"
        };
        sqlx::query(statement).bind(id).execute(&mut *self.0).await?;
        Ok(())
    }
}
