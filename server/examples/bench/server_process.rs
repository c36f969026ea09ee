//! The server that is measured.

use crate::client::ask;
use crate::people::prepare;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

/// The real binary in a process of its own, so that only its CPU and memory are counted.
pub struct Server {
    process: Child,
    pub address: SocketAddr,
}

impl Server {
    pub fn start(binary: &str, site: &Path, folder: &Path) -> Self {
        let store = format!("sqlite://{}/bench.db", folder.display());
        tokio::runtime::Runtime::new().expect("a runtime").block_on(prepare(&store));
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
        let process = Command::new(binary)
            .arg("serve")
            .env("NIRIN_HTTP__LISTEN", free.to_string())
            .env("NIRIN_HTTP__PUBLIC_URL", format!("http://{free}"))
            .env("NIRIN_HTTP__ASSETS", site)
            .env("NIRIN_STORE__URL", store)
            .env("NIRIN_SECRETS__KEY_FILE", folder.join("keys"))
            // What is measured are passwords, not the waits after wrong ones.
            .env("NIRIN_LIMITS__PASSWORD_WRONG_BEFORE_WAIT", "1000000")
            .env("NIRIN_LIMITS__PASSWORD_WRONG_BEFORE_RESET", "1000000")
            .env("NIRIN_LIMITS__RESETS_PER_ADDRESS", "1000000")
            .env("NIRIN_LIMITS__SIGN_IN_PER_ADDRESS", "1000000")
            .env("NIRIN_LIMITS__FLOWS_PER_ADDRESS", "1000000")
            .env("NIRIN_LIMITS__MAILS_PER_ACCOUNT", "1000000")
            .env("NIRIN_LOG", "warn")
            // Ours, and no setting of the server.
            .env_remove("NIRIN_BIN")
            .spawn()
            .expect("the server");
        let server = Self { process, address: free };
        for _ in 0..200 {
            if ask(free, "GET /readyz HTTP/1.1\r\nHost: x\r\n", "").status == 200 {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the server does not answer");
    }

    /// Its number among the machine's processes.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn stop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }

    /// CPU milliseconds that the server has used.
    pub fn cpu(&self) -> f64 {
        cpu(&self.process.id().to_string())
    }

    pub fn memory(&self, when: &str) {
        memory(self.process.id(), when);
    }
}

pub fn memory(process: u32, when: &str) {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("?").trim();
    println!("Resident memory, {when}: {resident}");
}

/// CPU milliseconds that a process has used.
pub fn cpu(process: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    // User and system time, in ticks of 10 ms.
    after.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}
