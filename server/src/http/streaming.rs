//! Answers that go on for minutes, as the events of a waiting screen do. hyper keeps about 13 KB for a connection: for the next
//! request, for the head that it wrote, for what it may have to write. So once such an answer has begun and has nothing more to
//! say at the moment, its connection is taken from hyper, and the rest is sent here, in chunks (RFC 9112, section 7.1). No other
//! request follows on it.

use super::socket::ClientSocket;
use axum::body::{Body, Bytes};
use futures::StreamExt as _;
use hyper::body::{Body as HttpBody, Frame};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// Marks a response whose body goes on for minutes. It has to say `connection: close`.
#[derive(Clone, Copy)]
pub(super) struct Streaming;

const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// The body of such a response, while hyper sends it.
#[derive(Clone, Default)]
pub(super) struct Rest(Arc<Mutex<Begun>>);

#[derive(Default)]
struct Begun {
    body: Option<Body>,
    /// It had nothing more to say when it was last asked.
    waits: bool,
}

/// What is left of an answer, and belongs to hyper no more.
pub(super) struct Left(Body);

/// What hyper is given in place of the body.
struct Lent(Rest);

impl Rest {
    fn begun(&self) -> MutexGuard<'_, Begun> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a body, and returns what hyper sends of it for as long as it is not taken.
    pub fn keep(&self, body: Body) -> Body {
        *self.begun() = Begun { body: Some(body), waits: false };
        Body::new(Lent(self.clone()))
    }

    /// Takes the body, if it has begun and waits.
    pub fn take(&self) -> Option<Left> {
        let mut begun = self.begun();
        if begun.waits { begun.body.take().map(Left) } else { None }
    }
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut begun = self.0.begun();
        let Some(body) = &mut begun.body else { return Poll::Ready(None) };
        let frame = Pin::new(body).poll_frame(cx);
        begun.waits = frame.is_pending();
        frame
    }
}

/// hyper may drop it before its end, for a HEAD or a client that has gone.
impl Drop for Lent {
    fn drop(&mut self) {
        self.0.begun().body = None;
    }
}

impl Left {
    /// Sends it to its end, or until the client has gone.
    pub async fn send(self, mut socket: ClientSocket) {
        let mut pieces = self.0.into_data_stream();
        let (mut listens, mut said) = (true, [0; 16]);
        loop {
            tokio::select! {
                piece = pieces.next() => match piece {
                    Some(Ok(bytes)) if bytes.is_empty() => {}
                    Some(Ok(bytes)) => if socket.write_all(&chunk(&bytes)).await.is_err() { return },
                    // What breaks off has no last chunk, so that nobody takes it for the whole.
                    Some(Err(_)) => return,
                    None => break,
                },
                read = socket.read(&mut said), if listens => match read {
                    Ok(0) | Err(_) => return,
                    // Who sends more than one request is not heard: the answer has said that the connection ends with it.
                    Ok(_) => listens = false,
                },
            }
        }
        if socket.write_all(LAST_CHUNK).await.is_ok() {
            let _ = socket.shutdown().await;
        }
    }
}

fn chunk(bytes: &[u8]) -> Vec<u8> {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}
