//! Everything that runs: PostgreSQL, relay, two nodes, proxy; and what they have cost so far.

use crate::browser::Browser;
use crate::hashes::Hash;
use crate::journey::{Journey, World};
use crate::nodes::{Node, Place, Proxy, text};
use crate::people::{PASSWORD, Person};
use crate::postgres::{Postgres, work_done};
use crate::process::{cpu_of_this, free_port};
use crate::record::Record;
use crate::relay::Relay;
use rules::limits::Limits;
use server::config::StoreSettings;
use server::rng::SystemRng;
use server::secret::PasswordHasher;
use server::store::{AccountRow, Store};
use sqlx::AnyPool;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Customers who have an account already when the day begins; the others enrol.
pub const KNOWN: usize = 600;

pub struct Stage {
    pub place: Place,
    pub postgres: Postgres,
    pub pool: AnyPool,
    pub relay: Relay,
    pub nodes: [Node; 2],
    pub proxy: Proxy,
    pub people: Vec<Person>,
    pub phase: Arc<Mutex<&'static str>>,
    /// When somebody was killed who may just have had a mail taken: that mail may go once more.
    pub kills: Mutex<Vec<Instant>>,
    assets: Arc<[String]>,
    /// The next person who enrols.
    next: std::sync::atomic::AtomicUsize,
}

impl Stage {
    pub async fn set(binary: PathBuf, site: PathBuf, folder: &Path, customers: usize) -> Self {
        let (relay, postgres) = (Relay::start(), Postgres::start(folder));
        let portal = ([127, 0, 0, 1], free_port()).into();
        let (database, folder) = (postgres.url(), folder.to_owned());
        let place = Place { binary, site, folder, database, relay: relay.port, portal };
        let pool = postgres.pool().await;
        let nodes = [Node::start(&place, "nirin-1").await, Node::start(&place, "nirin-2").await];
        let contracts = place.folder.join("contracts.csv");
        crate::file::write(&contracts, customers).expect("a file of contracts");
        let imported = place.command(&["contracts", "import", &text(&contracts)]).stderr(Stdio::null()).status();
        assert!(imported.is_ok_and(|status| status.success()), "the contracts are not imported");
        let people = Person::all(&contracts);
        add_accounts(&place, &people[..KNOWN.min(people.len())]).await;
        let proxy = Proxy::start(&place, [&nodes[0], &nodes[1]]).await;
        let mut first = Browser::new(portal, "100.127.0.2".to_owned());
        let assets = first.get("/enrol").await.expect("a page").assets().into();
        let (phase, kills, next) = (Arc::new(Mutex::new(QUIET)), Mutex::default(), KNOWN.into());
        Self { place, postgres, pool, relay, nodes, proxy, people, phase, kills, assets, next }
    }

    /// What journeys need, with a record of their own.
    pub fn world(&self, record: &Record) -> World {
        World {
            portal: self.place.portal,
            relay: self.relay.clone(),
            record: record.clone(),
            assets: self.assets.clone(),
            phase: self.phase.clone(),
        }
    }

    /// A new customer's journey.
    pub fn enrolment(&self, world: &World, habits: impl Fn(usize) -> crate::people::Habits) -> Journey {
        let nth = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let person = self.people.get(nth).expect("enough customers");
        Journey::new(world, person, nth, habits(nth))
    }

    pub fn phase(&self, name: &'static str) {
        *self.phase.lock().expect("the phase") = name;
    }

    pub fn killed(&self) {
        self.kills.lock().expect("the kills").push(Instant::now());
    }

    pub async fn meter(&self) -> Meter {
        let (statements, commits) = work_done(&self.pool).await;
        let relay = self.relay.cpu();
        Meter {
            nodes: self.nodes.iter().map(Node::cpu).sum(),
            database: self.postgres.cpu(),
            proxy: self.proxy.cpu(),
            relay,
            driver: cpu_of_this() - relay,
            statements: statements as f64,
            commits: commits as f64,
            mails: self.relay.count() as f64,
        }
    }
}

/// The phase in which nothing is done to the service.
pub const QUIET: &str = "while nothing happens";

/// What everything has cost so far: CPU in milliseconds, and counts.
pub struct Meter {
    pub nodes: f64,
    pub database: f64,
    pub proxy: f64,
    pub relay: f64,
    pub driver: f64,
    pub statements: f64,
    pub commits: f64,
    pub mails: f64,
}

impl Meter {
    /// Prints what was used since then, for each of so many journeys.
    pub fn print_since(&self, before: &Self, journeys: usize, hash: &Hash) {
        let each = |now: f64, before: f64| (now - before) / journeys.max(1) as f64;
        let nodes = each(self.nodes, before.nodes);
        println!(
            "  CPU a journey: nodes {nodes:.1} ms (= {:.2} hashes), PostgreSQL {:.1}, proxy {:.1}, mail relay {:.1}, \
             driver {:.1}",
            nodes / hash.cpu,
            each(self.database, before.database),
            each(self.proxy, before.proxy),
            each(self.relay, before.relay),
            each(self.driver, before.driver)
        );
        println!(
            "  a journey: {:.0} statements, {:.1} commits, {:.2} mails",
            each(self.statements, before.statements),
            each(self.commits, before.commits),
            each(self.mails, before.mails)
        );
    }
}

async fn add_accounts(place: &Place, people: &[Person]) {
    let store = Store::open(&StoreSettings { url: place.database.clone(), connections: 1 }).await.expect("the store");
    let passwords = PasswordHasher::new(&Limits::default(), &SystemRng).expect("slots");
    let hash = passwords.hash(PASSWORD.to_owned(), &SystemRng).await.expect("a hash");
    let mut tx = store.begin().await.expect("a transaction");
    for person in people {
        let account = AccountRow {
            id: person.customer.clone().into(),
            customer_id: person.customer.clone().into(),
            user_id: person.email.clone(),
            user_key: person.email.clone(),
            password_hash: hash.clone(),
            created_at: 0,
            password_at: 0,
        };
        assert!(tx.add_account(&account).await.expect("an account"));
    }
    tx.commit().await.expect("a commit");
    store.close().await;
}

/// Waits until no mail is due any more. Returns whether that came to pass.
pub async fn mails_settled(pool: &AnyPool, within: Duration) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < within {
        if crate::mails::waiting(pool).await == Some(0) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    false
}
