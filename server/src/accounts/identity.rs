//! The identity check: one number of a contract, the holder's kana name, a phone. One uniform answer whichever was wrong.

use super::progress::Turn;
use super::{Accounts, cookies, counters, stored};
use crate::secret::token_hash;
use crate::store::{CustomerRow, Tx};
use app::fault::Fault;
use app::port::Visitor;
use app::wire::{Field, Form, Notice, Problem};
use rules::contract_number::{ContractNumber, ContractNumberFault};
use rules::kana::{KanaFault, KanaName};
use rules::phone::{PhoneFault, PhoneNumber};

/// Whom an identity check found.
pub(super) struct Identified {
    pub customer: CustomerRow,
    /// Where mail goes; nothing when there is no address of their own.
    pub address: Option<(String, String)>,
    /// The user ID of the account, if there is one.
    pub account: Option<(String, String)>,
    /// The phone that was typed; empty where nobody was asked.
    phone: String,
}

const FIELDS: [Field; 3] = [Field::Number, Field::Kana, Field::Phone];

impl Accounts {
    /// Checks the posted identity. Nothing means: the problems are noted in the turn.
    pub(super) async fn identify(
        &self,
        turn: &mut Turn,
        visitor: &Visitor,
        form: &Form,
    ) -> Result<Option<Identified>, Fault> {
        turn.keep(form, &FIELDS);
        let number = ContractNumber::parse(form.field(Field::Number));
        let kana = KanaName::parse(form.field(Field::Kana));
        let phone = PhoneNumber::parse(form.field(Field::Phone));
        let (Ok(number), Ok(kana), Ok(phone)) = (&number, &kana, &phone) else {
            if let Err(fault) = number {
                turn.problem(Some(Field::Number), number_problem(&fault));
            }
            if let Err(fault) = kana {
                turn.problem(Some(Field::Kana), kana_problem(&fault));
            }
            if let Err(fault) = phone {
                turn.problem(Some(Field::Phone), phone_problem(&fault));
            }
            return Ok(None);
        };
        let browser = self.browser(visitor);
        let keys = [
            counters::identity_browser(&browser),
            counters::identity_number(&self.keys, number.as_str()),
            format!("identity:address:{}", self.keys.pseudonym(&visitor.address)),
        ];
        if let Some(problem) = self.count_identity(turn, &keys).await? {
            turn.problem(None, problem);
            return Ok(None);
        }
        let found = turn.tx.identify(number.as_str(), &kana.key(), phone.as_str()).await.map_err(stored)?;
        let Some(customer) = found else {
            turn.problem(None, Problem::NoMatch);
            let counted = turn.tx.counter(&keys[0]).await.map_err(stored)?;
            if counted.n >= i64::from(self.limits.identity_misses_per_browser) {
                turn.flash.notice = Some(Notice::LastMiss(counted.last + self.limits.identity_browser_lock_ms));
            }
            return Ok(None);
        };
        turn.tx.clear_counter(&keys[0]).await.map_err(stored)?;
        // A match uses nothing up: behind a carrier's address there are thousands of people.
        for key in &keys[1..] {
            turn.tx.lower(key).await.map_err(stored)?;
        }
        turn.flash.kept.clear();
        let found = self.standing(&mut turn.tx, customer).await?;
        Ok(Some(Identified { phone: phone.as_str().to_owned(), ..found }))
    }

    /// Keeps the phone that was typed, sealed: of those on file, the only one that this browser may see again.
    pub(super) fn keep_phone(&self, turn: &mut Turn, found: &Identified) {
        turn.row.phone = self.keys.seal(&*self.dice, &found.phone);
    }

    /// How a customer stands: where mail goes, and whether there is an account.
    pub(super) async fn standing(&self, tx: &mut Tx, customer: CustomerRow) -> Result<Identified, Fault> {
        let account = tx.account_of(&customer.id).await.map_err(stored)?.map(|account| (account.id, account.user_id));
        let address = match (&customer.email, &customer.email_key) {
            (Some(email), Some(key)) => {
                let holder = tx.account_by_key(key).await.map_err(stored)?;
                let taken = holder.is_some_and(|other| other.customer_id != customer.id);
                (!taken).then(|| (email.clone(), key.clone()))
            }
            _ => None,
        };
        Ok(Identified { customer, address, account, phone: String::new() })
    }

