//! The server under test: the real one on port 0, with a clock that the test turns and an outbox that it works off by hand.

use super::browser::Browser;
use super::clock::ManualClock;
use super::database::{Database, Kind};
use super::people::{PASSWORD, Person};
use futures::FutureExt as _;
use rules::user_id::UserId;
use server::application::Application;
use server::clock::Clock as _;
use server::config::{Settings, TransportKind};
use server::mail::Worker;
use server::rng::{Rng, SystemRng};
use server::store::{AccountRow, Store};
use server::use_cases::UseCases;
use sqlx::AnyPool;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// How a test's settings differ from the shipped ones.
pub type Change = fn(&mut Settings);

/// The server and everything around it.
pub struct TestApp {
    pub kind: Kind,
    pub clock: Arc<ManualClock>,
    pub store: Store,
    pub use_cases: UseCases,
    pub settings: Settings,
    pub worker: Worker,
    pub(super) pool: AnyPool,
    pub base: String,
    /// Where metrics can be asked for.
    metrics: Option<std::net::SocketAddr>,
    client: reqwest::Client,
    stop: CancellationToken,
    serving: tokio::task::JoinHandle<()>,
    database: Arc<Database>,
}

/// A delivered mail.
#[derive(Clone, Debug)]
pub struct Mail {
    pub id: String,
    pub kind: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub source: String,
}

/// Runs one test on one database, and takes the database away afterwards.
pub fn run(kind: Kind, change: Change, body: impl AsyncFn(&TestApp)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let app = TestApp::start(kind, change).await;
        let ended = AssertUnwindSafe(Box::pin(body(&app))).catch_unwind().await;
        app.end().await;
        if let Err(panic) = ended {
            std::panic::resume_unwind(panic);
        }
    });
}

impl TestApp {
    pub async fn start(kind: Kind, change: Change) -> Self {
        let database = Arc::new(Database::make(kind).await);
        let site = database.folder.join("site");
        std::fs::create_dir_all(&site).expect("a folder for assets");
        for (name, style) in [("style.css", "main{}"), ("flows.css", "form{}")] {
            std::fs::write(site.join(name), style).expect("an asset");
        }
        let mut settings = Settings::read(Path::new("../nirin.toml")).expect("the shipped settings");
        settings.store.url.clone_from(&database.url);
        settings.http.listen = ([127, 0, 0, 1], 0).into();
        settings.http.trusted_proxies = vec!["127.0.0.0/8".parse().expect("a network")];
        settings.http.assets = site;
        settings.secrets.key_file = database.folder.join("keys");
        settings.mail.transport = TransportKind::Mailbox;
        // Quick, except where hashing itself is the subject.
        settings.limits.hash_memory_kib = 64;
        settings.limits.hash_passes = 1;
        // Whoever works off the outbox by hand waits for nothing.
        (settings.limits.reset_pause_min_ms, settings.limits.reset_pause_max_ms) = (0, 0);
        change(&mut settings);
        Self::build(kind, settings, Arc::default(), database).await
    }

    /// Another node, or the same after a restart: same database, keys and clock, perhaps other settings.
    pub async fn another(&self, change: Change) -> Self {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Self::build(self.kind, settings, self.clock.clone(), self.database.clone()).await
    }

    /// A server on what is restored from a backup that is made now, with the same keys.
    pub async fn restored_from_backup(&self) -> Self {
        let database = self.database.restored().await;
        let mut settings = self.settings.clone();
        settings.store.url.clone_from(&database.url);
        Self::build(self.kind, settings, self.clock.clone(), Arc::new(database)).await
    }

    async fn build(kind: Kind, settings: Settings, clock: Arc<ManualClock>, database: Arc<Database>) -> Self {
        let application = Application::build(&settings, clock.clone(), Arc::new(SystemRng)).await.expect("the server");
        let pool =
            sqlx::any::AnyPoolOptions::new().max_connections(2).connect(&database.url).await.expect("the database");
        let stop = CancellationToken::new();
        let site = application.site();
        let (use_cases, store) = (site.use_cases.clone(), site.store.clone());
        let worker = application.worker().clone();
        let base = format!("http://{}", application.address());
        let metrics = application.metrics_address();
        let serving = tokio::spawn(application.answer(stop.clone()));
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        Self { kind, clock, store, use_cases, settings, worker, pool, base, metrics, client, stop, serving, database }
    }

