//! The commands against a database with the demo contracts: what they change, what they say, what they keep to themselves.

use super::{account, context::AdminContext, customer, mail, purge, support};
use crate::clock::Clock;
use crate::config::StoreSettings;
use crate::import::Importer;
use crate::rng::{Rng, SystemRng};
use crate::secret::Keys;
use crate::store::{
    AccountRow, Actor, FlowRow, IdentityKeys, LinkRow, MailKind, MailState, OutboxRow, Revocation, SessionEnd,
    SessionRow, Store,
};
use crate::use_cases::counters::{Counter, STRANGERS};
use crate::use_cases::identity::identity_pairs;
use rules::flow::LinkKind;
use rules::limits::{Limit, Limits};
use rules::user_id::UserId;
use std::path::PathBuf;

const NOW: i64 = 1_800_000_000_000;
const DAY: i64 = 86_400_000;
const REFERENCE: &str = "7K2M-4XQ9";

struct FixedClock(i64);

impl Clock for FixedClock {
    fn now(&self) -> i64 {
        self.0
    }
}

struct Fresh {
    store: Store,
    clock: FixedClock,
    keys: Keys,
    file: PathBuf,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.file.display()));
        }
    }
}

impl Fresh {
    /// The demo customers; c-001 has an account, a session, a reset link and a mail.
    async fn open() -> Self {
        let rng: &dyn Rng = &SystemRng;
        let file = std::env::temp_dir().join(format!("nirin-staff-{}.db", rng.id()));
        let settings = StoreSettings { url: format!("sqlite://{}", file.display()), connections: 2 };
        let store = Store::open(&settings).await.unwrap();
        store.migrate().await.unwrap();
        let demo = std::fs::File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/demo/contracts.csv")).unwrap();
        let actor = Actor::Staff("test");
        let importer = Importer { store: &store, clock: &FixedClock(NOW), rng: &SystemRng, keys: None, actor };
        importer.run(demo, false).await.unwrap();
        let keys = Keys::parse(&format!("k1 = {}", "A".repeat(43))).unwrap();
        let fresh = Self { store, clock: FixedClock(NOW), keys, file };
        fresh.fill().await;
        fresh
    }

    async fn fill(&self) {
        let mut tx = self.store.begin().await.unwrap();
        let text = str::to_owned;
        let account = AccountRow {
            id: "a-1".into(),
            customer_id: "c-001".into(),
            user_id: text("taro@example.jp"),
            user_key: text("taro@example.jp"),
            password_hash: text("$argon2id$secret"),
            created_at: NOW - DAY,
            password_at: NOW - DAY,
        };
        assert!(tx.add_account(&account).await.unwrap());
        let session = SessionRow {
            id: "s".into(),
            public_id: text("p"),
            account_id: "a-1".into(),
            device: text("Mac"),
            created_at: NOW,
            seen_at: NOW,
            ended_at: None,
            end: None,
            arrived_at: None,
        };
        tx.add_session(&session).await.unwrap();
        tx.know_browser(&"browser-hash".into(), &"a-1".into(), NOW).await.unwrap();
        let link = LinkRow {
            id: "l-1".into(),
            token_hash: "secret-token-hash".into(),
            kind: LinkKind::Reset,
            reference: REFERENCE.into(),
            customer_id: Some("c-001".into()),
            account_id: Some("a-1".into()),
            user_id: text("taro@example.jp"),
            user_key: text("taro@example.jp"),
            flow_id: "f-1".into(),
            device: text("Mac"),
            password_hash: Some(text("$argon2id$secret")),
            created_at: NOW,
            expires_at: NOW + DAY,
            used_at: None,
            revoked_at: None,
            revocation: None,
            used_by: None,
        };
        tx.add_link(&link).await.unwrap();
        let flow = FlowRow {
            id: "f-1".into(),
            kind: text("sign-in"),
            step: text("code"),
            reference: REFERENCE.into(),
            customer_id: Some("c-001".into()),
            user_id: Some(text("taro@example.jp")),
            stepped_at: NOW,
            acted_at: NOW,
            created_at: NOW,
            ..FlowRow::default()
        };
        tx.put_flow(&flow).await.unwrap();
        let mail = OutboxRow {
            id: "-m1".into(),
            kind: MailKind::ResetPassword.into(),
            reference: REFERENCE.into(),
            recipient: text("taro@example.jp"),
            sealed: text("k1:secret"),
            state: MailState::Queued,
            attempts: 0,
            next_at: NOW + 900_000,
            lease_until: 0,
            useless_at: Some(NOW + DAY),
            created_at: NOW,
            settled_at: None,
            priority: 1,
            reply: String::new(),
        };
        tx.add_mail(&mail).await.unwrap();
        tx.commit().await.unwrap();
    }

