//! What waiting screens cost: `NIRIN_BIN=… cargo run --release -p server --features rehearsal --example waiting -- 19000`. With
//! DATABASE_URL on that database, else on a fresh SQLite file. Flows are rows that are put there; the streams are real.

#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement")]

use app::wire::Flow;
use server::clock::{Clock as _, SystemClock};
use server::config::StoreSettings;
use server::rng::{Rng, SystemRng};
use server::store::{FlowId, FlowMove, FlowRow, Store};
use server::use_cases::flow_cookie;
use std::net::SocketAddr;
use std::process::{Child, Command};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Streams that are opened at the same time.
const AT_ONCE: usize = 64;
/// How long nothing happens while the CPU is measured.
const QUIET: Duration = Duration::from_secs(20);
/// Flows that are moved on, one after the other, for the time until their screen hears of it.
const MOVED: usize = 300;

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|typed| typed.parse().ok()).unwrap_or(1_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(count));
}

async fn measure(count: usize) {
    let folder = std::env::temp_dir().join(format!("nirin-waiting-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("site")).unwrap();
    let url =
        std::env::var("DATABASE_URL").unwrap_or_else(|_| format!("sqlite://{}", folder.join("nirin.db").display()));
    let store = Store::open(&StoreSettings { url: url.clone(), connections: 2 }).await.unwrap();
    store.migrate().await.unwrap();
    let tokens = put_flows(&store, count).await;
    let (mut server, address) = start(&url, &folder);
    let before = memory(server.id());
    let (heard, mut hears) = unbounded_channel();
    let begun = Instant::now();
    for tokens in tokens.chunks(AT_ONCE) {
        let opening = tokens.iter().map(|token| open(address, token.clone(), heard.clone()));
        futures::future::join_all(opening).await;
    }
    println!("{count} waiting screens opened in {:.1} s", begun.elapsed().as_secs_f64());
    // The first looks are over.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let each = (memory(server.id()) - before) / count as f64;
    println!("Memory: {before:.0} KiB before, {each:.1} KiB for each waiting screen");
    let (own, database, begun) = (cpu(server.id()), cpu_of_postgres(), Instant::now());
    tokio::time::sleep(QUIET).await;
    let share = |ms: f64| ms / begun.elapsed().as_secs_f64() / 10.0;
    let (own, database) = (share(cpu(server.id()) - own), share(cpu_of_postgres() - database));
    println!("CPU while nothing happens: server {own:.1} % of a core, PostgreSQL {database:.1} %");
    let mut took = move_on(&store, &tokens, &mut hears).await;
    took.sort_by(f64::total_cmp);
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    println!(
        "Commit of a confirmed link until its screen hears: p50 {:.2} s, p99 {:.2} s, longest {:.2} s",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let _ = server.kill();
    let _ = server.wait();
    let _ = std::fs::remove_dir_all(folder);
}

/// Enrolments that wait for their mail; returns their tokens.
async fn put_flows(store: &Store, count: usize) -> Vec<String> {
    let (rng, now): (&dyn Rng, _) = (&SystemRng, SystemClock::default().now());
    let mut tokens = Vec::with_capacity(count);
    let mut tx = store.begin().await.unwrap();
    for _ in 0..count {
        let token = rng.token();
        let row = FlowRow {
            id: FlowId::of_token(&token),
            kind: Flow::Enrol.as_str().to_owned(),
            step: "mail".to_owned(),
            reference: rng.reference(),
            device: "iPhone, Safari".to_owned(),
            user_id: Some("taro@example.jp".to_owned()),
            user_key: Some("taro@example.jp".to_owned()),
            sent_at: Some(now),
            stepped_at: now,
            acted_at: now,
            created_at: now,
            ..FlowRow::default()
        };
        tx.put_flow(&row).await.unwrap();
        tokens.push(token);
    }
    tx.commit().await.unwrap();
    tokens
}

fn start(url: &str, folder: &std::path::Path) -> (Child, SocketAddr) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap();
    let process = Command::new(std::env::var("NIRIN_BIN").unwrap())
        .arg("serve")
        .env("NIRIN_HTTP__LISTEN", free.to_string())
        .env("NIRIN_HTTP__TRUSTED_PROXIES", "127.0.0.0/8")
        .env("NIRIN_HTTP__CONNECTIONS", "27000")
        .env("NIRIN_HTTP__ASSETS", folder.join("site"))
        .env("DATABASE_URL", url)
        .env("NIRIN_SECRETS__KEY_FILE", folder.join("keys"))
        .env("NIRIN_LOG", "error")
        .env_remove("NIRIN_BIN")
        .spawn()
        .unwrap();
    while std::net::TcpStream::connect(free).is_err() {
        std::thread::sleep(Duration::from_millis(50));
    }
    (process, free)
}

/// Opens a stream, and tells when it says "look".
async fn open(address: SocketAddr, token: String, heard: UnboundedSender<(String, Instant)>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // What a browser sends besides.
    let request = format!(
        "GET /live/enrol HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n\
         Accept-Language: ja\r\nAccept-Encoding: gzip, deflate, br\r\nUser-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) \
         AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1\r\nCookie: {}={token}\r\n\r\n",
        flow_cookie(Flow::Enrol)
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = vec![0; 2_048];
    let read = stream.read(&mut bytes).await.unwrap();
    assert!(bytes[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&bytes[..read]));
    tokio::spawn(async move {
        let mut bytes = vec![0; 512];
        while let Ok(read @ 1..) = stream.read(&mut bytes).await {
            if bytes[..read].windows(4).any(|four| four == b"look") {
                let _ = heard.send((token.clone(), Instant::now()));
            }
        }
    });
}

/// Moves flows on as a confirmed link does; returns how many seconds each screen took to hear of it.
async fn move_on(store: &Store, tokens: &[String], hears: &mut UnboundedReceiver<(String, Instant)>) -> Vec<f64> {
    let way = FlowMove { kind: Flow::Enrol.as_str(), from: "mail", to: "created" };
    let mut took = Vec::new();
    for token in tokens.iter().step_by((tokens.len() / MOVED).max(1)) {
        let mut tx = store.begin().await.unwrap();
        assert!(tx.move_flow(&FlowId::of_token(token), way, SystemClock::default().now()).await.unwrap());
        tx.commit().await.unwrap();
        let committed = Instant::now();
        let (of, at) = hears.recv().await.unwrap();
        assert_eq!(&of, token, "nobody else's");
        took.push((at - committed).as_secs_f64());
        // Each at another moment of the second.
        tokio::time::sleep(Duration::from_millis(37)).await;
    }
    took
}

/// Resident KiB.
fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    resident.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default()
}

/// CPU milliseconds that a process has used: user and system time, in ticks of 10 ms.
fn cpu(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}

fn cpu_of_postgres() -> f64 {
    let processes =
        std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    processes
        .filter(|process: &u32| {
            std::fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|name| name.trim() == "postgres")
        })
        .map(cpu)
        .sum()
}
