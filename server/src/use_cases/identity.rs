//! The identity check: one number of a contract, the holder's kana name, a phone. One uniform answer whichever was wrong.

use super::UseCaseError;
use super::context::Context;
use super::counters::{Counter, FromAddress, Refused};
use super::flow::FlowTransaction;
use crate::secret::Keys;
use crate::store::{AccountId, BrowserId, CustomerRow, IdentityKeys, Tx};
use app::form_checks::{self, IDENTITY_FIELDS, TypedIdentity};
use app::port::Visitor;
use app::wire::{Form, Notice, Problem};
use rules::limits::Limit;

/// What an identity check was counted by.
struct Counted {
    browser: Counter,
    address: FromAddress,
    /// With how often each pair was tried.
    pairs: Vec<(Counter, i64)>,
}

/// Returns a counter for each pair of what is asked for. Whoever knows two of the three has a few tries at the third; whoever knows only
/// one cannot close the check for anybody else.
pub(crate) fn identity_pairs(keys: &Keys, who: &IdentityKeys<'_>) -> [Counter; 3] {
    let IdentityKeys { number, kana_key, phone } = *who;
    [
        Counter::of_pair(keys, Limit::IdentityOfNumberAndName, [number, kana_key]),
        Counter::of_pair(keys, Limit::IdentityOfNumberAndPhone, [number, phone]),
        Counter::of_pair(keys, Limit::IdentityOfNameAndPhone, [kana_key, phone]),
    ]
}

/// Whom an identity check found.
pub(super) struct IdentityMatch {
    pub customer: CustomerRow,
    /// Where mail goes; nothing when there is no address of their own.
    pub address: Option<(String, String)>,
    /// The user ID of the account, if there is one.
    pub account: Option<(AccountId, String)>,
    /// The phone that was typed; empty where nobody was asked.
    phone: String,
}

/// The identity check of enrolment and inquiry.
pub(super) struct IdentityCheck<'a> {
    context: &'a Context,
}

impl Context {
    pub(super) const fn identity_check(&self) -> IdentityCheck<'_> {
        IdentityCheck { context: self }
    }
}

