//! Counting. The key of a counter is made here and nowhere else, from its limit and what it counts by; personal values in it are
//! hashed.
//!
//! A try is counted before it is judged, so that many at the same time cannot share one count.

use super::UseCaseError;
use super::context::Context;
use crate::metrics;
use crate::secret::Keys;
use crate::store::{BrowserId, CounterRow, Stored, Tx};
use app::port::Visitor;
use app::wire::Problem;
use rules::limits::{Limit, Limits, Window};

/// The part of a user ID's counter for browsers that have not signed in to it before.
pub(crate) const STRANGERS: &str = "strangers";
/// The part that holds how many wrong passwords of strangers the owner has not been told about. A right one sets the streak back, and not
/// this.
pub(crate) const UNTOLD: &str = "untold";

/// One counter: what it counts, and by what.
#[derive(Clone, Debug)]
pub(crate) struct Counter {
    limit: Limit,
    key: String,
    /// How many times the limit's most there may be.
    factor: u32,
}

/// The refusal of what would exceed a limit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Refused {
    limit: Limit,
    /// When the next one is accepted.
    pub until: i64,
}

impl Refused {
    /// Returns what the person is told.
    pub fn problem(self) -> Problem {
        match self.limit {
            Limit::CodeMails | Limit::EnrolmentMails | Limit::ResetMails => Problem::MailsUntil(self.until),
            Limit::UserIdsTold => Problem::ToldUntil(self.until),
            Limit::WrongPasswords | Limit::WrongCodes | Limit::PasswordsFromAddress => Problem::LockedUntil(self.until),
            Limit::WrongPresentPasswords | Limit::IdentityOfBrowser => Problem::WaitUntil(self.until),
            Limit::IdentityOfNumberAndName
            | Limit::IdentityOfNumberAndPhone
            | Limit::IdentityOfNameAndPhone
            | Limit::ClosedNumbers => Problem::CallCentre,
            Limit::IdentityFromAddress | Limit::ResetsFromAddress | Limit::FlowsFromAddress => Problem::BusyAddress,
            Limit::LinkPasswords | Limit::LinkPhones => Problem::LinkLocked,
        }
    }
}

impl Counter {
    /// Returns the counter of a limit for one subject: an account, a user ID, an address, a link.
    pub fn new(keys: &Keys, limit: Limit, subject: &(impl AsRef<str> + ?Sized)) -> Self {
        Self { limit, key: format!("{}:{}", limit.as_str(), keys.pseudonym(subject.as_ref())), factor: 1 }
    }

    /// Returns the counter of a limit for two values together.
    pub fn of_pair(keys: &Keys, limit: Limit, pair: [&str; 2]) -> Self {
        Self::new(keys, limit, &pair.join("\n"))
    }

    /// Returns one of several counters of the same subject.
    pub fn part(&self, part: &str) -> Self {
        Self { key: format!("{}:{part}", self.key), ..self.clone() }
    }

    /// Returns every part of a user ID's counter of wrong passwords. `browsers`: those that have signed in to its account.
    pub fn parts(&self, browsers: &[BrowserId]) -> Vec<Self> {
        let own = browsers.iter().map(|browser| self.part(browser.as_str()));
        [STRANGERS, UNTOLD].map(|part| self.part(part)).into_iter().chain(own).collect()
    }

    /// Returns the limit that it counts for.
    pub const fn limit(&self) -> Limit {
        self.limit
    }

    pub async fn read(&self, tx: &mut Tx, now: i64) -> Stored<CounterRow> {
        tx.counter(&self.key, now).await
    }

    /// Corrects a count in the future, which a clock that was ahead wrote: it then counts as made now, so that a wait begins once and
    /// not with every look.
    pub async fn settle(&self, tx: &mut Tx, now: i64) -> Stored<()> {
        tx.settle_counter(&self.key, now).await
    }

    /// Reads it and locks it until the transaction ends.
    pub async fn hold(&self, tx: &mut Tx, now: i64) -> Stored<CounterRow> {
        tx.lock_counter(&self.key, now).await
    }

    /// Counts one more, whatever it comes to.
    pub async fn add(&self, tx: &mut Tx, limits: &Limits, now: i64) -> Stored<CounterRow> {
        let (Window::Fixed(window_ms) | Window::Streak { kept_ms: window_ms, .. }) = self.limit.window(limits);
        tx.increment(&self.key, window_ms, now).await
    }

