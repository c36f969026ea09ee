//! `make bench`: sizes of what a browser fetches, and the server's costs as ratios measured in one run.
//!
//! Not a test: nothing here passes or fails.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measuring program, not the product"
)]

use argon2::{Algorithm, Argon2, Block, Params, Version};
use rules::limits::Limits;
use server::clock::SystemClock;
use server::config::StoreSettings;
use server::dice::SystemDice;
use server::secret::Passwords;
use server::store::{AccountRow, Store};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

const KNOWN: &str = "taro@example.jp";
const LOCKED: &str = "locked@example.jp";

fn main() {
    let site = PathBuf::from(std::env::var("SITE_DIR").expect("SITE_DIR: the folder of the built assets"));
    let binary = std::env::var("NIRIN_BIN").expect("NIRIN_BIN: the release binary");
    let folder = std::env::temp_dir().join(format!("nirin-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let mut server = Server::start(&binary, &site, &folder);
    lock(&server, &folder);
    sizes(&site, server.address);
    server.memory("idle");
    pages(server.address);
    let one_hash = one_hash();
    passwords(&server, one_hash);
    timing(server.address);
    let _ = server.process.kill();
    let _ = server.process.wait();
    let _ = std::fs::remove_dir_all(folder);
}

/// The real binary in a process of its own, so that only its CPU and memory are counted.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start(binary: &str, site: &Path, folder: &Path) -> Self {
        let store = format!("sqlite://{}/bench.db", folder.display());
        tokio::runtime::Runtime::new().expect("a runtime").block_on(prepare(&store));
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
        let process = Command::new(binary)
            .arg("serve")
            .env("NIRIN_HTTP__LISTEN", free.to_string())
            .env("NIRIN_HTTP__PUBLIC_URL", format!("http://{free}"))
            .env("NIRIN_HTTP__ASSETS", site)
            .env("NIRIN_STORE__URL", store)
            .env("NIRIN_SECRETS__KEY_FILE", folder.join("keys"))
            // What is measured are passwords, not the waits after wrong ones.
            .env("NIRIN_LIMITS__PASSWORD_WRONG_BEFORE_WAIT", "100000000")
            .env("NIRIN_LIMITS__PASSWORD_WRONG_BEFORE_RESET", "100000000")
            .env("NIRIN_LIMITS__MAILS_PER_ADDRESS", "100000000")
            .env("NIRIN_LIMITS__SIGN_IN_PER_ADDRESS", "100000000")
            .env("NIRIN_LIMITS__FLOWS_PER_ADDRESS", "100000000")
            .env("NIRIN_LOG", "warn")
            // Ours, and no setting of the server.
            .env_remove("NIRIN_BIN")
            .spawn()
            .expect("the server");
        let server = Self { process, address: free };
        for _ in 0..200 {
            if ask(free, "GET /readyz HTTP/1.1\r\nHost: x\r\n", "").0 == 200 {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not answer");
    }

    /// CPU milliseconds that the server has used.
    fn cpu(&self) -> f64 {
        cpu(&self.process.id().to_string())
    }

    fn memory(&self, when: &str) {
        memory(self.process.id(), when);
    }
}

fn memory(process: u32, when: &str) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("?").trim();
    println!("Resident memory, {when}: {resident}");
}

/// Demo contracts, and two accounts.
async fn prepare(url: &str) {
    let store = Store::open(&StoreSettings { url: url.to_owned(), connections: 1 }).await.expect("a store");
    store.migrate().await.expect("tables");
    let clock = SystemClock::default();
    let contracts = std::fs::File::open("server/demo/contracts.csv").expect("demo contracts");
    server::import::import(&store, &clock, &SystemDice, "bench", contracts, false).await.expect("an import");
    let passwords = Passwords::new(&Limits::default(), &SystemDice).expect("slots");
    let mut tx = store.begin().await.expect("a transaction");
    for (customer, user_id) in [("c-001", KNOWN), ("c-002", LOCKED)] {
        let account = AccountRow {
            id: customer.to_owned(),
            customer_id: customer.to_owned(),
            user_id: user_id.to_owned(),
            user_key: user_id.to_owned(),
            password_hash: passwords.hash("Kaze8Suzume!x".to_owned(), &SystemDice).await.expect("a hash"),
            created_at: 0,
            password_at: 0,
        };
        assert!(tx.add_account(&account).await.expect("an account"));
    }
    tx.commit().await.expect("a commit");
    store.close().await;
}

/// Locks one user ID: its one wrong password counts as very many, so that it stays locked while the others never are.
fn lock(server: &Server, folder: &Path) {
    ask_form(server.address, LOCKED, "wrong-Password9");
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite://{}/bench.db", folder.display());
        let mut store = <sqlx::AnyConnection as sqlx::Connection>::connect(&url).await.expect("the store");
        let done = sqlx::query("UPDATE counters SET n = 1000000000 WHERE key LIKE 'password:%'")
            .execute(&mut store)
            .await
            .expect("a lock");
        assert_eq!(done.rows_affected(), 1);
    });
}

/// Brotli bytes of what `/sign-in` makes a browser fetch.
fn sizes(site: &Path, address: SocketAddr) {
    let br = |name: &str| std::fs::metadata(site.join(format!("{name}.br"))).map_or(0, |file| file.len());
    let html = ask(address, "GET /sign-in HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n", "").1;
    let (css, js, wasm) = (br("style.css"), br("nirin.js"), br("nirin.wasm"));
    println!(
        "Bytes of /sign-in, brotli: HTML {html}, CSS {css}, JS {js}, WASM {wasm}; JS + WASM {:.1} KB (limit 120)",
        (js + wasm) as f64 / 1e3
    );
}

