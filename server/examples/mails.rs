//! How many mails a second one node hands over to a relay on the same machine: `cargo run --release -p server --features
//! rehearsal --example mails`. With DATABASE_URL on that database, else on a fresh SQLite file.

#![expect(clippy::print_stdout, clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement")]

use server::application::Application;
use server::clock::{Clock as _, SystemClock};
use server::config::{Settings, SmtpSecurity, TransportKind};
use server::mail::{MailContent, OutboxItem};
use server::rng::{Rng, SystemRng};
use server::use_cases::{Envelope, add_item};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

const MAILS: usize = 3_000;

fn main() {
    let taken = Arc::new(AtomicUsize::new(0));
    let port = relay(taken.clone());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = std::env::temp_dir().join(format!("nirin-mails-{}", std::process::id()));
        let mut settings = Settings::read(Path::new("nirin.toml")).unwrap();
        if std::env::var("DATABASE_URL").is_err() {
            settings.store.url = format!("sqlite://{}", folder.join("nirin.db").display());
        }
        settings.http.listen = ([127, 0, 0, 1], 0).into();
        settings.secrets.key_file = folder.join("keys");
        settings.mail.transport = TransportKind::Smtp;
        settings.mail.smtp.security = SmtpSecurity::None;
        settings.mail.smtp.port = port;
        std::fs::create_dir_all(&folder).unwrap();
        let clock = Arc::new(SystemClock::default());
        let application = Application::build(&settings, clock.clone(), Arc::new(SystemRng)).await.unwrap();
        let worker = application.worker().clone();
        for (mails, what) in [(1, "one mail, the first"), (1, "one mail, the next"), (MAILS, "all waiting")] {
            write(&worker, mails, clock.now()).await;
            taken.store(0, Ordering::SeqCst);
            let stop = CancellationToken::new();
            let begun = Instant::now();
            let running = tokio::spawn(worker.clone().run(stop.clone()));
            while taken.load(Ordering::SeqCst) < mails {
                tokio::time::sleep(Duration::from_micros(200)).await;
            }
            let took = begun.elapsed().as_secs_f64();
            println!("{what}: {mails} in {:.1} ms, {:.0} a second", took * 1e3, mails as f64 / took);
            stop.cancel();
            running.await.unwrap();
        }
        std::fs::remove_dir_all(&folder).unwrap();
    });
}

async fn write(worker: &server::mail::Worker, mails: usize, now: i64) {
    let rng: &(dyn Rng + 'static) = &SystemRng;
    let mail = OutboxItem::Mail(MailContent::AuthCode {
        code: "123456".into(),
        nth: 1,
        sent_at: now,
        expires_at: now + 300_000,
        device: "iPhone（Safari）".into(),
    });
    let mut tx = worker.store.begin().await.unwrap();
    for _ in 0..mails {
        let envelope = Envelope { recipient: "taro@example.jp", reference: &"7K2M-4XQ9".into(), pause_ms: 0 };
        add_item(&mut tx, &worker.keys, rng, &mail, &envelope, now).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A relay that takes everything, on a thread of its own.
fn relay(taken: Arc<AtomicUsize>) -> u16 {
    let (told, port) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            told.send(listener.local_addr().unwrap().port()).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let taken = taken.clone();
                tokio::spawn(async move {
                    let _ = take(stream, &taken).await;
                });
            }
        });
    });
    port.recv().unwrap()
}

async fn take(stream: TcpStream, taken: &AtomicUsize) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 relay\r\n").await?;
    let (mut line, mut message) = (String::new(), false);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let reply: &[u8] = match line.as_str() {
            ".\r\n" => {
                message = false;
                taken.fetch_add(1, Ordering::SeqCst);
                b"250 taken\r\n"
            }
            _ if message => continue,
            "DATA\r\n" => {
                message = true;
                b"354 go on\r\n"
            }
            _ if line.starts_with("EHLO") => b"250-relay\r\n250 PIPELINING\r\n",
            _ => b"250 yes\r\n",
        };
        stream.write_all(reply).await?;
    }
}