    /// Stops it. The last one takes the database away.
    pub async fn end(self) {
        self.stop.cancel();
        drop(self.client);
        self.serving.abort();
        let _ = self.serving.await;
        self.pool.close().await;
        self.store.close().await;
        if Arc::strong_count(&self.database) == 1 {
            self.database.remove().await;
        }
    }

    /// The SQLite file, where that is the database.
    pub fn file(&self) -> PathBuf {
        self.settings.store.file().expect("SQLite").to_owned()
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// What the server tells those who watch it. The gauges belong to the process: they are set and read by one test at a time, or a test
    /// would read what another one's server has set.
    pub async fn metrics(&self) -> String {
        static ONE: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let _one = ONE.lock().await;
        let address = self.metrics.expect("a listener for metrics");
        let answer = self.client.get(format!("http://{address}/metrics")).send().await.expect("an answer");
        assert_eq!(answer.status().as_u16(), 200);
        answer.text().await.expect("text")
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Browser {
        Browser::new(self.client.clone(), &self.base)
    }

    /// A browser that has never been anywhere, at another server.
    pub fn browser_at(&self, base: &str) -> Browser {
        Browser::new(self.client.clone(), base)
    }

    /// Sends whatever is due.
    pub async fn work(&self) {
        while self.worker.run_once().await.expect("the outbox") {}
    }

    /// What has arrived at an address, the oldest first, after sending whatever is due.
    pub async fn mails(&self, to: &str) -> Vec<Mail> {
        self.work().await;
        let rows: Vec<(String, String, String, String, String, String)> = sqlx::query_as(
            "SELECT m.id, o.kind, m.subject, m.body_text, m.body_html, m.source FROM mailbox m JOIN outbox o ON o.id = m.id \
             WHERE m.recipient = $1 ORDER BY o.created_at, o.id",
        )
        .bind(to)
        .fetch_all(&self.pool)
        .await
        .expect("the mailbox");
        rows.into_iter()
            .map(|(id, kind, subject, text, html, source)| Mail { id, kind, subject, text, html, source })
            .collect()
    }

    /// The kinds of mail that have arrived at an address.
    pub async fn kinds(&self, to: &str) -> Vec<String> {
        self.mails(to).await.into_iter().map(|mail| mail.kind).collect()
    }

    /// The newest mail of a kind.
    pub async fn mail(&self, to: &str, kind: &str) -> Mail {
        let mails = self.mails(to).await;
        mails.into_iter().rfind(|mail| mail.kind == kind).unwrap_or_else(|| panic!("no mail {kind} to {to}"))
    }

    /// The newest code that was mailed.
    pub async fn code(&self, to: &str) -> String {
        self.mail(to, "auth-code").await.code()
    }

    /// The path of the newest link that was mailed: `/link/…`.
    pub async fn link(&self, to: &str, kind: &str) -> String {
        self.mail(to, kind).await.link()
    }

    /// An account as enrolment leaves it, without the mails that count.
    pub async fn account(&self, who: Person) -> String {
        let hash = self.use_cases.passwords().hash(PASSWORD.to_owned(), &SystemRng).await.expect("a hash");
        let rng: &dyn Rng = &SystemRng;
        let id = rng.id();
        let account = AccountRow {
            id: id.clone().into(),
            customer_id: who.customer.to_owned().into(),
            user_id: who.email.to_owned(),
            user_key: UserId::parse(who.email).expect("an address").key(),
            password_hash: hash,
            created_at: self.now(),
            password_at: self.now(),
        };
        let mut tx = self.store.begin().await.expect("the store");
        assert!(tx.add_account(&account).await.expect("the store"));
        tx.commit().await.expect("the store");
        id
    }
}

impl Mail {
    pub fn code(&self) -> String {
        self.text.lines().map(str::trim).find(|line| !line.is_empty()).expect("a code").to_owned()
    }

    pub fn link(&self) -> String {
        let start = self.text.find("/link/").expect("a link");
        self.text.get(start..).and_then(|rest| rest.split_whitespace().next()).expect("a link").to_owned()
    }
}