    /// Counts one more, unless the limit is reached: then nothing is counted.
    pub async fn count(&self, tx: &mut Tx, limits: &Limits, now: i64) -> Stored<Result<CounterRow, Refused>> {
        let counted = self.add(tx, limits, now).await?;
        if counted.n <= self.most(limits) {
            return Ok(Ok(counted));
        }
        self.undo(tx).await?;
        Ok(Err(self.refused(counted, limits)))
    }

    /// Takes back a count that turned out not to count.
    pub async fn undo(&self, tx: &mut Tx) -> Stored<()> {
        tx.decrement_counter(&self.key).await
    }

    /// Takes back a count whose try was not judged, so that no wait starts again because of it.
    pub async fn restore(&self, tx: &mut Tx, before: CounterRow) -> Stored<()> {
        tx.restore_counter(&self.key, before).await
    }

    /// Sets it back to nothing. Returns whether anything was counted.
    pub async fn clear(&self, tx: &mut Tx) -> Stored<bool> {
        tx.clear_counter(&self.key).await
    }

    /// Returns whether this count has just reached the limit.
    pub fn is_full(&self, n: i64, limits: &Limits) -> bool {
        n == self.most(limits)
    }

    /// Returns the refusal of any more before this time.
    pub fn refused_until(&self, until: i64) -> Refused {
        metrics::refused_by(self.limit);
        Refused { limit: self.limit, until }
    }

    fn most(&self, limits: &Limits) -> i64 {
        i64::from(self.limit.most(limits)).saturating_mul(self.factor.into())
    }

    fn refused(&self, counted: CounterRow, limits: &Limits) -> Refused {
        let window = match self.limit.window(limits) {
            Window::Fixed(ms) => ms,
            Window::Streak { .. } => 0,
        };
        self.refused_until(counted.since.saturating_add(window))
    }
}

/// The counts of a client address, which strangers may share.
pub(crate) struct FromAddress {
    counters: Vec<Counter>,
    /// The count of the address itself, without the network around it.
    pub n: i64,
    /// The refusal, if there were too many.
    pub refused: Option<Refused>,
    /// Whether it is the first refusal in its window.
    first: bool,
}

impl FromAddress {
    /// Takes back a try that was right: thousands of people share a carrier's address.
    pub async fn undo(&self, tx: &mut Tx) -> Stored<()> {
        for counter in &self.counters {
            counter.undo(tx).await?;
        }
        Ok(())
    }

    /// Logs one line when the limit is reached, and none for what follows.
    pub fn log(&self) {
        if let Some(refused) = self.refused.filter(|_| self.first) {
            tracing::warn!(
                event = "limit_reached",
                limit = refused.limit.as_str(),
                "a client address has reached a limit"
            );
        }
    }
}

impl Context {
    pub(crate) fn counter(&self, limit: Limit, subject: &(impl AsRef<str> + ?Sized)) -> Counter {
        Counter::new(&self.keys, limit, subject)
    }

    /// Counts one more from a client's address, and from the network around it where that is IPv6.
    pub(super) async fn count_address(
        &self,
        tx: &mut Tx,
        limit: Limit,
        visitor: &Visitor,
        now: i64,
    ) -> Stored<FromAddress> {
        let mut counters = vec![self.counter(limit, &visitor.address)];
        if let Some(network) = &visitor.network {
            let factor = self.limits.ipv6_site_factor;
            counters.push(Counter { factor, ..self.counter(limit, network) });
        }
        let mut found = FromAddress { counters, n: 0, refused: None, first: false };
        for (at, counter) in found.counters.iter().enumerate() {
            let counted = counter.add(tx, &self.limits, now).await?;
            if at == 0 {
                found.n = counted.n;
            }
            if counted.n > counter.most(&self.limits) {
                found.refused = found.refused.or(Some(counter.refused(counted, &self.limits)));
                found.first |= counted.n == counter.most(&self.limits).saturating_add(1);
            }
        }
        Ok(found)
    }

    /// Takes back a try that was not judged; the one before it is the last again.
    pub(super) async fn uncount(&self, counter: &Counter, before: CounterRow) -> Result<(), UseCaseError> {
        let mut tx = self.store.begin().await?;
        counter.restore(&mut tx, before).await?;
        tx.commit().await.map_err(UseCaseError::from)
    }
}
