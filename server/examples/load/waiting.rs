//! What waiting screens cost a node. Flows are rows that are put there; the streams are real.

use crate::goals::Goals;
use crate::nodes::Node;
use crate::record::percentile;
use crate::stage::Stage;
use app::wire::Flow;
use server::clock::{Clock as _, SystemClock};
use server::config::StoreSettings;
use server::rng::{Rng, SystemRng};
use server::store::{FlowId, FlowMove, FlowRow, Store};
use server::use_cases::flow_cookie;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Streams that are opened at the same time.
const AT_ONCE: usize = 64;
/// Files that a process needs besides its streams.
const OTHER_FILES: usize = 1_000;

/// Opens so many screens at a node of their own, watches them while nothing happens for so long, and then moves some of them on, one
/// after the other.
pub async fn waiting(stage: &Stage, wanted: usize, quiet: Duration, moved: usize, goals: &mut Goals) {
    let count = wanted.min(open_files().saturating_sub(OTHER_FILES));
    if count < wanted {
        println!("{count} waiting screens instead of {wanted}: the system lets a process open {} files", open_files());
    }
    let settings = StoreSettings { url: stage.place.database.clone(), connections: 2 };
    let store = Store::open(&settings).await.expect("the store");
    let tokens = put_flows(&store, count).await;
    let node = Node::start(&stage.place, "nirin-3").await;
    let before = node.memory();
    let (heard, mut hears) = unbounded_channel();
    let begun = Instant::now();
    for tokens in tokens.chunks(AT_ONCE) {
        let opening = tokens.iter().map(|token| open(node.address, token.clone(), heard.clone()));
        futures::future::join_all(opening).await;
    }
    println!("{count} waiting screens at one node, opened in {:.1} s", begun.elapsed().as_secs_f64());
    // The first looks are over.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let each = (node.memory() - before) / count as f64;
    println!("  memory: {:.1} MB before, {each:.1} KiB for each", before / 1024.0);
    let (cpu, database, begun) = (node.cpu(), stage.postgres.cpu(), Instant::now());
    tokio::time::sleep(quiet).await;
    let share = |ms: f64| ms / begun.elapsed().as_secs_f64() / 10.0;
    let (cpu, database) = (share(node.cpu() - cpu), share(stage.postgres.cpu() - database));
    println!("  CPU while nothing happens: node {cpu:.1} % of a core, PostgreSQL {database:.1} %");
    let took = move_on(&store, &tokens, moved, &mut hears).await;
    let p99 = percentile(&took, 0.99);
    println!("  a confirmed link is seen after {:.2} s (p50), {p99:.2} s (p99)", percentile(&took, 0.5));
    goals.at_most("waiting screens: CPU of the node", "% of a core", cpu, 15.0);
    goals.at_most("waiting screens: memory of each", "KiB", each, 10.0);
    goals.at_most("waiting screens: confirmed link seen, p99", "s", p99, 1.5);
    store.close().await;
}

/// How many files a process may have open.
fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(1_024)
}

/// Enrolments that wait for their mail; returns their tokens.
async fn put_flows(store: &Store, count: usize) -> Vec<String> {
    let (rng, now): (&dyn Rng, _) = (&SystemRng, SystemClock::default().now());
    let mut tokens = Vec::with_capacity(count);
    let mut tx = store.begin().await.expect("an answer");
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
        tx.put_flow(&row).await.expect("an answer");
        tokens.push(token);
    }
    tx.commit().await.expect("an answer");
    tokens
}

/// Opens a stream, and tells when it says "look".
async fn open(address: SocketAddr, token: String, heard: UnboundedSender<(String, Instant)>) {
    let mut stream = TcpStream::connect(address).await.expect("an answer");
    // What a browser sends besides.
    let request = format!(
        "GET /live/enrol HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n\
         Accept-Language: ja\r\nAccept-Encoding: gzip, deflate, br\r\nUser-Agent: Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) \
         AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1\r\nCookie: {}={token}\r\n\r\n",
        flow_cookie(Flow::Enrol)
    );
    stream.write_all(request.as_bytes()).await.expect("an answer");
    let mut bytes = vec![0; 2_048];
    let read = stream.read(&mut bytes).await.expect("an answer");
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
async fn move_on(
    store: &Store,
    tokens: &[String],
    moved: usize,
    hears: &mut UnboundedReceiver<(String, Instant)>,
) -> Vec<f64> {
    let way = FlowMove { kind: Flow::Enrol.as_str(), from: "mail", to: "created" };
    let mut took = Vec::new();
    for token in tokens.iter().step_by((tokens.len() / moved).max(1)) {
        let mut tx = store.begin().await.expect("an answer");
        assert!(tx.move_flow(&FlowId::of_token(token), way, SystemClock::default().now()).await.expect("an answer"));
        tx.commit().await.expect("an answer");
        let committed = Instant::now();
        let (of, at) = hears.recv().await.expect("an answer");
        assert_eq!(&of, token, "nobody else's");
        took.push((at - committed).as_secs_f64());
        // Each at another moment of the second.
        tokio::time::sleep(Duration::from_millis(37)).await;
    }
    took
}
