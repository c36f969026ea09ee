//! The nodes as processes, and the proxy in front of them.

use crate::process::{cpu, free_port, memory, signal};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Where everything is that nodes need.
pub struct Place {
    pub binary: PathBuf,
    pub site: PathBuf,
    pub folder: PathBuf,
    pub database: String,
    pub relay: u16,
    /// What browsers connect to.
    pub portal: SocketAddr,
}

impl Place {
    /// A command of the product with the settings of this run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
        command.env("DATABASE_URL", &self.database).env("NIRIN_SECRETS__KEY_FILE", self.keys());
        command.env("NIRIN_HTTP__PUBLIC_URL", format!("http://{}", self.portal));
        command.env("NIRIN_HTTP__TRUSTED_PROXIES", "127.0.0.0/8").env("NIRIN_HTTP__ASSETS", &self.site);
        command.env("NIRIN_HTTP__CONNECTIONS", "27000");
        command.env("NIRIN_MAIL__TRANSPORT", "smtp").env("NIRIN_MAIL__SMTP__SECURITY", "none");
        command.env("NIRIN_MAIL__SMTP__PORT", self.relay.to_string());
        // An evening in a minute: nobody waits half a minute for a second mail, and the same people sign in again and again.
        command.env("NIRIN_LIMITS__RESEND_GAP_MS", "2000").env("NIRIN_LIMITS__CODE_MAILS_PER_ACCOUNT", "1000000");
        command.env("NIRIN_LIMITS__MAILS_PER_ACCOUNT", "100");
        command.env_remove("NIRIN_BIN");
        command
    }

    /// The keys of all nodes.
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// A file for what a process says.
    fn log(&self, name: &str) -> Stdio {
        let file = std::fs::File::options().create(true).append(true).open(self.folder.join(name));
        file.expect("a log").into()
    }
}

/// One node.
pub struct Node {
    pub name: &'static str,
    pub address: SocketAddr,
    process: Child,
}

impl Node {
    /// Starts it, and returns once it is ready.
    pub async fn start(place: &Place, name: &'static str) -> Self {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        let node = Self { name, address, process: Self::run(place, name, address) };
        node.ready().await;
        node
    }

    fn run(place: &Place, name: &str, address: SocketAddr) -> Child {
        let mut command = place.command(&["serve"]);
        command.env("NIRIN_HTTP__LISTEN", address.to_string()).stderr(place.log(&format!("{name}.log")));
        command.spawn().expect("the binary")
    }

    async fn ready(&self) {
        answers(self.address, "/readyz", Duration::from_secs(60)).await;
    }

    /// Ends it, gently or at once.
    pub async fn end(&mut self, by: &str) {
        signal(by, self.id());
        while self.process.try_wait().expect("a process").is_none() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Starts it anew at the same address, and returns once it is ready.
    pub async fn start_again(&mut self, place: &Place) {
        self.process = Self::run(place, self.name, self.address);
        self.ready().await;
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn cpu(&self) -> f64 {
        cpu(self.id())
    }

    /// Resident KiB.
    pub fn memory(&self) -> f64 {
        memory(self.id())
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// HAProxy with the file of `deploy/`.
pub struct Proxy {
    process: Child,
    socket: PathBuf,
}

impl Proxy {
    /// Starts it, and returns once it hands requests to both nodes.
    pub async fn start(place: &Place, nodes: [&Node; 2]) -> Self {
        let socket = place.folder.join("proxy.sock");
        let mut file = std::fs::read_to_string("deploy/haproxy/haproxy.cfg").expect("deploy/haproxy/haproxy.cfg");
        let mut put = |of_deploy: &str, of_this_run: String| {
            assert!(file.contains(of_deploy), "deploy/haproxy/haproxy.cfg has no {of_deploy}");
            file = file.replace(of_deploy, &of_this_run);
        };
        put(":443 ssl crt /etc/haproxy/portal.pem alpn h2,http/1.1", place.portal.to_string());
        put("/run/haproxy/admin.sock", socket.display().to_string());
        put("nirin-1:3000", nodes[0].address.to_string());
        put("nirin-2:3000", nodes[1].address.to_string());
        // The machine may not have as many files to give.
        put("maxconn 50000", "maxconn 9000".to_owned());
        let config = place.folder.join("haproxy.cfg");
        std::fs::write(&config, file).expect("a file");
        let mut command = Command::new("/usr/sbin/haproxy");
        command.arg("-db").arg("-f").arg(&config).stdin(Stdio::null());
        command.stdout(place.log("proxy.log")).stderr(place.log("proxy.log"));
        let proxy = Self { process: command.spawn().expect("HAProxy: .make/tools.sh haproxy"), socket };
        answers(place.portal, "/readyz", Duration::from_secs(30)).await;
        for node in nodes {
            while !proxy.sees(node) {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        proxy
    }

    pub fn cpu(&self) -> f64 {
        cpu(self.process.id())
    }

    /// A node gets no further requests, or gets them again.
    pub fn set(&self, node: &Node, state: &str) {
        self.command(&format!("set server nirin/{} state {state}", node.name));
    }

    /// Whether the node is up as the proxy sees it.
    pub fn sees(&self, node: &Node) -> bool {
        let state = self.command("show stat");
        state.lines().any(|line| line.starts_with(&format!("nirin,{},", node.name)) && line.contains(",UP,"))
    }

    fn command(&self, command: &str) -> String {
        let Ok(mut socket) = UnixStream::connect(&self.socket) else { return String::new() };
        socket.write_all(format!("{command}\n").as_bytes()).expect("a command for HAProxy");
        BufReader::new(socket).lines().map_while(Result::ok).collect::<Vec<_>>().join("\n")
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Waits until an address answers 200.
pub async fn answers(address: SocketAddr, path: &str, within: Duration) {
    let request = format!("GET {path} HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n");
    let asked = async {
        loop {
            let well = tokio::task::spawn_blocking({
                let request = request.clone();
                move || is_well(address, &request).unwrap_or_default()
            });
            if well.await.unwrap_or_default() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(within, asked).await.unwrap_or_else(|_| panic!("{address} does not answer"));
}

fn is_well(address: SocketAddr, request: &str) -> std::io::Result<bool> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(request.as_bytes())?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    Ok(line.contains(" 200 "))
}

/// A path as text.
pub fn text(path: &Path) -> String {
    path.display().to_string()
}
