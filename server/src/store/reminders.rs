//! Renewal reminders: which contracts one is due for, which were written, and who wants none.

use super::{AccountId, CustomerId, Reference, Stored, Tx};

/// A contract that a reminder is due for.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ContractToRemind {
    pub contract_id: String,
    pub customer_id: CustomerId,
    /// The last day of its term, ISO 8601.
    pub ends_on: String,
}

/// A reminder that was written. There is one of its kind for a term.
#[derive(Clone, Copy)]
pub struct NewReminder<'a> {
    pub contract: &'a ContractToRemind,
    /// Which one: so many days before the last day.
    pub days: i64,
    /// The reference number of its mail.
    pub reference: &'a Reference,
    pub at: i64,
}

/// Completes a statement over contracts (`c`) and their holders' accounts (`a`): the contract can be renewed and is not, its holder wants
/// to be reminded, and neither this reminder (`$1`) nor a later one was written.
macro_rules! where_due {
    ($statement:literal, $end:literal) => {
        concat!(
            $statement,
            " AND c.status IN ('active', 'renewal') \
             AND NOT EXISTS (SELECT 1 FROM reminder_opt_outs o WHERE o.account_id = a.id) \
             AND NOT EXISTS (SELECT 1 FROM requests q WHERE q.contract_id = c.id AND q.kind = 'renewal' \
             AND q.term_ends_on = c.ends_on AND q.state IN ('received', 'in-progress', 'done')) \
             AND NOT EXISTS (SELECT 1 FROM renewal_reminders r WHERE r.contract_id = c.id AND r.term_ends_on = c.ends_on \
             AND r.days <= $1) ",
            $end
        )
    };
}

impl Tx {
    /// Returns contracts that this reminder is due for, of those that end on a day from `first` to `last`, ordered by that day and
    /// their id, after the one with `after`, at most `most`.
    pub async fn contracts_to_remind(
        &mut self,
        reminder: i64,
        (first, last): (&str, &str),
        after: (&str, &str),
        most: i64,
    ) -> Stored<Vec<ContractToRemind>> {
        let rows = sqlx::query_as(where_due!(
            "SELECT c.id AS contract_id, c.customer_id, c.ends_on FROM contracts c JOIN accounts a ON a.customer_id = c.customer_id \
             WHERE c.ends_on >= $2 AND c.ends_on <= $3 AND (c.ends_on > $4 OR (c.ends_on = $4 AND c.id > $5))",
            "ORDER BY c.ends_on, c.id LIMIT $6"
        ))
        .bind(reminder)
        .bind(first)
        .bind(last)
        .bind(after.0)
        .bind(after.1)
        .bind(most)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows)
    }

    /// Notes that a reminder is written, if it is still due. Returns whether it is: of many nodes at once exactly one writes it.
    pub async fn add_reminder(&mut self, reminder: NewReminder<'_>) -> Stored<bool> {
        let done = sqlx::query(where_due!(
            "INSERT INTO renewal_reminders (contract_id, term_ends_on, days, at, reference) SELECT c.id, c.ends_on, $1, $2, $3 \
             FROM contracts c JOIN accounts a ON a.customer_id = c.customer_id \
             WHERE c.id = $4 AND c.customer_id = $5 AND c.ends_on = $6",
            "ON CONFLICT DO NOTHING"
        ))
        .bind(reminder.days)
        .bind(reminder.at)
        .bind(reminder.reference)
        .bind(&reminder.contract.contract_id)
        .bind(&reminder.contract.customer_id)
        .bind(&reminder.contract.ends_on)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Returns the reference numbers of the reminders that were written for the present terms of a customer's contracts; only of one
    /// contract, if it is named.
    pub async fn reminders_of(
        &mut self,
        customer_id: &CustomerId,
        contract_id: Option<&str>,
    ) -> Stored<Vec<Reference>> {
        let references = sqlx::query_scalar(
            "SELECT r.reference FROM renewal_reminders r JOIN contracts c ON c.id = r.contract_id AND c.ends_on = r.term_ends_on \
             WHERE c.customer_id = $1 AND ($2 = '' OR c.id = $2) ORDER BY r.at, r.days",
        )
        .bind(customer_id)
        .bind(contract_id.unwrap_or_default())
        .fetch_all(&mut *self.0)
        .await?;
        Ok(references)
    }

    /// Returns whether the holder of an account wants reminders.
    pub async fn wants_reminders(&mut self, account_id: &AccountId) -> Stored<bool> {
        let row = sqlx::query("SELECT account_id FROM reminder_opt_outs WHERE account_id = $1")
            .bind(account_id)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.is_none())
    }

    /// Keeps that the holder of an account wants no reminders. Returns whether they did before.
    pub async fn stop_reminders(&mut self, account_id: &AccountId, now: i64) -> Stored<bool> {
        let done = sqlx::query(
            "INSERT INTO reminder_opt_outs (account_id, at) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING",
        )
        .bind(account_id)
        .bind(now)
        .execute(&mut *self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps that the holder of an account wants reminders again. Returns whether they did not before.
    pub async fn allow_reminders(&mut self, account_id: &AccountId) -> Stored<bool> {
        let done = sqlx::query("DELETE FROM reminder_opt_outs WHERE account_id = $1")
            .bind(account_id)
            .execute(&mut *self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
