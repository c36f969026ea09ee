//! Connections as slow, crowding and broken clients make them, over real sockets.

use crate::support::*;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use server::http::serve::{ConnectionLimits, serve};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

const SHORT: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);
const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

fn limits() -> ConnectionLimits {
    ConnectionLimits { head: LONG, idle: LONG, stalled: LONG, ..ConnectionLimits::default() }
}

/// A server with these limits. `/large` is more than any socket holds; `/live` says something every 100 ms for two seconds.
async fn start(limits: ConnectionLimits, bounded: bool) -> SocketAddr {
    let live = || async {
        Body::from_stream(futures::stream::unfold(0, |n| async move {
            tokio::time::sleep(Duration::from_millis(100)).await;
            (n < 20).then(|| (Ok::<_, std::io::Error>(Bytes::from_static(b"x")), n + 1))
        }))
    };
    let large = || async { Body::from(vec![b'x'; 64 << 20]) };
    let app = Router::new().route("/", get(|| async { "ok" })).route("/large", get(large)).route("/live", get(live));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve(
        listener,
        app,
        limits,
        Arc::new(move |_: IpAddr| !bounded),
        "".into(),
        CancellationToken::new(),
    ));
    address
}

/// How long until the other side closes.
async fn closed_after(stream: &mut TcpStream) -> Duration {
    let started = Instant::now();
    let mut bytes = [0; 1024];
    while let Ok(Ok(1..)) = timeout(LONG, stream.read(&mut bytes)).await {}
    started.elapsed()
}

async fn answer(stream: &mut TcpStream) -> String {
    let mut bytes = [0; 1024];
    let count = timeout(LONG, stream.read(&mut bytes)).await.expect("an answer").unwrap_or(0);
    String::from_utf8_lossy(&bytes[..count]).into_owned()
}

#[tokio::test]
async fn half_a_head_is_cut_off_however_slowly_it_goes_on() {
    let address = start(ConnectionLimits { head: SHORT, ..limits() }, true).await;
    for first in [&b""[..], REQUEST] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        if !first.is_empty() {
            stream.write_all(first).await.unwrap();
            assert!(answer(&mut stream).await.contains("200 OK"));
        }
        let (mut from, mut to) = stream.into_split();
        let dripping = tokio::spawn(async move {
            for byte in b"GET / HTTP/1.1\r\nhost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" {
                if to.write_all(&[*byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            to
        });
        let started = Instant::now();
        let mut bytes = [0; 64];
        let read = timeout(LONG, from.read(&mut bytes)).await.expect("closed");
        assert!(!matches!(read, Ok(1..)));
        assert!(started.elapsed() >= SHORT && started.elapsed() < SHORT * 10, "{:?}", started.elapsed());
        dripping.abort();
    }
}

#[tokio::test]
async fn an_idle_connection_outlives_the_time_for_a_head_and_ends_by_its_own() {
    assert!(ConnectionLimits::default().idle >= Duration::from_secs(75), "longer than a balancer's 60 s");
    assert!(ConnectionLimits::default().head <= Duration::from_secs(15));
    let address = start(ConnectionLimits { head: SHORT / 3, idle: SHORT * 3, ..limits() }, true).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    for _ in 0..3 {
        tokio::time::sleep(SHORT).await;
        stream.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut stream).await.contains("200 OK"), "still open");
    }
    let lived = closed_after(&mut stream).await;
    assert!(lived >= SHORT * 2 && lived < SHORT * 10, "{lived:?}");
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off_and_one_that_reads_a_live_stream_is_not() {
    let address = start(ConnectionLimits { stalled: SHORT, ..limits() }, true).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut lazy = socket.connect(address).await.unwrap();
    lazy.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut eager = TcpStream::connect(address).await.unwrap();
    eager.write_all(b"GET /live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut all = String::new();
    timeout(LONG, eager.read_to_string(&mut all)).await.expect("ends").unwrap();
    assert_eq!(all.matches("1\r\nx\r\n").count(), 20, "a quiet stream is not a stalled one");
    // The lazy one wakes up, and gets only what the sockets still held.
    let mut rest = Vec::new();
    let _ = timeout(LONG, lazy.read_to_end(&mut rest)).await.expect("closed");
    assert!(rest.len() < 64 << 20, "{}", rest.len());
}

#[tokio::test]
async fn a_peer_has_so_many_connections_and_no_more_until_one_ends() {
    let address = start(ConnectionLimits { per_peer: 3, ..limits() }, true).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut stream).await.contains("200 OK"));
        open.push(stream);
    }
    let mut further = TcpStream::connect(address).await.unwrap();
    let _ = further.write_all(REQUEST).await;
    assert_eq!(answer(&mut further).await, "", "closed at once");
    open.pop();
    let served = timeout(LONG, async {
        loop {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let _ = stream.write_all(REQUEST).await;
            if answer(&mut stream).await.contains("200 OK") {
                break;
            }
        }
    });
    served.await.expect("a place again");
}