    fn context(&self) -> AdminContext<'_> {
        AdminContext { store: &self.store, clock: &self.clock, rng: &SystemRng, actor: Actor::Staff("hana") }
    }

    /// The events in the audit log under the reference number that an answer ends with.
    async fn audited(&self, said: &[u8]) -> Vec<(String, String)> {
        let said = String::from_utf8_lossy(said);
        let reference = said.trim_end().rsplit(' ').next().unwrap();
        let lines = self.store.begin_read().await.unwrap().audit_by_reference(&reference.into()).await.unwrap();
        lines.into_iter().map(|line| (line.event, line.actor)).collect()
    }
}

fn one(event: &str) -> Vec<(String, String)> {
    vec![(event.to_owned(), "staff:hana".to_owned())]
}

fn text(said: Vec<u8>) -> String {
    String::from_utf8(said).unwrap()
}

#[tokio::test]
async fn a_customer_is_found_by_id_address_and_number_and_shown_masked() {
    let fresh = Fresh::open().await;
    for whom in ["c-001", "TARO@example.jp", "nr-1000-0001"] {
        let mut said = Vec::new();
        customer::show(&fresh.context(), whom, &mut said).await.unwrap();
        let said = text(said);
        for shown in ["ニリン　タロウ", "t***@e***.jp", "*******0001", "NR10000001", "since 2027-01-14 17:00:00 JST"]
        {
            assert!(said.contains(shown), "{whom}: {shown}: {said}");
        }
        for hidden in ["taro@", "09000000001", "argon2"] {
            assert!(!said.contains(hidden), "{hidden}: {said}");
        }
    }
    let mut said = Vec::new();
    customer::show(&fresh.context(), "family@example.jp", &mut said).await.unwrap();
    assert!(text(said).contains("also registered for c-004"));
    assert!(customer::show(&fresh.context(), "c-999", &mut Vec::new()).await.is_err());
}

#[tokio::test]
async fn with_another_address_the_user_id_follows_and_what_went_to_the_old_one_ends() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    customer::set_email(&fresh.context(), "c-001", &UserId::parse("Taro.New@example.jp").unwrap(), &mut said)
        .await
        .unwrap();
    assert_eq!(fresh.audited(&said).await, one("user_updated"));
    assert!(text(said).contains("Revoked 1 link, ended 1 procedure and 1 session."));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert_eq!(tx.customer(&"c-001".into()).await.unwrap().unwrap().email.as_deref(), Some("Taro.New@example.jp"));
    assert_eq!(tx.account_by_key("taro.new@example.jp").await.unwrap().unwrap().id, "a-1");
    assert_eq!(tx.link(&"secret-token-hash".into()).await.unwrap().unwrap().revocation, Some(Revocation::Superseded));
    assert_eq!(tx.session(&"s".into()).await.unwrap().unwrap().end, Some(SessionEnd::UserIdChanged));
    assert_eq!(tx.flow(&"f-1".into()).await.unwrap().unwrap().step, "timed-out");
}

#[tokio::test]
async fn an_address_that_another_account_uses_is_refused_and_nothing_changes() {
    let fresh = Fresh::open().await;
    let mut tx = fresh.store.begin().await.unwrap();
    let first = tx.account(&"a-1".into()).await.unwrap().unwrap();
    let other = AccountRow {
        id: "a-7".into(),
        customer_id: "c-007".into(),
        user_id: "x@example.jp".into(),
        user_key: "x@example.jp".into(),
        ..first
    };
    assert!(tx.add_account(&other).await.unwrap());
    tx.commit().await.unwrap();
    let refused =
        customer::set_email(&fresh.context(), "c-001", &UserId::parse("X@example.jp").unwrap(), &mut Vec::new())
            .await
            .unwrap_err();
    assert!(refused.to_string().contains("another customer's account"));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert_eq!(tx.customer(&"c-001".into()).await.unwrap().unwrap().email.as_deref(), Some("taro@example.jp"));
    assert!(tx.session(&"s".into()).await.unwrap().unwrap().ended_at.is_none());
}

