//! A client's socket as hyper sees it: who sends half a head is cut off, and so is who does not read. What hyper itself answers to
//! a request that it cannot read gets the headers of every answer.

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep};
use tokio_io_timeout::TimeoutStream;

const IDLE: u8 = 0;
const HEAD: u8 = 1;
const ANSWER: u8 = 2;

/// How long a client may take.
#[derive(Clone, Copy)]
pub(super) struct SocketTimeouts {
    /// To send the head of a request, from its first byte.
    pub head: Duration,
    /// To read something of what is being sent to it.
    pub stalled: Duration,
}

/// Where a connection is: idle, in the middle of a request's head, or answering; and whether anything of what was written to it is
/// still held back.
#[derive(Clone, Default)]
pub(super) struct Phase(Arc<PhaseState>);

#[derive(Default)]
struct PhaseState {
    phase: AtomicU8,
    unsent: AtomicBool,
}

/// Exists while a request has been read and its response is not yet sent.
pub(super) struct Answering(Phase);

impl Phase {
    fn get(&self) -> u8 {
        self.0.phase.load(Ordering::Relaxed)
    }

    fn set(&self, phase: u8) {
        self.0.phase.store(phase, Ordering::Relaxed);
    }

    fn set_unsent(&self, unsent: bool) {
        self.0.unsent.store(unsent, Ordering::Relaxed);
    }

    /// Returns whether the system has all that was written: hyper flushes once it holds nothing back itself.
    pub fn is_all_sent(&self) -> bool {
        !self.0.unsent.load(Ordering::Relaxed)
    }

    pub fn answering(&self) -> Answering {
        self.set(ANSWER);
        Answering(self.clone())
    }
}

impl Answering {
    /// Wraps a body, to learn when hyper has taken all of it.
    pub fn until_sent(self, body: Body) -> Body {
        Body::new(Answer { body, _answering: self })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.set(IDLE);
    }
}

struct Answer {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

pub(super) struct ClientSocket {
    stream: Pin<Box<TimeoutStream<TcpStream>>>,
    phase: Phase,
    head_time: Duration,
    head_over: Pin<Box<Sleep>>,
    headers: Arc<str>,
    /// An answer of hyper's with our headers, on its way out.
    own: Vec<u8>,
}

impl ClientSocket {
    pub fn new(stream: TcpStream, timeouts: SocketTimeouts, phase: Phase, headers: Arc<str>) -> Self {
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(timeouts.stalled));
        Self {
            stream: Box::pin(stream),
            phase,
            head_time: timeouts.head,
            head_over: Box::pin(tokio::time::sleep(timeouts.head)),
            headers,
            own: Vec::new(),
        }
    }

    fn poll_own(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.own.is_empty() {
            let sent = ready!(self.stream.as_mut().poll_write(cx, &self.own))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.own.drain(..sent);
        }
        Poll::Ready(Ok(()))
    }
}

/// Adds these headers to a response that hyper wrote by itself. Returns nothing for any other response.
fn with_headers(answer: &[u8], headers: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(answer).ok()?;
    let head = text.strip_suffix("\r\n\r\n")?;
    let own = head.starts_with("HTTP/1.1 4") && head.len() < 512 && !head.contains("x-request-id");
    own.then(|| format!("{head}\r\n{headers}\r\n").into_bytes())
}

impl AsyncRead for ClientSocket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = self.stream.as_mut().poll_read(cx, buffer);
        match &read {
            Poll::Ready(Ok(())) if buffer.filled().len() > before && self.phase.get() == IDLE => {
                self.phase.set(HEAD);
                let over = Instant::now() + self.head_time;
                self.head_over.as_mut().reset(over);
            }
            Poll::Pending if self.phase.get() == HEAD && self.head_over.as_mut().poll(cx).is_ready() => {
                return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
            }
            _ => {}
        }
        read
    }
}

impl AsyncWrite for ClientSocket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.phase.set_unsent(true);
        ready!(self.poll_own(cx))?;
        if self.phase.get() == HEAD
            && let Some(own) = with_headers(bytes, &self.headers)
        {
            self.own = own;
            // What does not fit now goes out when hyper flushes.
            if let Poll::Ready(Err(found)) = self.poll_own(cx) {
                return Poll::Ready(Err(found));
            }
            return Poll::Ready(Ok(bytes.len()));
        }
        self.stream.as_mut().poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_own(cx))?;
        ready!(self.stream.as_mut().poll_flush(cx))?;
        self.phase.set_unsent(false);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_own(cx))?;
        self.stream.as_mut().poll_shutdown(cx)
    }
}
