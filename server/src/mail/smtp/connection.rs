//! One connection to the mail server, and what is said over it. The grammar of commands and replies is lettre's; its client
//! is not used, since it does not tell at which step a conversation failed.

use super::fault::{Cause, SmtpFault, Step};
use super::reply::Reply;
use crate::config::{SmtpSecurity, SmtpSettings};
use crate::mail::Outgoing;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::commands::{Auth, Data, Ehlo, Mail, Quit, Rcpt, Rset, Starttls};
use lettre::transport::smtp::extension::{ClientId, ServerInfo};
use rustls::pki_types::ServerName;
use std::fmt::Display;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::TlsConnector;

/// The longest line and the longest reply that are read, in bytes. RFC 5321, 4.5.3.1.5 allows 512 for a line.
const LINE_MAX: usize = 2_000;
const REPLY_MAX: usize = 64_000;
/// A sign-in asks for a name and a password.
const CHALLENGES_MAX: usize = 3;
/// A server that replies faster than this is near: sending several commands at once gains nothing there, and servers that
/// reply to them in several pieces would wait for our delayed acknowledgement, 40 ms each.
const NEAR: Duration = Duration::from_millis(3);
/// How long a server may take to say goodbye.
const QUIT_TIME: Duration = Duration::from_secs(1);

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// How long one step and the whole conversation may take.
#[derive(Clone, Copy)]
pub(super) struct TimeLimit {
    step: Duration,
    until: Instant,
}

impl TimeLimit {
    /// `step` for each step, three times as long for all of them: a server that sends a byte at a time must not hold a worker.
    pub(super) fn new(step: Duration) -> Self {
        Self { step, until: Instant::now() + step * 3 }
    }

    async fn keep<T>(&self, step: Step, doing: impl Future<Output = Result<T, Cause>>) -> Result<T, SmtpFault> {
        // The reply to a message may take what is left: giving up too early sends it twice (RFC 5321, 4.5.3.2.6).
        let until = if step == Step::Message { self.until } else { self.until.min(Instant::now() + self.step) };
        let ended = timeout_at(until, doing).await.unwrap_or(Err(Cause::TimedOut));
        ended.map_err(|cause| SmtpFault { step, cause })
    }
}

/// What TLS needs besides a connection.
#[derive(Clone)]
pub(super) struct TlsClient {
    pub(super) connector: TlsConnector,
    pub(super) name: ServerName<'static>,
}

impl TlsClient {
    async fn handshake(&self, stream: Box<dyn Stream>) -> Result<Box<dyn Stream>, Cause> {
        match self.connector.connect(self.name.clone(), stream).await {
            Ok(secured) => Ok(Box::new(secured)),
            Err(found) => Err(handshake_cause(&found)),
        }
    }
}

/// A connection over which mails can be handed over.
pub(super) struct Connection {
    stream: BufReader<Box<dyn Stream>>,
    /// Several commands are sent at once (RFC 2920): the server can read them, and is far.
    pipelining: bool,
}

impl Connection {
    /// Connects, up to where the sender is named.
    pub(super) async fn open(
        settings: &SmtpSettings,
        tls: Option<&TlsClient>,
        limit: TimeLimit,
    ) -> Result<Self, SmtpFault> {
        let tcp = limit.keep(Step::Connect, connect(&settings.host, settings.port)).await?;
        let mut stream: Box<dyn Stream> = Box::new(tcp);
        if let (Some(tls), SmtpSecurity::Tls) = (tls, settings.security) {
            stream = limit.keep(Step::Tls, tls.handshake(stream)).await?;
        }
        let mut connection = Self { stream: BufReader::new(stream), pipelining: false };
        connection.hear(limit, Step::Greeting).await?;
        let mut hello = connection.hello(limit).await?;
        if let (Some(tls), SmtpSecurity::Required) = (tls, settings.security) {
            if !hello.offers("STARTTLS") {
                return Err(SmtpFault { step: Step::StartTls, cause: Cause::NotOffered });
            }
            connection.say(limit, Step::StartTls, Starttls).await?;
            if !connection.stream.buffer().is_empty() {
                return Err(SmtpFault { step: Step::StartTls, cause: Cause::SaidInClear });
            }
            let secured = limit.keep(Step::StartTls, tls.handshake(connection.stream.into_inner())).await?;
            connection.stream = BufReader::new(secured);
            hello = connection.hello(limit).await?;
        }
        if !settings.username.is_empty() {
            let credentials = Credentials::new(settings.username.clone(), settings.password.clone());
            connection.sign_in(limit, &hello, &credentials).await?;
        }
        Ok(connection)
    }

    async fn hello(&mut self, limit: TimeLimit) -> Result<Reply, SmtpFault> {
        let said_at = Instant::now();
        let hello = self.say(limit, Step::Ehlo, Ehlo::new(ClientId::default())).await?;
        self.pipelining = hello.offers("PIPELINING") && said_at.elapsed() >= NEAR;
        Ok(hello)
    }

    async fn sign_in(&mut self, limit: TimeLimit, hello: &Reply, credentials: &Credentials) -> Result<(), SmtpFault> {
        let fault = |cause| SmtpFault { step: Step::Auth, cause };
        let offered = ServerInfo::from_response(&hello.response).ok();
        let mechanism = offered
            .and_then(|offered| offered.get_auth_mechanism(DEFAULT_MECHANISMS))
            .ok_or_else(|| fault(Cause::NotOffered))?;
        let begin = Auth::new(mechanism, credentials.clone(), None).map_err(|_| fault(Cause::Unreadable))?;
        let mut reply = self.say(limit, Step::Auth, begin).await?;
        for _ in 0..CHALLENGES_MAX {
            if reply.code != 334 {
                return Ok(());
            }
            let response = Auth::new_from_response(mechanism, credentials.clone(), &reply.response)
                .map_err(|_| fault(Cause::Unreadable))?;
            reply = self.say(limit, Step::Auth, response).await?;
        }
        Err(fault(Cause::Unreadable))
    }