#[tokio::test]
async fn unlocking_sets_back_what_was_counted_against_the_account_and_nobody_elses() {
    let fresh = Fresh::open().await;
    let keys = &fresh.keys;
    let passwords = Counter::new(keys, Limit::WrongPasswords, "taro@example.jp");
    let [number_and_name, number_and_phone, name_and_phone] =
        identity_pairs(keys, &IdentityKeys { number: "NR10000001", kana_key: "ニリンタロウ", phone: "09000000001" });
    let theirs = [
        passwords.part(STRANGERS),
        passwords.part("browser-hash"),
        Counter::new(keys, Limit::WrongCodes, "a-1"),
        Counter::new(keys, Limit::WrongPresentPasswords, "a-1"),
        Counter::new(keys, Limit::IdentityOfBrowser, "browser-hash"),
        number_and_name,
        number_and_phone,
        name_and_phone,
    ];
    let [of_another_name, _, _] =
        identity_pairs(keys, &IdentityKeys { number: "NR10000001", kana_key: "ヤマダハナコ", phone: "09000000001" });
    let not_theirs = [Counter::new(keys, Limit::WrongPasswords, "other@example.jp").part(STRANGERS), of_another_name];
    let mut tx = fresh.store.begin().await.unwrap();
    for counter in theirs.iter().chain(&not_theirs) {
        counter.add(&mut tx, &Limits::default(), NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut said = Vec::new();
    account::unlock(&fresh.context(), keys, "taro@example.jp", &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("authn_login_unlock"));
    assert!(text(said).contains("t***@e***.jp: cleared 8 counters."));
    let mut tx = fresh.store.begin_read().await.unwrap();
    for (counters, n) in [(&theirs[..], 0), (&not_theirs[..], 1)] {
        for counter in counters {
            assert_eq!(counter.read(&mut tx, i64::MAX).await.unwrap().n, n, "{counter:?}");
        }
    }
}

#[tokio::test]
async fn sessions_end_by_hand() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    account::end_sessions(&fresh.context(), "taro@example.jp", &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("session_ended"));
    assert!(fresh.store.begin_read().await.unwrap().session(&"s".into()).await.unwrap().unwrap().ended_at.is_some());
    assert!(account::end_sessions(&fresh.context(), "nobody@example.jp", &mut Vec::new()).await.is_err());
}

#[tokio::test]
async fn a_delayed_or_refused_mail_gets_a_turn_at_once_and_an_accepted_one_does_not() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    mail::list(&fresh.context(), Some(MailState::Queued), 10, &mut said).await.unwrap();
    let said = text(said);
    assert!(
        said.contains("-m1  reset-password  to t***@e***.jp  queued  attempts 0")
            && !said.contains("taro@")
            && !said.contains("secret"),
        "{said}"
    );
    mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap();
    let mut tx = fresh.store.begin().await.unwrap();
    let claimed = tx.claim_mails(1, NOW + 1, NOW).await.unwrap().remove(0);
    assert!(tx.settle_mail(&claimed.id, claimed.attempts, MailState::Refused, "550", NOW).await.unwrap());
    assert!(tx.audit_by_reference(&REFERENCE.into()).await.unwrap().iter().any(|line| line.event == "mail_retried"));
    tx.commit().await.unwrap();
    mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap();
    let mut tx = fresh.store.begin().await.unwrap();
    let claimed = tx.claim_mails(1, NOW + 2, NOW + 2).await.unwrap().remove(0);
    assert!(tx.settle_mail(&claimed.id, claimed.attempts, MailState::Accepted, "", NOW).await.unwrap());
    tx.commit().await.unwrap();
    let accepted = mail::retry(&fresh.context(), &"-m1".into(), &mut Vec::new()).await.unwrap_err();
    assert!(!accepted.to_string().is_empty());
}

