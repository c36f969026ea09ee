//! Whom the server knows: accounts with hashes of two parameter sets, as after the numbers were raised, and contracts.

use rules::limits::Limits;
use server::clock::SystemClock;
use server::config::StoreSettings;
use server::rng::SystemRng;
use server::secret::{Argon2Params, Argon2ParamsInUse, Keys, PasswordHasher};
use server::store::{AccountRow, Store};
use std::path::Path;

/// An account with a hash of today's parameters.
pub const KNOWN: &str = "known@example.jp";

/// User IDs whose passwords take the same parameters.
pub struct Set {
    pub name: &'static str,
    /// With an account; the first of the kinds is what the others are compared with.
    pub known: String,
    pub unknown: String,
    /// With a contract only.
    pub unconfirmed: String,
    /// With an account that is locked.
    pub locked: String,
}

/// Half as dear as today's.
fn before() -> Limits {
    Limits { hash_memory_kib: Limits::default().hash_memory_kib / 2, ..Limits::default() }
}

fn hashing(limits: &Limits) -> Argon2Params {
    Argon2Params { memory_kib: limits.hash_memory_kib, passes: limits.hash_passes, lanes: limits.hash_lanes }
}

/// Two accounts of each parameter set, and the demo contracts.
pub async fn prepare(url: &str) {
    let store = Store::open(&StoreSettings { url: url.to_owned(), connections: 1 }).await.expect("a store");
    store.migrate().await.expect("tables");
    let clock = SystemClock::default();
    let contracts = std::fs::File::open("server/demo/contracts.csv").expect("demo contracts");
    let actor = server::store::Actor::Staff("bench");
    let importer = server::import::Importer {
        store: &store,
        clock: &clock,
        rng: &SystemRng,
        keys: None,
        actor,
        progress: &server::import::Unwatched,
    };
    importer.run(contracts, false).await.expect("an import");
    let mut tx = store.begin().await.expect("a transaction");
    let accounts = [
        ("c-001", KNOWN, Limits::default()),
        ("c-002", "locked@example.jp", Limits::default()),
        ("c-003", "known-before@example.jp", before()),
        ("c-004", "locked-before@example.jp", before()),
    ];
    for (customer, user_id, limits) in accounts {
        let passwords = PasswordHasher::new(&limits, &SystemRng).expect("slots");
        let account = AccountRow {
            id: customer.to_owned().into(),
            customer_id: customer.to_owned().into(),
            user_id: user_id.to_owned(),
            user_key: user_id.to_owned(),
            password_hash: passwords.hash("Kaze8Suzume!x".to_owned(), &SystemRng).await.expect("a hash"),
            created_at: 0,
            password_at: 0,
        };
        assert!(tx.add_account(&account).await.expect("an account"));
    }
    tx.commit().await.expect("a commit");
    store.close().await;
}

/// The user IDs of both sets, found with the server's own key.
pub fn sets(folder: &Path) -> [Set; 2] {
    let keys = Keys::open(&folder.join("keys"), &SystemRng).expect("the server's keys");
    let in_use = Argon2ParamsInUse::counted(vec![(hashing(&before()), 2), (hashing(&Limits::default()), 2)], 0);
    let first = |limits: &Limits, mut ids: &mut dyn Iterator<Item = String>| {
        Iterator::find(&mut ids, |id| in_use.at(keys.pseudonymous_point(id)) == Some(hashing(limits)))
            .expect("a user ID of this set")
    };
    let set = |name, known: &str, locked: &str, limits: &Limits| Set {
        name,
        known: known.to_owned(),
        unknown: first(limits, &mut (0..).map(|n| format!("nobody-{n}@example.jp"))),
        unconfirmed: first(
            limits,
            &mut ["kazuo", "naomi", "saburo", "nobu", "chie", "taro"]
                .into_iter()
                .map(|name| format!("{name}@example.jp")),
        ),
        locked: locked.to_owned(),
    };
    [
        set("today's hash", KNOWN, "locked@example.jp", &Limits::default()),
        set("hash of before", "known-before@example.jp", "locked-before@example.jp", &before()),
    ]
}
