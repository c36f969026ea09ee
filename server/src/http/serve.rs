//! Accepts connections and hands each request to the router. Every connection is bounded in time and number: one that begins a
//! request and does not go on, that does not read what it asked for, or that comes in crowds costs others nothing.
//!
//! `axum::serve` has no bounds at all, and `axum-server` none for clients that do not read or for the number of connections.
//! So the loop is ours; HTTP is hyper's, and the bound on writing is `tokio-io-timeout`'s.

use super::counted_places::CountedPlaces;
use super::socket::{ClientSocket, Phase, SocketTimeouts};
use super::streaming::{Rest, Streaming};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::Version;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::future::poll_fn;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;
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
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.idle);
    let timeouts = SocketTimeouts { head: limits.head, stalled: limits.stalled };
    let places = Arc::new(Semaphore::new(limits.connections));
    let peers = CountedPlaces::default();
    loop {
        let (stream, peer, place) = tokio::select! {
            () = stop.cancelled() => break,
            taken = take(&listener, &places) => match taken {
                Some(taken) => taken,
                None => continue,
            },
        };
        let of_peer = match unbounded(peer.ip().to_canonical()) {
            true => None,
            false => match peers.take(counted_by(peer.ip()), limits.per_peer) {
                Some(of_peer) => Some(of_peer),
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
        let (phase, rest) = (Phase::default(), Rest::default());
        let socket = ClientSocket::new(stream, timeouts, phase.clone(), headers.clone());
        let (app, left, sent) = (app.clone(), rest.clone(), phase.clone());
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let (answering, left) = (phase.answering(), left.clone());
            let chunked = request.version() == Version::HTTP_11;
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            // hyper keeps the room that this future takes for as long as the connection lasts.
            let answer = Box::pin(app.clone().oneshot(request));
            async move {
                let response = answer.await?;
                let streams = chunked && response.extensions().get::<Streaming>().is_some();
                let sent = response.map(|body| answering.until_sent(body));
                Ok::<_, std::convert::Infallible>(if streams { sent.map(|body| left.keep(body)) } else { sent })
            }
        });
        let mut connection = Box::new(http.serve_connection(TokioIo::new(socket), service));
        let mut stopping = Box::pin(stop.clone().cancelled_owned());
        tokio::spawn(async move {
            let mut told = false;
            let left = poll_fn(|cx| {
                if !told && stopping.as_mut().poll(cx).is_ready() {
                    told = true;
                    Pin::new(&mut *connection).graceful_shutdown();
                }
                match Pin::new(&mut *connection).poll(cx) {
                    // A connection that breaks is the client's affair.
                    Poll::Ready(_) => Poll::Ready(None),
                    Poll::Pending if sent.is_all_sent() => {
                        rest.take().map_or(Poll::Pending, |left| Poll::Ready(Some(left)))
                    }
                    Poll::Pending => Poll::Pending,
                }
            })
            .await;
            drop((stopping, rest, sent));
            if let Some(left) = left {
                let socket = connection.into_parts().io.into_inner();
                left.send(socket).await;
            }
            drop((place, of_peer));
        });
    }
    drop(listener);
    // Somebody who sends half a body must not keep the server from ending.
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _ = tokio::time::timeout(TIMEOUT, places.acquire_many(all)).await;
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

/// Returns by what a peer's connections are counted: one household or phone has a whole /64.
fn counted_by(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        peer => peer,
    }
}