#[tokio::test]
async fn a_reference_number_leads_to_everything_about_it_and_to_no_secret() {
    let fresh = Fresh::open().await;
    let mut said = Vec::new();
    support::support(&fresh.context(), "7k2m4xq9", &mut said).await.unwrap();
    let said = text(said);
    for shown in
        ["sign-in, step code", "reset to t***@e***.jp, live", "reset-password  to t***@e***.jp  queued", "c-001"]
    {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    for hidden in ["taro@", "secret", "argon2"] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
    let mut nothing = Vec::new();
    for typed in ["７Ｋ２Ｍ－４ＸＱ９", "７ｋ２ｍ　４ｘｑ９", " 7K2M–4XQ9 "] {
        let mut wide = Vec::new();
        support::support(&fresh.context(), typed, &mut wide).await.unwrap();
        assert_eq!(String::from_utf8(wide).unwrap(), said, "{typed}");
    }
    for typed in ["", " ", "－", "参照"] {
        let refused = support::support(&fresh.context(), typed, &mut Vec::new()).await.unwrap_err().to_string();
        assert!(refused.contains("7K2M-4XQ9"), "{typed}: {refused}");
    }
    support::support(&fresh.context(), "2222-2222", &mut nothing).await.unwrap();
    assert!(text(nothing).starts_with("Nothing is stored under 2222-2222."));
}

#[tokio::test]
async fn purge_forgets_what_is_past_its_retention_and_a_dry_run_only_counts() {
    let mut fresh = Fresh::open().await;
    let limits = Limits::default();
    let streak = Counter::new(&fresh.keys, Limit::WrongPasswords, "taro@example.jp").part(STRANGERS);
    let slip = Counter::new(&fresh.keys, Limit::WrongPasswords, "slip@example.jp").part(STRANGERS);
    let code = Counter::new(&fresh.keys, Limit::WrongCodes, "a-1");
    let mut tx = fresh.store.begin().await.unwrap();
    for _ in 0..limits.password_wrong_before_wait {
        streak.add(&mut tx, &limits, NOW).await.unwrap();
    }
    slip.add(&mut tx, &limits, NOW).await.unwrap();
    code.add(&mut tx, &limits, NOW).await.unwrap();
    tx.commit().await.unwrap();
    fresh.clock = FixedClock(NOW + 31 * DAY);
    let mut counted = Vec::new();
    purge::purge(&fresh.context(), &limits, true, &mut counted).await.unwrap();
    assert!(fresh.store.begin_read().await.unwrap().flow(&"f-1".into()).await.unwrap().is_some());
    let mut said = Vec::new();
    purge::purge(&fresh.context(), &limits, false, &mut said).await.unwrap();
    assert_eq!(fresh.audited(&said).await, one("data_purged"));
    let counts =
        |said: &[u8]| String::from_utf8_lossy(said).lines().take(10).map(ToOwned::to_owned).collect::<Vec<_>>();
    assert_eq!(counts(&counted), counts(&said));
    let mut tx = fresh.store.begin_read().await.unwrap();
    assert!(
        tx.flow(&"f-1".into()).await.unwrap().is_none()
            && tx.link_by_id(&"l-1".into()).await.unwrap().is_none()
            && tx.session(&"s".into()).await.unwrap().is_none()
    );
    assert_eq!(
        (
            streak.read(&mut tx, i64::MAX).await.unwrap().n,
            code.read(&mut tx, i64::MAX).await.unwrap().n,
            slip.read(&mut tx, i64::MAX).await.unwrap().n
        ),
        (5, 1, 0),
        "a pause gives neither a wrong code back nor what only a reset may"
    );
    // Not settled, not old enough, or none of its business.
    assert!(
        tx.mail(&"-m1".into()).await.unwrap().is_some()
            && tx.is_known_browser(&"browser-hash".into(), &"a-1".into()).await.unwrap()
            && tx.account(&"a-1".into()).await.unwrap().is_some()
    );
}

#[tokio::test]
async fn purge_forgets_more_rows_than_one_transaction_deletes() {
    let mut fresh = Fresh::open().await;
    let limits = Limits::default();
    let mut tx = fresh.store.begin().await.unwrap();
    for nth in 0..2_500 {
        tx.increment(&format!("{}:{nth}", Limit::FlowsFromAddress.as_str()), 1_000, NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    fresh.clock = FixedClock(NOW + 31 * DAY);
    for told in ["2500", "0"] {
        let mut said = Vec::new();
        purge::purge(&fresh.context(), &limits, false, &mut said).await.unwrap();
        let said = text(said);
        let counters = said.lines().find(|line| line.starts_with("counters")).expect("how many counters");
        assert!(counters.ends_with(&format!(" {told}")), "{counters}");
    }
}

#[tokio::test]
async fn purge_forgets_no_count_before_its_limit_does_whatever_the_configuration() {
    let long = |days: i64| Limits {
        sign_in_address_window_ms: days * DAY,
        inquiries_window_ms: days * DAY,
        flows_address_window_ms: days * DAY,
        identity_contract_window_ms: days * DAY,
        mails_account_window_ms: days * DAY,
        ..Limits::default()
    };
    for limits in [Limits::default(), long(5), long(30)] {
        let mut fresh = Fresh::open().await;
        for limit in Limit::ALL {
            let counter = Counter::new(&fresh.keys, *limit, "x");
            let needed = limit.needed_ms(&limits);
            for (later, n) in [(needed, 1), (needed + 1, if *limit == Limit::WrongCodes { 1 } else { 0 })] {
                let mut tx = fresh.store.begin().await.unwrap();
                counter.clear(&mut tx).await.unwrap();
                counter.add(&mut tx, &limits, NOW).await.unwrap();
                tx.commit().await.unwrap();
                fresh.clock = FixedClock(NOW + later);
                purge::purge(&fresh.context(), &limits, false, &mut Vec::new()).await.unwrap();
                let left = counter.read(&mut fresh.store.begin_read().await.unwrap(), i64::MAX).await.unwrap();
                assert_eq!(left.n, n, "{} after {later}", limit.as_str());
            }
        }
    }
}

#[tokio::test]
async fn staff_takes_a_request_once_and_a_declined_one_tells_its_reason() {
    use super::requests::{Command, run};
    use rules::{RequestKind, RequestState};
    let fresh = Fresh::open().await;
    let context = fresh.context();
    let asked = app::port::RequestDetails::Change(vec![app::port::ItemChange {
        item: rules::ChangeItem::Vehicle,
        before: "A".into(),
        after: "=B".into(),
    }]);
    let mut tx = fresh.store.begin().await.unwrap();
    let row = crate::store::RequestRow {
        id: "r".into(),
        kind: RequestKind::Change,
        state: RequestState::Received,
        reference: "4T7X-9QRM".into(),
        contract_id: "k-001".into(),
        customer_id: "c-001".into(),
        account_id: "a-1".into(),
        term_ends_on: "2027-08-01".into(),
        sealed: fresh.keys.seal(&SystemRng, &serde_json::to_string(&asked).unwrap()),
        created_at: NOW,
        moved_at: NOW,
    };
    assert!(tx.add_request(&row).await.unwrap());
    tx.commit().await.unwrap();
    let reference = || row.reference.to_string();
    let mut out = Vec::new();
    let mut go = async |command| run(&context, fresh.keys.clone(), command, &mut out).await;
    go(Command::List { all: false }).await.unwrap();
    go(Command::Take { reference: reference() }).await.unwrap();
    assert!(go(Command::Take { reference: reference() }).await.is_err(), "it is taken");
    assert!(go(Command::Decline { reference: reference(), reason: " ".into() }).await.is_err(), "without a reason");
    go(Command::Decline { reference: reference(), reason: "No.".into() }).await.unwrap();
    go(Command::Show { reference: reference() }).await.unwrap();
    go(Command::Export { since: "2027-01-15".into() }).await.unwrap();
    let text = String::from_utf8(out).unwrap();
    for said in ["4T7X-9QRM  change  received", "is in-progress now", "declined, No.", "vehicle,A,\"'=B\""] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let mut tx = fresh.store.begin_read().await.unwrap();
    let mails = tx.mails(None, 9).await.unwrap();
    assert_eq!(mails.iter().filter(|mail| mail.kind.as_str() == "request-moved").count(), 2);
    assert_eq!(tx.audit_by_reference(&row.reference).await.unwrap().len(), 2);
}
