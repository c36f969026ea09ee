//! Customers and their contracts. They are imported, and customers never change them.

use super::{CustomerId, FileColumn, Stored, Tx, locking};
use rules::ContractStatus;
use rules::user_id::UserId;

/// The policyholder of contracts.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CustomerRow {
    pub id: CustomerId,
    /// Full-width katakana as shown.
    pub kana: String,
    /// The form of the name that is compared.
    pub kana_key: String,
    pub email: Option<String>,
    /// The registered address, case-folded.
    pub email_key: Option<String>,
}

/// What somebody is identified by, in the forms that are compared.
#[derive(Clone, Copy)]
pub struct IdentityKeys<'a> {
    pub number: &'a str,
    pub kana_key: &'a str,
    pub phone: &'a str,
}

/// One contract as imported. Dates are ISO 8601, money is in yen.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ContractRow {
    pub id: String,
    pub customer_id: CustomerId,
    pub policy_number: Option<String>,
    pub renewal_number: Option<String>,
    pub quote_number: Option<String>,
    pub product: String,
    #[sqlx(try_from = "String")]
    pub status: ContractStatus,
    pub starts_on: String,
    pub ends_on: String,
    pub vehicle: String,
    pub plate: String,
    pub displacement_cc: i64,
    pub first_registered: String,
    pub usage: String,
    pub rider_scope: String,
    pub grade: i64,
    pub bodily_injury: String,
    pub property_damage: String,
    pub personal_injury: String,
    pub vehicle_cover: String,
    pub roadside: String,
    pub premium_yen: i64,
    pub payment: String,
    /// The premium of the next term, where the insurer has told it.
    pub next_premium_yen: Option<i64>,
    /// The first day of the next term, where the insurer has told it.
    pub next_starts_on: Option<String>,
}

impl ContractRow {
    /// The columns of the numbers that the identity check takes.
    pub const NUMBERS: [FileColumn; 3] = [FileColumn::PolicyNumber, FileColumn::RenewalNumber, FileColumn::QuoteNumber];

    /// Returns the numbers of these columns, each where the contract has it.
    #[must_use]
    pub fn numbers(&self) -> [Option<&str>; Self::NUMBERS.len()] {
        [self.policy_number.as_deref(), self.renewal_number.as_deref(), self.quote_number.as_deref()]
    }
}

impl Tx {
    /// Returns the customer who has a contract with this number, this name and, among others, this phone.
    pub async fn identify(&mut self, who: &IdentityKeys<'_>) -> Stored<Option<CustomerRow>> {
        let row = sqlx::query_as(
            "SELECT u.id, u.kana, u.kana_key, u.email, u.email_key FROM contract_numbers n \
             JOIN contracts c ON c.id = n.contract_id JOIN customers u ON u.id = c.customer_id \
             JOIN customer_phones p ON p.customer_id = u.id \
             WHERE n.number = $1 AND u.kana_key = $2 AND p.phone = $3",
        )
        .bind(who.number)
        .bind(who.kana_key)
        .bind(who.phone)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Returns the customer with this id.
    pub async fn customer(&mut self, id: &CustomerId) -> Stored<Option<CustomerRow>> {
        let row = sqlx::query_as("SELECT id, kana, kana_key, email, email_key FROM customers WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row)
    }

    /// Locks a customer until the transaction ends, so that two procedures of the same customer follow one another.
    pub async fn lock_customer(&mut self, id: &CustomerId) -> Stored<()> {
        let sql = self.locking(locking!("SELECT id FROM customers WHERE id = $1"));
        sqlx::query(sql).bind(id).fetch_optional(&mut *self.0).await?;
        Ok(())
    }

    /// Returns a customer whose registered address has this key and who has no account.
    pub async fn customer_without_account(&mut self, email_key: &str) -> Stored<Option<CustomerRow>> {
        let row = sqlx::query_as(
            "SELECT id, kana, kana_key, email, email_key FROM customers WHERE email_key = $1 \
             AND NOT EXISTS (SELECT 1 FROM accounts WHERE accounts.customer_id = customers.id) ORDER BY id LIMIT 1",
        )
        .bind(email_key)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Returns every customer whose registered address has this key.
    pub async fn customers_by_email(&mut self, email_key: &str) -> Stored<Vec<CustomerRow>> {
        let rows = sqlx::query_as(
            "SELECT id, kana, kana_key, email, email_key FROM customers WHERE email_key = $1 ORDER BY id",
        )
        .bind(email_key)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Returns the customer who has a contract with this number.
    pub async fn customer_by_number(&mut self, number: &str) -> Stored<Option<CustomerRow>> {
        let row = sqlx::query_as(
            "SELECT u.id, u.kana, u.kana_key, u.email, u.email_key FROM contract_numbers n \
             JOIN contracts c ON c.id = n.contract_id JOIN customers u ON u.id = c.customer_id WHERE n.number = $1",
        )
        .bind(number)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row)
    }

    /// Registers another address for a customer.
    pub async fn set_email(&mut self, customer_id: &CustomerId, address: &UserId, now: i64) -> Stored<()> {
        sqlx::query("UPDATE customers SET email = $2, email_key = $3, updated_at = $4 WHERE id = $1")
            .bind(customer_id)
            .bind(address.as_str())
            .bind(address.key())
            .bind(now)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    /// Returns the phones of a customer, digits only.
    pub async fn phones(&mut self, customer_id: &CustomerId) -> Stored<Vec<String>> {
        let rows = sqlx::query_scalar("SELECT phone FROM customer_phones WHERE customer_id = $1 ORDER BY phone")
            .bind(customer_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Returns the contracts of a customer, the one that ends last first.
    pub async fn contracts_of(&mut self, customer_id: &CustomerId) -> Stored<Vec<ContractRow>> {
        let rows = sqlx::query_as("SELECT * FROM contracts WHERE customer_id = $1 ORDER BY ends_on DESC, id")
            .bind(customer_id)
            .fetch_all(&mut *self.0)
            .await?;
        Ok(rows)
    }

    /// Adds or updates a customer. The phones become exactly these.
    pub async fn put_customer(&mut self, customer: &CustomerRow, phones: &[String], now: i64) -> Stored<()> {
        sqlx::query(
            "INSERT INTO customers (id, kana, kana_key, email, email_key, updated_at) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (id) DO UPDATE SET kana = excluded.kana, kana_key = excluded.kana_key, \
             email = excluded.email, email_key = excluded.email_key, updated_at = excluded.updated_at",
        )
        .bind(&customer.id)
        .bind(&customer.kana)
        .bind(&customer.kana_key)
        .bind(customer.email.as_deref())
        .bind(customer.email_key.as_deref())
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        sqlx::query("DELETE FROM customer_phones WHERE customer_id = $1")
            .bind(&customer.id)
            .execute(&mut *self.0)
            .await?;
        for phone in phones {
            sqlx::query("INSERT INTO customer_phones (customer_id, phone) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(&customer.id)
                .bind(phone)
                .execute(&mut *self.0)
                .await?;
        }
        Ok(())
    }
}
