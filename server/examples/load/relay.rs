//! The relay: takes every mail and notes when. It can be down for a while.

use crate::process::{cpu_of_thread, this_thread};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Instant;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};

/// A mail that the relay took.
pub struct Mail {
    pub at: Instant,
    raw: String,
}

#[derive(Default)]
struct Taken {
    inboxes: HashMap<String, Vec<Arc<Mail>>>,
    waiting: HashMap<String, Arc<Notify>>,
    /// When each Message-ID came, every time.
    ids: HashMap<String, Vec<Instant>>,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Relay {
    pub port: u16,
    taken: Arc<Mutex<Taken>>,
    up: watch::Sender<bool>,
    thread: Arc<str>,
}

impl Relay {
    /// Starts on a thread of its own, so that its CPU can be told from the driver's.
    pub fn start() -> Self {
        let (taken, (up, mut is_up)) = (Arc::<Mutex<Taken>>::default(), watch::channel(true));
        let (told, started) = std::sync::mpsc::channel();
        let shared = taken.clone();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let mut listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let address = listener.local_addr().expect("an address");
                told.send((address.port(), this_thread())).expect("somebody who listens");
                loop {
                    tokio::select! {
                        Ok((stream, _)) = listener.accept() => {
                            tokio::spawn(converse(stream, shared.clone(), is_up.clone()));
                        }
                        _ = is_up.changed() => {
                            drop(listener);
                            if is_up.wait_for(|up| *up).await.is_err() {
                                return;
                            }
                            listener = TcpListener::bind(address).await.expect("the same port");
                        }
                    }
                }
            });
        });
        let (port, thread) = started.recv().expect("a relay");
        Self { port, taken, up, thread: thread.into() }
    }

    /// Refuses connections and cuts those that are open, or takes mails again.
    pub fn set_up(&self, up: bool) {
        let _ = self.up.send(up);
    }

    /// CPU milliseconds so far.
    pub fn cpu(&self) -> f64 {
        cpu_of_thread(&self.thread)
    }

    /// How many mails were taken.
    pub fn count(&self) -> usize {
        self.taken().ids.values().map(Vec::len).sum()
    }

    /// When each message came, every time, by the number that its outbox row has.
    pub fn times(&self) -> HashMap<String, Vec<Instant>> {
        self.taken().ids.clone()
    }

    /// Waits for a mail to an address that was taken after this moment, and has what `read` looks for; the newest one.
    pub async fn find(&self, to: &str, after: Instant, read: fn(&Mail) -> Option<String>) -> (String, Instant) {
        loop {
            let waiting = self.taken().waiting.entry(to.to_owned()).or_default().clone();
            // From here on no mail is missed.
            let next = waiting.notified();
            let inbox = self.taken().inboxes.get(to).cloned().unwrap_or_default();
            let arrived = inbox.iter().rev().take_while(|mail| mail.at >= after);
            if let Some(found) = arrived.filter_map(|mail| Some((read(mail)?, mail.at))).next() {
                return found;
            }
            next.await;
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().expect("the mails")
    }
}

/// A conversation, which breaks off when the relay goes down.
async fn converse(stream: TcpStream, taken: Arc<Mutex<Taken>>, mut is_up: watch::Receiver<bool>) {
    let down = async {
        let _ = is_up.wait_for(|up| !up).await;
    };
    tokio::select! {
        _ = take(stream, &taken) => {}
        () = down => {}
    }
}

async fn take(stream: TcpStream, taken: &Mutex<Taken>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 relay\r\n").await?;
    let (mut line, mut to) = (String::new(), String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let reply: &[u8] = match line.trim_end() {
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let mut raw = String::with_capacity(16_384);
                while !raw.ends_with("\r\n.\r\n") {
                    if stream.read_line(&mut raw).await? == 0 {
                        return Ok(());
                    }
                }
                note(taken, &to, raw);
                b"250 taken\r\n"
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            command if command.starts_with("EHLO") => b"250-relay\r\n250 PIPELINING\r\n",
            command => {
                if let Some((_, rest)) = command.split_once("RCPT TO:<") {
                    to = rest.trim_end_matches('>').to_owned();
                }
                b"250 yes\r\n"
            }
        };
        stream.write_all(reply).await?;
    }
}

fn note(taken: &Mutex<Taken>, to: &str, raw: String) {
    let (at, header) = (Instant::now(), "Message-ID: <");
    let id = raw.lines().find_map(|line| line.strip_prefix(header)).and_then(|id| id.split('@').next());
    let id = id.expect("every mail has a Message-ID").to_owned();
    let mut taken = taken.lock().expect("the mails");
    taken.ids.entry(id).or_default().push(at);
    taken.inboxes.entry(to.to_owned()).or_default().push(Arc::new(Mail { at, raw }));
    if let Some(waiting) = taken.waiting.get(to) {
        waiting.notify_waiters();
    }
}

impl Mail {
    /// The code, if it is a mail with one.
    pub fn code(&self) -> Option<String> {
        let text = self.text();
        let code = text.lines().map(str::trim).find(|line| !line.is_empty())?;
        (code.len() == rules::AuthCode::LENGTH && code.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| code.to_owned())
    }

    /// The path of the link, if it is a mail with one.
    pub fn link(&self) -> Option<String> {
        let text = self.text();
        let (_, link) = text.split_once("/link/")?;
        Some(format!("/link/{}", link.split_whitespace().next()?))
    }

    /// The plain text part.
    fn text(&self) -> String {
        let part = self.raw.split("\r\n--").find(|part| part.contains("Content-Type: text/plain")).unwrap_or_default();
        let Some((head, body)) = part.split_once("\r\n\r\n") else { return String::new() };
        let bytes = if head.contains("base64") {
            use base64::Engine as _;
            let body: String = body.split_whitespace().collect();
            base64::engine::general_purpose::STANDARD.decode(body).unwrap_or_default()
        } else if head.contains("quoted-printable") {
            unquoted(body)
        } else {
            body.as_bytes().to_vec()
        };
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Reads quoted-printable (RFC 2045, section 6.7).
fn unquoted(body: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        rest = match after.strip_prefix("\r\n") {
            Some(next_line) => next_line,
            None => {
                let (digits, next) = after.split_at_checked(2).unwrap_or_default();
                bytes.extend(u8::from_str_radix(digits, 16));
                next
            }
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
