//! Accounts. A customer has one once the enrolment is confirmed.

use super::{AccountId, BrowserId, CustomerId, Stored, Tx, locking};
use crate::secret::Argon2Params;
use rules::user_id::UserId;

/// The user ID and the password of a customer.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountRow {
    pub id: AccountId,
    pub customer_id: CustomerId,
    pub user_id: String,
    /// The normalised user ID, which is compared and unique.
    pub user_key: String,
    /// The hash, as a PHC string.
    pub password_hash: String,
    pub created_at: i64,
    pub password_at: i64,
}

/// The same password's hash with other parameters, as PHC strings.
#[derive(Clone, Copy)]
pub struct Rehash<'a> {
    pub old: &'a str,
    pub new: &'a str,
}

/// Leaves the password hash out.
impl std::fmt::Debug for AccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountRow").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Tx {
    /// Returns the account with this key of the user ID.
    pub async fn account_by_key(&mut self, user_key: &str) -> Stored<Option<AccountRow>> {
        let row = sqlx::query_as("SELECT * FROM accounts WHERE user_key = $1")
            .bind(user_key)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row)
    }

    /// Returns the account of a customer.
    pub async fn account_of(&mut self, customer_id: &CustomerId) -> Stored<Option<AccountRow>> {
        let row = sqlx::query_as("SELECT * FROM accounts WHERE customer_id = $1")
            .bind(customer_id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row)
    }

    /// Returns the account with this id.
    pub async fn account(&mut self, id: &AccountId) -> Stored<Option<AccountRow>> {
        let row = sqlx::query_as("SELECT * FROM accounts WHERE id = $1").bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Returns the account with this id and locks it until the transaction ends, so that password changes and new sessions follow
    /// one another.
    pub async fn lock_account(&mut self, id: &AccountId) -> Stored<Option<AccountRow>> {
        let sql = self.locking(locking!("SELECT * FROM accounts WHERE id = $1"));
        let row = sqlx::query_as(sql).bind(id).fetch_optional(&mut *self.0).await?;
        Ok(row)
    }

    /// Returns the parameters of the password hashes, and how many accounts have each.
    pub async fn argon2_params_in_use(&mut self) -> Stored<Vec<(Argon2Params, u64)>> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT params, COUNT(*) AS n FROM (SELECT substr(password_hash, 1, length(password_hash) - $1) AS params FROM accounts) AS hashes \
             GROUP BY params",
        )
        .bind(Argon2Params::PHC_TAIL)
        .fetch_all(&mut *self.0)
        .await?;
        let sets = rows.into_iter().filter_map(|(params, accounts)| {
            Some((Argon2Params::parse(&params)?, u64::try_from(accounts).unwrap_or_default()))
        });
        Ok(sets.collect())
    }

    /// Adds an account, unless the customer or the user ID already has one. Returns whether it did.
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
    pub async fn set_password(&mut self, account_id: &AccountId, password_hash: &str, now: i64) -> Stored<()> {
        sqlx::query("UPDATE accounts SET password_hash = $2, password_at = $3 WHERE id = $1")
            .bind(account_id)
            .bind(password_hash)
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Stores the hash of the same password with newer parameters, unless the password was changed in the meantime.
    pub async fn rehash_password(&mut self, account_id: &AccountId, rehash: Rehash<'_>) -> Stored<()> {
        sqlx::query("UPDATE accounts SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
            .bind(account_id)
            .bind(rehash.old)
            .bind(rehash.new)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Gives the account another user ID, because the registered address has changed.
    pub async fn set_user_id(&mut self, account_id: &AccountId, user_id: &UserId) -> Stored<()> {
        sqlx::query("UPDATE accounts SET user_id = $2, user_key = $3 WHERE id = $1")
            .bind(account_id)
            .bind(user_id.as_str())
            .bind(user_id.key())
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns whether this browser has signed in to the account before.
    pub async fn is_known_browser(&mut self, browser: &BrowserId, account_id: &AccountId) -> Stored<bool> {
        let row = sqlx::query("SELECT browser FROM known_browsers WHERE browser = $1 AND account_id = $2")
            .bind(browser)
            .bind(account_id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.is_some())
    }

    /// Returns the hashed marks of the browsers that have signed in to an account.
    pub async fn known_browsers(&mut self, account_id: &AccountId) -> Stored<Vec<BrowserId>> {
        let browsers = sqlx::query_scalar("SELECT browser FROM known_browsers WHERE account_id = $1 ORDER BY browser")
            .bind(account_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(browsers)
    }

    /// Gives a browser another mark, for every account that knows it.
    pub async fn rename_browser(&mut self, from: &BrowserId, to: &BrowserId) -> Stored<()> {
        sqlx::query("UPDATE known_browsers SET browser = $2 WHERE browser = $1")
            .bind(from)
            .bind(to)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Remembers that this browser has signed in to the account.
    pub async fn know_browser(&mut self, browser: &BrowserId, account_id: &AccountId, now: i64) -> Stored<()> {
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