    /// Takes back whatever was said before, and finds out whether the server still listens.
    pub(super) async fn reset(&mut self, limit: TimeLimit) -> Result<(), SmtpFault> {
        self.say(limit, Step::Reset, Rset).await.map(drop)
    }

    /// Hands one message over.
    pub(super) async fn deliver(&mut self, limit: TimeLimit, message: &Outgoing) -> Result<(), SmtpFault> {
        let sender = Mail::new(message.envelope.from().cloned(), Vec::new()).to_string();
        let recipients = message.envelope.to().iter().map(|to| Rcpt::new(to.clone(), Vec::new()).to_string());
        let recipient: String = recipients.collect();
        if self.pipelining {
            let at_once = format!("{sender}{recipient}{Data}");
            limit.keep(Step::Sender, self.write(at_once.as_bytes())).await?;
            self.hear(limit, Step::Sender).await?;
            self.hear(limit, Step::Recipient).await?;
            self.hear(limit, Step::Data).await?;
        } else {
            self.say(limit, Step::Sender, sender).await?;
            self.say(limit, Step::Recipient, recipient).await?;
            self.say(limit, Step::Data, Data).await?;
        }
        limit.keep(Step::Message, self.write(&dotted(&message.bytes))).await?;
        self.hear(limit, Step::Message).await.map(drop)
    }

    /// Whether the connection is as it was before a mail that ended this way, so that another one may follow: it has been read
    /// up to a reply, and no reply is still to come.
    pub(super) fn is_usable_after(&self, outcome: Result<(), SmtpFault>) -> bool {
        match outcome {
            Ok(()) => true,
            Err(SmtpFault { step, cause: Cause::Reply { code, .. } }) => {
                code != 421 && (step == Step::Message || !self.pipelining)
            }
            Err(_) => false,
        }
    }

    /// Says goodbye; whether or not it is heard, the connection is closed.
    pub(super) async fn quit(mut self) {
        let _ = self.say(TimeLimit::new(QUIT_TIME), Step::Reset, Quit).await;
    }

    async fn say(&mut self, limit: TimeLimit, step: Step, command: impl Display) -> Result<Reply, SmtpFault> {
        limit.keep(step, self.write(command.to_string().as_bytes())).await?;
        self.hear(limit, step).await
    }

    /// The next reply, if it is positive.
    async fn hear(&mut self, limit: TimeLimit, step: Step) -> Result<Reply, SmtpFault> {
        let reply = limit.keep(step, self.read()).await?;
        if reply.is_positive() { Ok(reply) } else { Err(SmtpFault { step, cause: reply.cause() }) }
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Cause> {
        self.stream.write_all(bytes).await.map_err(|_| Cause::Closed)?;
        self.stream.flush().await.map_err(|_| Cause::Closed)
    }

    async fn read(&mut self) -> Result<Reply, Cause> {
        let mut lines = Vec::new();
        loop {
            let begin = lines.len();
            let mut bounded = (&mut self.stream).take(LINE_MAX as u64);
            let read = bounded.read_until(b'\n', &mut lines).await.map_err(|_| Cause::Closed)?;
            let line = lines.get(begin..).unwrap_or_default();
            if !line.ends_with(b"\n") {
                return Err(if read < LINE_MAX { Cause::Closed } else { Cause::Unreadable });
            }
            if line.get(3) != Some(&b'-') {
                return Reply::parse(&lines).ok_or(Cause::Unreadable);
            }
            if lines.len() > REPLY_MAX {
                return Err(Cause::Unreadable);
            }
        }
    }
}

async fn connect(host: &str, port: u16) -> Result<TcpStream, Cause> {
    let addresses: Vec<_> = lookup_host((host, port)).await.map_err(|_| Cause::HostUnknown)?.collect();
    let stream = TcpStream::connect(addresses.as_slice()).await.map_err(|_| Cause::Unreachable)?;
    // Otherwise the end of a message waits for the acknowledgement of its beginning.
    let _ = stream.set_nodelay(true);
    Ok(stream)
}

fn handshake_cause(found: &std::io::Error) -> Cause {
    use rustls::{CertificateError as Why, Error};
    let inner = found.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match inner {
        Some(Error::InvalidCertificate(why)) => Cause::Certificate(match why {
            Why::Expired | Why::ExpiredContext { .. } => "expired",
            Why::NotValidYet | Why::NotValidYetContext { .. } => "not valid yet",
            Why::Revoked => "revoked",
            Why::UnknownIssuer => "of an unknown authority",
            Why::NotValidForName | Why::NotValidForNameContext { .. } => "for another name",
            _ => "not acceptable",
        }),
        Some(_) => Cause::Handshake,
        None => Cause::Closed,
    }
}

/// The message with its last dot, in one piece; a dot at the beginning of a line is doubled (RFC 5321, 4.5.2).
fn dotted(message: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(message.len() + message.len() / 64 + 5);
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
    }
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(b".\r\n");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dot_at_the_beginning_of_a_line_does_not_end_the_message() {
        for (message, sent) in
            [("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"), (".a.\r\n..b", "..a.\r\n...b\r\n.\r\n"), ("", "\r\n.\r\n")]
        {
            assert_eq!(String::from_utf8(dotted(message.as_bytes())).unwrap(), sent);
        }
    }
}
