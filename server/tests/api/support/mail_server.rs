//! A mail server on a socket of its own, whose replies the test writes step by step.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use server::config::{SmtpSecurity, SmtpSettings};
use server::mail::Step;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// What the server does at a step instead of agreeing.
#[derive(Clone, Copy)]
pub enum Act {
    /// Replies this; lines end in `\n`. The connection goes on, except after 421.
    Say(&'static str),
    /// Replies nothing.
    Hang,
    /// Ends the connection.
    Drop,
}

/// How the server is set up, and what it has seen.
#[derive(Default)]
pub struct Script {
    /// The step that goes wrong, and how.
    pub fault: Option<(Step, Act)>,
    /// It goes wrong this one time.
    once: bool,
    /// What is offered after EHLO, besides the server's name.
    pub offers: Vec<&'static str>,
    /// How long the replies to EHLO and RSET take: a server that is far away.
    pub far: Duration,
    /// The connections that are greeted at the same time; any further one is told 421.
    pub most: Option<usize>,
    /// How many were told so.
    pub too_many: usize,
    /// The reply to RSET waits until somebody is told so: whoever has the connection that was kept is busy with it until then.
    pub busy_until_too_many: bool,
    /// Every command heard.
    pub heard: Vec<String>,
    /// Whether a recipient came together with its sender.
    pub together: bool,
    /// Every message taken, as it came.
    pub mails: Vec<String>,
    /// How often somebody connected.
    pub connections: usize,
    open: usize,
}

pub struct MailServer {
    pub port: u16,
    script: Arc<Mutex<Script>>,
    listening: AbortHandle,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl MailServer {
    /// Listens; takes every mail until it is told otherwise.
    pub async fn start(certificate: Option<&Certificate>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let script = Arc::new(Mutex::new(Script::default()));
        let tls = certificate.map(Certificate::acceptor);
        let shared = script.clone();
        let listening = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (script, tls) = (shared.clone(), tls.clone());
                open.spawn(async move {
                    let greeted = {
                        let mut script = script.lock().expect("the script");
                        script.connections += 1;
                        script.open += 1;
                        let greeted = script.most.is_none_or(|most| script.open <= most);
                        script.too_many += usize::from(!greeted);
                        greeted
                    };
                    let _ = serve(stream, &script, tls, greeted).await;
                    script.lock().expect("the script").open -= 1;
                });
            }
        });
        Self { port, script, listening: listening.abort_handle() }
    }

    pub fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().expect("the script")
    }

    /// From now on something goes wrong, or nothing.
    pub fn fault(&self, fault: Option<(Step, Act)>) {
        self.script().fault = fault;
    }

    /// The next time, something goes wrong.
    pub fn fault_once(&self, step: Step, act: Act) {
        let mut script = self.script();
        (script.fault, script.once) = (Some((step, act)), true);
    }

    /// How many mails were taken.
    pub fn mails(&self) -> usize {
        self.script().mails.len()
    }

    /// How often somebody connected.
    pub fn connections(&self) -> usize {
        self.script().connections
    }

    /// How often a command was heard.
    pub fn heard(&self, verb: &str) -> usize {
        self.script().heard.iter().filter(|line| line.starts_with(verb)).count()
    }

    /// Settings that lead here.
    pub fn settings(&self, shipped: &SmtpSettings, security: SmtpSecurity) -> SmtpSettings {
        // Long enough for a busy machine to reply, since a time-out would be another fault than the one that is looked at.
        SmtpSettings { host: "127.0.0.1".into(), port: self.port, security, timeout_ms: 3_000, ..shipped.clone() }
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

async fn serve(
    stream: TcpStream,
    script: &Mutex<Script>,
    tls: Option<TlsAcceptor>,
    greeted: bool,
) -> std::io::Result<()> {
    let mut stream: BufReader<Box<dyn Stream>> = BufReader::new(Box::new(stream));
    if !greeted {
        return stream.write_all(b"421 4.7.0 too many connections\r\n").await;
    }
    if step(&mut stream, script, Step::Greeting, "220 mail.example", || {}).await? == Reply::Over {
        return Ok(());
    }
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_owned();
        let verb = command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        {
            let mut script = script.lock().expect("the script");
            script.heard.push(command.clone());
            script.together |= verb == "MAIL" && stream.buffer().starts_with(b"RCPT");
        }
        let (at, agreed) = match verb.as_str() {
            "EHLO" => {
                let (offers, far) = {
                    let script = script.lock().expect("the script");
                    (script.offers.clone(), script.far)
                };
                tokio::time::sleep(far).await;
                let lines: Vec<_> = std::iter::once("mail.example").chain(offers).collect();
                let last = lines.len() - 1;
                let told = lines
                    .iter()
                    .enumerate()
                    .map(|(at, line)| format!("250{}{line}", if at == last { ' ' } else { '-' }));
                (Step::Ehlo, told.collect::<Vec<_>>().join("\n"))
            }
            "STARTTLS" => (Step::StartTls, "220 go on".to_owned()),
            "AUTH" if command == "AUTH LOGIN" => (Step::Auth, "334 VXNlcm5hbWU6".to_owned()),
            "AUTH" => (Step::Auth, "235 welcome".to_owned()),
            "BMLYAW4=" => (Step::Auth, "334 UGFzc3dvcmQ6".to_owned()),
            "C2VJCMV0" => (Step::Auth, "235 welcome".to_owned()),
            "RSET" => {
                let far = script.lock().expect("the script").far;
                tokio::time::sleep(far).await;
                let busy = |script: &Script| script.busy_until_too_many && script.too_many == 0;
                while busy(&script.lock().expect("the script")) {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                (Step::Reset, "250 as before".to_owned())
            }
            "MAIL" => (Step::Sender, "250 sender".to_owned()),
            "RCPT" => (Step::Recipient, "250 recipient".to_owned()),
            "DATA" => (Step::Data, "354 go on".to_owned()),
            "QUIT" => return stream.write_all(b"221 bye\r\n").await,
            _ => (Step::Reset, "502 what?".to_owned()),
        };
        let reply = step(&mut stream, script, at, &agreed, || {}).await?;
        match (at, &tls) {
            _ if reply == Reply::Over => return Ok(()),
            (Step::StartTls, Some(tls)) if reply == Reply::Agreed => {
                stream = BufReader::new(Box::new(tls.accept(stream.into_inner()).await?));
            }
            (Step::Data, _) if reply == Reply::Agreed => {
                let message = message(&mut stream).await?;
                let take = || script.lock().expect("the script").mails.push(message);
                if step(&mut stream, script, Step::Message, "250 taken", take).await? == Reply::Over {
                    return Ok(());
                }
            }
            _ => {}
        }
    }
}

/// What the server did at a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reply {
    Agreed,
    Refused,
    /// The connection does not go on.
    Over,
}

