//! The line: takes connections and gives each request to the router. Who begins a request and does not go on is cut off, so that
//! it costs no more than a socket for a while, and does not keep the server from ending.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long the head of a request may take to arrive; an idle connection is closed after it, too.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// How long requests under way may take once the server is told to stop.
const PATIENCE: Duration = Duration::from_secs(20);
/// The pause after a connection could not be taken, as when there are no sockets left.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers until told to stop, and finishes requests under way then.
pub async fn answer(listener: TcpListener, app: Router, stop: CancellationToken) {
    // HTTP/1 alone: in front of it stands a proxy, and before the first line is read nothing would be timed.
    let mut line = Builder::new(TokioExecutor::new()).http1_only();
    line.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIME);
    let under_way = GracefulShutdown::new();
    loop {
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(found) => {
                    tracing::warn!(event = "connection_not_taken", reason = %found);
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
        };
        let _ = stream.set_nodelay(true);
        let app = app.clone();
        let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            app.clone().oneshot(request)
        });
        let connection = line.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is the client's affair.
            let _ = connection.await;
        });
    }
    drop(listener);
    // Somebody who sends half a body must not keep the server from ending.
    let _ = tokio::time::timeout(PATIENCE, under_way.shutdown()).await;
}
