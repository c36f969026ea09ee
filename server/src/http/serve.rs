//! Accepts connections and hands each request to the router. Every connection is bounded in time and number: one that begins a
//! request and does not go on, that does not read what it asked for, or that comes in crowds costs others nothing.
//!
//! `axum::serve` has no bounds at all, and `axum-server` none for clients that do not read or for the number of connections.
//! So the loop is ours; HTTP is hyper's, and the bound on writing is `tokio-io-timeout`'s.

use super::socket::{ClientSocket, Phase, SocketTimeouts};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long requests under way may take once the server is told to stop.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The pause after a connection could not be taken, as when there are no sockets left.
const PAUSE: Duration = Duration::from_millis(100);

/// What a connection may cost.
#[derive(Clone, Debug)]
pub struct ConnectionLimits {
    /// How long the head of a request may take to arrive, from its first byte.
    pub head: Duration,
    /// How long a connection may wait for its next request. Longer than the 60 s that balancers keep theirs, or one of them
    /// would send a request into a connection that is just being closed.
    pub idle: Duration,
    /// How long a client may read nothing of what is being sent to it.
    pub stalled: Duration,
    /// Connections at the same time; further ones wait to be taken.
    pub connections: usize,
    /// Connections of one peer at the same time; further ones are closed at once.
    pub per_peer: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            idle: Duration::from_secs(90),
            stalled: Duration::from_secs(30),
            connections: 4_096,
            per_peer: 256,
        }
    }
}

/// Returns whether a peer is not bounded, as our own proxies are not.
pub type Unbounded = Arc<dyn Fn(IpAddr) -> bool + Send + Sync>;

/// Serves until it is told to stop, and then finishes requests under way. `headers` are added to what hyper answers by itself to
/// requests that cannot be read.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    limits: ConnectionLimits,
    unbounded: Unbounded,
    headers: Arc<str>,
    stop: CancellationToken,
) {
    // HTTP/1 alone: in front of it stands a proxy, and before the first line is read nothing would be timed.
    let mut http = Builder::new(TokioExecutor::new()).http1_only();
    http.http1().timer(TokioTimer::new()).header_read_timeout(limits.idle);
    let timeouts = SocketTimeouts { head: limits.head, stalled: limits.stalled };
    let places = Arc::new(Semaphore::new(limits.connections));
    let peers = Peers::default();
    let under_way = GracefulShutdown::new();
    loop {
        let (stream, peer, place) = tokio::select! {
            () = stop.cancelled() => break,
            taken = take(&listener, &places) => match taken {
                Some(taken) => taken,
                None => continue,
            },
        };
        let seat = match unbounded(peer.ip().to_canonical()) {
            true => None,
            false => match peers.take(peer.ip(), limits.per_peer) {
                Some(seat) => Some(seat),
                None => {
                    tracing::warn!(
                        event = "connection_refused",
                        reason = "too many of one peer",
                        "a connection was closed at once"
                    );
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let phase = Phase::default();
        let socket = ClientSocket::new(stream, timeouts, phase.clone(), headers.clone());
        let app = app.clone();
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let answering = phase.answering();
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = app.clone().oneshot(request);
            async move { answer.await.map(|response| response.map(|body| answering.until_sent(body))) }
        });
        let connection = http.serve_connection(TokioIo::new(socket), service).into_owned();
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the client's affair.
            let _ = connection.await;
            drop((place, seat));
        });
    }
    drop(listener);
    // Somebody who sends half a body must not keep the server from ending.
    let _ = tokio::time::timeout(TIMEOUT, under_way.shutdown()).await;
}

/// Accepts the next connection, once there is a place for it. Returns nothing if it could not be accepted.
async fn take(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(found) => {
            tracing::warn!(event = "connection_not_taken", reason = %found, "a connection could not be accepted");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

/// The number of open connections of each peer.
#[derive(Clone, Default)]
struct Peers(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection of a peer; given back when it ends.
struct Seat(Peers, IpAddr);

impl Peers {
    fn take(&self, peer: IpAddr, most: usize) -> Option<Seat> {
        let peer = match peer.to_canonical() {
            // One household or phone has a whole /64.
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
            peer => peer,
        };
        let mut open = self.0.lock().ok()?;
        let count = open.entry(peer).or_default();
        (*count < most).then(|| {
            *count += 1;
            Seat(self.clone(), peer)
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Ok(mut open) = self.0.0.lock()
            && let Some(count) = open.get_mut(&self.1)
        {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.1);
            }
        }
    }
}