#[tokio::test]
async fn a_proxy_of_ours_speaks_for_everybody_and_is_not_bounded() {
    let address = start(ConnectionLimits { per_peer: 1, ..limits() }, false).await;
    let mut open = Vec::new();
    for _ in 0..5 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        assert!(answer(&mut stream).await.contains("200 OK"));
        open.push(stream);
    }
}

#[tokio::test]
async fn beyond_all_places_a_connection_waits_until_one_is_free() {
    let address = start(ConnectionLimits { connections: 1, ..limits() }, true).await;
    let mut first = TcpStream::connect(address).await.unwrap();
    first.write_all(REQUEST).await.unwrap();
    assert!(answer(&mut first).await.contains("200 OK"));
    let mut second = TcpStream::connect(address).await.unwrap();
    second.write_all(REQUEST).await.unwrap();
    assert!(timeout(SHORT, second.readable()).await.is_err(), "it waits");
    drop(first);
    assert!(answer(&mut second).await.contains("200 OK"));
}

on_both!(asvs_3_4_a_request_that_cannot_be_read_is_refused_with_the_security_headers, async |app| {
    let address = app.base.trim_start_matches("http://").to_owned();
    for (request, status) in [
        ("GET / HTTP/1.1\r\nbad header\r\n\r\n".to_owned(), "400"),
        ("nonsense\r\n\r\n".to_owned(), "400"),
        (format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(70_000)), "414"),
        (format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200)), "431"),
    ] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let said = answer(&mut stream).await.to_lowercase();
        assert!(said.starts_with(&format!("http/1.1 {status}")), "{status}: {said}");
        for header in [
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "content-security-policy: default-src 'none'",
        ] {
            assert!(said.contains(&format!("\r\n{header}")), "{said}");
        }
        assert!(said.ends_with("\r\n\r\n"), "{said:?}");
    }
});

#[test]
fn a_node_makes_room_for_as_many_files_as_it_may_have_connections() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let node = Node::start_with_open_files(app, 64, 20_000);
            let limits = std::fs::read_to_string(format!("/proc/{}/limits", node.id())).unwrap();
            let open = limits.lines().find(|line| line.starts_with("Max open files")).expect("the limit");
            let soft: usize = open.split_whitespace().nth(3).expect("the soft one").parse().unwrap();
            assert!(soft > app.settings.http.connections, "{soft}");
            assert_eq!(node.logged("open_files_limit"), Vec::<String>::new());
        },
    );
}

#[test]
fn a_node_says_loudly_that_the_system_lets_it_open_too_few_files() {
    run(
        Kind::Sqlite,
        |_| {},
        async |app| {
            let node = Node::start_with_open_files(app, 200, 200);
            let told = node.logged("open_files_limit");
            assert!(told.len() == 1 && told[0].contains("\"limit\":200"), "{told:?}");
            assert_eq!(node.status("/readyz").await, 200);
        },
    );
}
