//! The commands against a database with the demo contracts: what they change, what they say, what they keep to themselves.

mod account;
mod contracts;
mod customer;
mod mail;
mod purge;
mod requests;
mod support;

use super::context::AdminContext;
use crate::clock::Clock;
use crate::config::StoreSettings;
use crate::import::{Importer, Unwatched};
use crate::rng::{Rng, SystemRng};
use crate::secret::Keys;
use crate::store::{
    AccountRow, Actor, AuditEvent, FlowRow, LinkRow, MailKind, MailState, OutboxRow, SessionRow, Store,
};
use rules::flow::LinkKind;
use sqlx::Connection as _;
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
        for end in ["", "-wal", "-shm", "-import", "-import-rows"] {
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
        let demo = std::fs::File::open("demo/contracts.csv").unwrap();
        let actor = Actor::Staff("test");
        let (clock, progress) = (&FixedClock(NOW), &Unwatched);
        let importer = Importer { store: &store, clock, rng: &SystemRng, keys: None, actor, progress };
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
            customer_id: "c-001".into(),
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

    /// How many lines of an event the audit log has.
    async fn audit_lines(&self, event: AuditEvent) -> i64 {
        let address = format!("sqlite://{}", self.file.display());
        let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
        let lines = sqlx::query_scalar("SELECT COUNT(*) FROM audit WHERE event = $1").bind(event.as_str());
        lines.fetch_one(&mut connection).await.unwrap()
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