    /// Counts this check before it is made, so that many at once cannot share a count. Says why it may not be made.
    async fn count_identity(&self, turn: &mut Turn, keys: &[String; 3]) -> Result<Option<Problem>, Fault> {
        let (limits, now) = (self.limits.clone(), turn.now);
        let [browser, number, address] = keys;
        let before = turn.tx.hold_counter(browser, now).await.map_err(stored)?;
        let locked_until = before.last + limits.identity_browser_lock_ms;
        if before.n >= i64::from(limits.identity_misses_per_browser) {
            if locked_until > now {
                return Ok(Some(Problem::WaitUntil(locked_until)));
            }
            turn.tx.clear_counter(browser).await.map_err(stored)?;
        }
        let by_address = turn.tx.raise(address, limits.identity_address_window_ms, now).await.map_err(stored)?;
        if by_address.n > i64::from(limits.identity_per_address) {
            turn.tx.lower(address).await.map_err(stored)?;
            return Ok(Some(Problem::BusyAddress(by_address.since + limits.identity_address_window_ms)));
        }
        let by_number = turn.tx.raise(number, limits.identity_contract_window_ms, now).await.map_err(stored)?;
        if by_number.n > i64::from(limits.identity_misses_per_contract) {
            turn.tx.lower(number).await.map_err(stored)?;
            return Ok(Some(Problem::CallCentre));
        }
        turn.tx.raise(browser, limits.identity_contract_window_ms, now).await.map_err(stored)?;
        Ok(None)
    }

    /// The browser's mark, hashed; a browser without one gets one with this answer.
    pub(super) fn browser(&self, visitor: &Visitor) -> String {
        if let Some(mark) = visitor.cookie(cookies::BROWSER_COOKIE) {
            return token_hash(mark);
        }
        let mark = self.dice.token();
        cookies::set_browser(visitor, &mark);
        token_hash(&mark)
    }

    /// A mark of its own from here on, for a year: nobody who saw the one from before is taken for this browser, and who signs in
    /// now and then does not become a stranger.
    pub(super) async fn renew_browser(&self, tx: &mut Tx, visitor: &Visitor, mark: &str) -> Result<String, Fault> {
        let browser = token_hash(mark);
        if let Some(before) = visitor.cookie(cookies::BROWSER_COOKIE) {
            tx.rename_browser(&token_hash(before), &browser).await.map_err(stored)?;
        }
        cookies::set_browser(visitor, mark);
        Ok(browser)
    }
}

fn number_problem(fault: &ContractNumberFault) -> Problem {
    match fault {
        ContractNumberFault::Empty => Problem::Empty,
        ContractNumberFault::Character(character) => Problem::Character(*character),
        ContractNumberFault::TooShort => Problem::TooShort,
        ContractNumberFault::TooLong => Problem::TooLong,
    }
}

fn kana_problem(fault: &KanaFault) -> Problem {
    match fault {
        KanaFault::Empty => Problem::Empty,
        KanaFault::Kanji(character) => Problem::Kanji(*character),
        KanaFault::Latin(character) => Problem::Latin(*character),
        KanaFault::Digit(character) => Problem::Digit(*character),
        KanaFault::Character(character) => Problem::Character(*character),
        KanaFault::TooLong => Problem::TooLong,
    }
}

pub(super) fn phone_problem(fault: &PhoneFault) -> Problem {
    match fault {
        PhoneFault::Empty => Problem::Empty,
        PhoneFault::Character(character) => Problem::Character(*character),
        PhoneFault::NoLeadingZero => Problem::NoLeadingZero,
        PhoneFault::Length => Problem::PhoneLength,
    }
}