/// Page renders per second with two clients.
fn pages(address: SocketAddr) {
    let (count, took) =
        together(2, Duration::from_secs(3), move |_| ask(address, "GET /enrol HTTP/1.1\r\nHost: x\r\n", "").0 == 200);
    println!("Page renders per second, 2 clients on the same machine: {:.0}", count as f64 / took.as_secs_f64());
}

/// CPU milliseconds of one hash with the product's parameters, its memory used again: the floor of a password step.
fn one_hash() -> f64 {
    let limits = Limits::default();
    let params =
        Params::new(limits.hash_memory_kib, limits.hash_passes, limits.hash_lanes, Some(32)).expect("parameters");
    let mut memory = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut out = [0; 32];
    let mut hash = || {
        argon2
            .hash_password_into_with_memory(b"Kaze8Suzume!x", b"0123456789abcdef", &mut out, &mut memory)
            .expect("a hash")
    };
    hash();
    let before = cpu("self");
    (0..100).for_each(|_| hash());
    let each = (cpu("self") - before) / 100.0;
    println!(
        "One Argon2id hash (m = {} KiB, t = {}, p = {}): {each:.1} ms CPU",
        limits.hash_memory_kib, limits.hash_passes, limits.hash_lanes
    );
    each
}

/// Password steps: CPU against one hash, and how many a second with 1, 8 and 64 clients.
fn passwords(server: &Server, one_hash: f64) {
    let address = server.address;
    let step = move |_| ask_form(address, "taro@example.jp", "wrong-Password9").0 == 303;
    for clients in [1, 8, 64] {
        let before = server.cpu();
        let process = server.process.id();
        let sampler = (clients == 64).then(|| {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(2));
                memory(process, "64 sign-ins waiting");
            })
        });
        let (count, took) = together(clients, Duration::from_secs(5), step);
        let spent = (server.cpu() - before) / count.max(1) as f64;
        if let Some(sampler) = sampler {
            let _ = sampler.join();
        }
        println!(
            "Password steps, {clients:>2} clients: {:.1} a second; {spent:.1} ms of the server's CPU each = {:.2} hashes",
            count as f64 / took.as_secs_f64(),
            spent / one_hash
        );
    }
}

/// Welch's t between answers to different kinds of user ID, in the order they were asked at random.
fn timing(address: SocketAddr) {
    const SAMPLES: usize = 2_000;
    // With an account; without one; with a contract only; with an account that is locked. All passwords are wrong.
    let kinds =
        [("known", KNOWN), ("unknown", "nobody@example.jp"), ("unconfirmed", "kazuo@example.jp"), ("locked", LOCKED)];
    for (name, path, step) in [("sign-in", "/sign-in", "sign-in"), ("reset", "/password-reset", "user-id")] {
        let mut times = vec![Vec::with_capacity(SAMPLES); kinds.len()];
        let mut order = 0_u32;
        for _ in 0..SAMPLES {
            // A fixed pseudo-random order, so that no kind always comes first.
            order = order.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            for turn in 0..kinds.len() {
                let at = (turn + order as usize / 65_536) % kinds.len();
                let body = format!("step={step}&user_id={}&password=wrong-Password9", kinds[at].1.replace('@', "%40"));
                let begun = Instant::now();
                ask_path(address, path, &body);
                times[at].push(begun.elapsed().as_secs_f64() * 1e6);
            }
        }
        for at in 1..kinds.len() {
            println!(
                "Welch's t, {name}, {} against {} ({SAMPLES} samples each): {:+.2}",
                kinds[0].0,
                kinds[at].0,
                welch(&times[0], &times[at])
            );
        }
    }
}

fn welch(a: &[f64], b: &[f64]) -> f64 {
    let moments = |samples: &[f64]| {
        let n = samples.len() as f64;
        let mean = samples.iter().sum::<f64>() / n;
        (mean, samples.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0) / n)
    };
    let ((mean_a, var_a), (mean_b, var_b)) = (moments(a), moments(b));
    (mean_a - mean_b) / (var_a + var_b).sqrt()
}

/// Runs `turn` from so many threads for a while; answers how many went well, and how long it took.
fn together(
    clients: usize,
    during: Duration,
    turn: impl Fn(usize) -> bool + Send + Sync + Copy + 'static,
) -> (usize, Duration) {
    let begun = Instant::now();
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            std::thread::spawn(move || {
                let mut well = 0;
                while begun.elapsed() < during {
                    well += usize::from(turn(client));
                }
                well
            })
        })
        .collect();
    let count = threads.into_iter().map(|thread| thread.join().unwrap_or(0)).sum();
    (count, begun.elapsed())
}

fn ask_form(address: SocketAddr, user_id: &str, password: &str) -> (u16, usize) {
    ask_path(address, "/sign-in", &format!("step=sign-in&user_id={}&password={password}", user_id.replace('@', "%40")))
}

fn ask_path(address: SocketAddr, path: &str, body: &str) -> (u16, usize) {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        body.len()
    );
    ask(address, &head, body)
}

/// One request on one connection; status and length of the body.
fn ask(address: SocketAddr, head: &str, body: &str) -> (u16, usize) {
    let exchange = || -> std::io::Result<(u16, usize)> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes())?;
        let mut answer = BufReader::new(stream);
        let mut line = String::new();
        answer.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        while line.trim() != "" {
            line.clear();
            answer.read_line(&mut line)?;
        }
        let mut rest = Vec::new();
        answer.read_to_end(&mut rest)?;
        Ok((status, rest.len()))
    };
    exchange().unwrap_or_default()
}

/// CPU milliseconds that a process has used.
fn cpu(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    // User and system time, in ticks of 10 ms.
    after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}