/// Agrees, or does what the script says at this moment: it may be another one as soon as the client has the reply. What is done when
/// it agrees is therefore done before.
async fn step(
    stream: &mut BufReader<Box<dyn Stream>>,
    script: &Mutex<Script>,
    at: Step,
    agreed: &str,
    on_agreed: impl FnOnce(),
) -> std::io::Result<Reply> {
    let fault = {
        let mut script = script.lock().expect("the script");
        let fault = script.fault.filter(|(step, _)| *step == at);
        if fault.is_some() && std::mem::take(&mut script.once) {
            script.fault = None;
        }
        fault
    };
    let said = match fault {
        Some((_, Act::Say(said))) => said,
        Some((_, Act::Hang)) => std::future::pending().await,
        Some((_, Act::Drop)) => return Ok(Reply::Over),
        None => {
            on_agreed();
            agreed
        }
    };
    stream.write_all(format!("{}\r\n", said.replace('\n', "\r\n")).as_bytes()).await?;
    stream.flush().await?;
    Ok(match fault {
        _ if said.starts_with("421") => Reply::Over,
        Some(_) => Reply::Refused,
        None => Reply::Agreed,
    })
}

async fn message(stream: &mut BufReader<Box<dyn Stream>>) -> std::io::Result<String> {
    let mut message = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == ".\r\n" {
            return Ok(message);
        }
        message.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

/// A certificate and the authority that made it, in a folder that goes with it.
pub struct Certificate {
    folder: PathBuf,
}

impl Certificate {
    /// For this name (`IP:127.0.0.1`, `DNS:…`), valid for so many days from now on.
    pub fn make(folder: &Path, name: &str, days: &str) -> Self {
        let folder = folder.join(format!("certificate-{}-{days}", name.replace([':', '.'], "-")));
        std::fs::create_dir_all(&folder).expect("a folder");
        let extensions = format!("subjectAltName={name}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n");
        std::fs::write(folder.join("names"), extensions).expect("a file");
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        for command in [
            format!("req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority"),
            format!("req -new {key} -keyout server.key -out server.csr -subj /CN=server"),
            format!(
                "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days {days} -extfile names -out server.pem"
            ),
        ] {
            let made = Command::new("openssl").args(command.split(' ')).current_dir(&folder).output().expect("openssl");
            assert!(made.status.success(), "{command}: {}", String::from_utf8_lossy(&made.stderr));
        }
        Self { folder }
    }

    /// For `mail.smtp.ca_file`.
    pub fn authority(&self) -> String {
        self.folder.join("ca.pem").display().to_string()
    }

    fn acceptor(&self) -> TlsAcceptor {
        let chain = CertificateDer::pem_file_iter(self.folder.join("server.pem"))
            .expect("a certificate")
            .collect::<Result<Vec<_>, _>>()
            .expect("a certificate");
        let key = PrivateKeyDer::from_pem_file(self.folder.join("server.key")).expect("a key");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocols")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate and its key");
        TlsAcceptor::from(Arc::new(config))
    }
}