impl IdentityCheck<'_> {
    /// Checks the posted identity. Returns nothing where there are problems, which are noted in the transaction.
    pub(super) async fn identify(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Option<IdentityMatch>, UseCaseError> {
        flow_tx.keep(form, &IDENTITY_FIELDS);
        let typed = match form_checks::identity(form) {
            Ok(typed) => typed,
            Err(problems) => {
                flow_tx.flash.problems.extend(problems);
                return Ok(None);
            }
        };
        let browser = self.context.browser(visitor, &mut flow_tx.cookies);
        let counted = match self.count_identity(flow_tx, visitor, &browser, &typed).await? {
            Ok(counted) => counted,
            Err(refused) => {
                flow_tx.problem(None, refused.problem());
                return Ok(None);
            }
        };
        let TypedIdentity { number, kana, phone } = &typed;
        let found = flow_tx
            .tx
            .identify(&IdentityKeys { number: number.as_str(), kana_key: &kana.key(), phone: phone.as_str() })
            .await?;
        let Some(customer) = found else {
            self.missed(flow_tx, &counted).await?;
            return Ok(None);
        };
        flow_tx.proven = true;
        counted.browser.clear(&mut flow_tx.tx).await?;
        // A match uses nothing up.
        counted.address.undo(&mut flow_tx.tx).await?;
        for (counter, _) in &counted.pairs {
            counter.undo(&mut flow_tx.tx).await?;
        }
        flow_tx.flash.old_input.clear();
        let found = self.identity_match(&mut flow_tx.tx, customer).await?;
        Ok(Some(IdentityMatch { phone: phone.as_str().to_owned(), ..found }))
    }

    /// Keeps the phone that was typed, sealed: of those on file, the only one that this browser may see again.
    pub(super) fn keep_phone(&self, flow_tx: &mut FlowTransaction, found: &IdentityMatch) {
        flow_tx.row.phone = self.context.keys.seal(&*self.context.rng, &found.phone);
    }

    /// Counts that the user ID of an account is told once more. Returns false, and notes the problem, where it may not be told now: it is
    /// not shown without an end to how often, whatever flow shows it. Where there is no account there is nothing to tell.
    pub(super) async fn may_tell_user_id(
        &self,
        flow_tx: &mut FlowTransaction,
        found: &IdentityMatch,
    ) -> Result<bool, UseCaseError> {
        let Some((account_id, _)) = &found.account else { return Ok(true) };
        let counter = self.context.counter(Limit::UserIdsTold, account_id);
        match counter.count(&mut flow_tx.tx, &self.context.limits, flow_tx.now).await? {
            Ok(_) => Ok(true),
            Err(refused) => {
                flow_tx.problem(None, refused.problem());
                Ok(false)
            }
        }
    }

    /// How a customer stands: where mail goes, and whether there is an account.
    pub(super) async fn identity_match(
        &self,
        tx: &mut Tx,
        customer: CustomerRow,
    ) -> Result<IdentityMatch, UseCaseError> {
        let account = tx.account_of(&customer.id).await?.map(|account| (account.id, account.user_id));
        let address = match (&customer.email, &customer.email_key) {
            (Some(email), Some(key)) => {
                let holder = tx.account_by_key(key).await?;
                let taken = holder.is_some_and(|other| other.customer_id != customer.id);
                (!taken).then(|| (email.clone(), key.clone()))
            }
            _ => None,
        };
        Ok(IdentityMatch { customer, address, account, phone: String::new() })
    }

    /// Counts this check before it is made. Returns why it may not be made, if it may not. A client address is never the reason, since
    /// strangers may share it.
    async fn count_identity(
        &self,
        flow_tx: &mut FlowTransaction,
        visitor: &Visitor,
        browser: &BrowserId,
        TypedIdentity { number, kana, phone }: &TypedIdentity,
    ) -> Result<Result<Counted, Refused>, UseCaseError> {
        let (limits, now) = (self.context.limits.clone(), flow_tx.now);
        let browser = self.context.counter(Limit::IdentityOfBrowser, browser);
        let before = browser.hold(&mut flow_tx.tx, now).await?;
        let locked_until = before.last.saturating_add(limits.identity_browser_lock_ms);
        if before.n >= i64::from(limits.identity_misses_per_browser) {
            if locked_until > now {
                return Ok(Err(browser.refused_until(locked_until)));
            }
            browser.clear(&mut flow_tx.tx).await?;
        }
        let address = self.context.count_address(&mut flow_tx.tx, Limit::IdentityFromAddress, visitor, now).await?;
        let mut counted = Counted { browser, address, pairs: Vec::new() };
        let who = IdentityKeys { number: number.as_str(), kana_key: &kana.key(), phone: phone.as_str() };
        for counter in identity_pairs(&self.context.keys, &who) {
            match counter.count(&mut flow_tx.tx, &limits, now).await? {
                Ok(row) => counted.pairs.push((counter, row.n)),
                Err(refused) => {
                    // It was not looked at.
                    for (counter, _) in &counted.pairs {
                        counter.undo(&mut flow_tx.tx).await?;
                    }
                    return Ok(Err(refused));
                }
            }
        }
        counted.browser.add(&mut flow_tx.tx, &limits, now).await?;
        Ok(Ok(counted))
    }

    /// Notes that nothing matched, and what follows from that.
    async fn missed(&self, flow_tx: &mut FlowTransaction, counted: &Counted) -> Result<(), UseCaseError> {
        counted.address.log();
        flow_tx.problem(None, counted.address.refused.map_or(Problem::NoMatch, Refused::problem));
        let misses = counted.browser.read(&mut flow_tx.tx, flow_tx.now).await?;
        if misses.n >= i64::from(self.context.limits.identity_misses_per_browser) {
            let until = misses.last.saturating_add(self.context.limits.identity_browser_lock_ms);
            flow_tx.flash.notice = Some(Notice::LastMiss(until));
        }
        // Many numbers that close within an hour are not an accident: somebody tries out phones.
        if counted.pairs.first().is_some_and(|(counter, n)| counter.is_full(*n, &self.context.limits)) {
            let closed = self.context.counter(Limit::ClosedNumbers, "");
            let closed = closed.add(&mut flow_tx.tx, &self.context.limits, flow_tx.now).await?;
            if closed.n == i64::from(self.context.limits.identity_closed_numbers) {
                tracing::warn!(
                    event = "many_numbers_closed",
                    numbers = closed.n,
                    "many contract numbers were closed by failed identity checks"
                );
            }
        }
        Ok(())
    }
}
