//! Accounts: exist once enrolment is confirmed.

use super::{Stored, Tx, col};
use sqlx::any::AnyRow;

/// User ID and password of a customer.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRow {
    pub id: String,
    pub customer_id: String,
    pub user_id: String,
    /// The user ID as it is compared.
    pub user_key: String,
    /// A PHC string.
    pub password_hash: String,
    pub created_at: i64,
    pub password_at: i64,
}

/// Without the hash.
impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountRow").field("id", &self.id).finish_non_exhaustive()
    }
}

fn account(row: &AnyRow) -> Result<AccountRow, sqlx::Error> {
    Ok(AccountRow {
        id: col(row, "id")?,
        customer_id: col(row, "customer_id")?,
        user_id: col(row, "user_id")?,
        user_key: col(row, "user_key")?,
        password_hash: col(row, "password_hash")?,
        created_at: col(row, "created_at")?,
        password_at: col(row, "password_at")?,
    })
}

impl Tx {
    /// By the user ID's key.
    pub async fn account_by_key(&mut self, user_key: &str) -> Stored<Option<AccountRow>> {
        let row = sqlx::query("SELECT * FROM accounts WHERE user_key = $1")
            .bind(user_key)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// By the customer.
    pub async fn account_of(&mut self, customer_id: &str) -> Stored<Option<AccountRow>> {
        let row = sqlx::query("SELECT * FROM accounts WHERE customer_id = $1")
            .bind(customer_id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// By id.
    pub async fn account(&mut self, id: &str) -> Stored<Option<AccountRow>> {
        let row = sqlx::query("SELECT * FROM accounts WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// By id, held until the transaction ends: whoever changes the password or opens a session comes one after another.
    pub async fn hold_account(&mut self, id: &str) -> Stored<Option<AccountRow>> {
        let row = sqlx::query("UPDATE accounts SET user_id = user_id WHERE id = $1 RETURNING *")
            .bind(id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.as_ref().map(account).transpose()?)
    }

    /// Adds an account unless the customer or the user ID has one; says whether it did.
    pub async fn add_account(&mut self, account: &AccountRow) -> Stored<bool> {
        let done = sqlx::query(
            "INSERT INTO accounts (id, customer_id, user_id, user_key, password_hash, created_at, password_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        )
        .bind(&account.id)
        .bind(&account.customer_id)
        .bind(&account.user_id)
        .bind(&account.user_key)
        .bind(&account.password_hash)
        .bind(account.created_at)
        .bind(account.password_at)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Sets a new password.
    pub async fn set_password(&mut self, account_id: &str, password_hash: &str, now: i64) -> Stored<()> {
        sqlx::query("UPDATE accounts SET password_hash = $2, password_at = $3 WHERE id = $1")
            .bind(account_id)
            .bind(password_hash)
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// The same password under newer parameters, unless it was changed meanwhile.
    pub async fn rehash_password(&mut self, account_id: &str, old_hash: &str, new_hash: &str) -> Stored<()> {
        sqlx::query("UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
            .bind(account_id)
            .bind(old_hash)
            .bind(new_hash)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Gives the account another user ID, as the contract's address changed.
    pub async fn set_user_id(&mut self, account_id: &str, user_id: &str, user_key: &str) -> Stored<()> {
        sqlx::query("UPDATE accounts SET user_id = $2, user_key = $3 WHERE id = $1")
            .bind(account_id)
            .bind(user_id)
            .bind(user_key)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Whether this browser has signed in to the account before.
    pub async fn is_known_browser(&mut self, browser: &str, account_id: &str) -> Stored<bool> {
        let row = sqlx::query("SELECT browser FROM known_browsers WHERE browser = $1 AND account_id = $2")
            .bind(browser)
            .bind(account_id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.is_some())
    }

    /// The browsers that have signed in to an account, hashed.
    pub async fn known_browsers(&mut self, account_id: &str) -> Stored<Vec<String>> {
        let rows = sqlx::query("SELECT browser FROM known_browsers WHERE account_id = $1 ORDER BY browser")
            .bind(account_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows.iter().map(|row| col(row, "browser")).collect::<Result<_, _>>()?)
    }

    /// Forgets browsers that last signed in before `before`.
    pub async fn purge_known_browsers(&mut self, before: i64) -> Stored<u64> {
        let done =
            sqlx::query("DELETE FROM known_browsers WHERE seen_at < $1").bind(before).execute(&mut *self.0).await?;
        Ok(done.rows_affected())
    }

    /// A browser goes on under another mark, with every account that it is known to.
    pub async fn rename_browser(&mut self, from: &str, to: &str) -> Stored<()> {
        sqlx::query("UPDATE known_browsers SET browser = $2 WHERE browser = $1")
            .bind(from)
            .bind(to)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Remembers that this browser has signed in to the account.
    pub async fn know_browser(&mut self, browser: &str, account_id: &str, now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO known_browsers (browser, account_id, seen_at) VALUES ($1, $2, $3) \
             ON CONFLICT (browser, account_id) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(browser)
        .bind(account_id)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}
