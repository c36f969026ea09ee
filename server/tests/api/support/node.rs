//! The binary itself as a process, for what only a process has: a disk, and limits that the system sets.

use super::{Browser, TARO, TestApp};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// A running `nirin serve`; ended when it is dropped.
pub struct Node {
    child: Child,
    url: String,
    log: Arc<Mutex<Vec<String>>>,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Node {
    /// A node on this database, which the system does not end for want of room.
    pub fn start(app: &TestApp, database: &str) -> Self {
        let mut command = Command::new("env");
        command.arg("--ignore-signal=XFSZ");
        Self::start_by(command, app, database)
    }

    /// A node with further variables in its environment.
    pub fn start_with(app: &TestApp, variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new("env");
        command.envs(variables.iter().copied());
        Self::start_by(command, app, &app.settings.store.url)
    }

    /// A node that may have between `soft` and `hard` files open.
    pub fn start_with_open_files(app: &TestApp, soft: u64, hard: u64) -> Self {
        let mut command = Command::new("prlimit");
        command.arg(format!("--nofile={soft}:{hard}"));
        Self::start_by(command, app, &app.settings.store.url)
    }

    /// A node that sees a file system of `kib` KiB of its own in place of `folder`. Returns nothing where the system lets nobody
    /// mount one.
    pub fn start_on_own_disk(app: &TestApp, folder: &str, kib: u32) -> Option<Self> {
        let mount = "mount -t tmpfs -o size=$1k none \"$2\" && shift 2 && exec \"$@\"";
        let own = |program: &str| {
            let mut command = Command::new("unshare");
            command.args(["--map-root-user", "--mount", "sh", "-c", mount, "sh"]);
            command.args([kib.to_string().as_str(), folder, program]);
            command
        };
        if !own("true").status().is_ok_and(|status| status.success()) {
            return None;
        }
        Some(Self::start_by(own("env"), app, &format!("sqlite://{folder}/nirin.db")))
    }

    /// Starts a node by a program that takes the node's command line as its last arguments.
    fn start_by(mut command: Command, app: &TestApp, database: &str) -> Self {
        command.args([env!("CARGO_BIN_EXE_nirin"), "serve"]);
        command.args(["--config", "../nirin.toml"]);
        command.env("DATABASE_URL", database).env("NIRIN_HTTP__LISTEN", "127.0.0.1:0");
        command.env("NIRIN_SECRETS__KEY_FILE", &app.settings.secrets.key_file);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines().map_while(Result::ok);
        let log = Arc::new(Mutex::new(Vec::new()));
        let mut address = None;
        for line in lines.by_ref() {
            address = line.split_once("\"address\":\"").and_then(|(_, rest)| Some(rest.split('"').next()?.to_owned()));
            log.lock().expect("the log").push(line);
            if address.is_some() {
                break;
            }
        }
        let further = log.clone();
        std::thread::spawn(move || lines.for_each(|line| further.lock().expect("the log").push(line)));
        Self { child, url: format!("http://{}", address.expect("an address")), log }
    }

    /// A browser of this test at this node.
    pub fn browser(&self, app: &TestApp) -> Browser {
        app.browser_at(&self.url)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far with this event.
    pub fn logged(&self, event: &str) -> Vec<String> {
        let wanted = format!("\"event\":\"{event}\"");
        self.log.lock().expect("the log").iter().filter(|line| line.contains(&wanted)).cloned().collect()
    }

    /// Waits until it has logged something with this event.
    pub async fn until_logged(&self, event: &str) {
        for _ in 0..400 {
            if !self.logged(event).is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{event} was not logged");
    }

    /// Sets how long its files may become.
    pub fn room(&self, bytes: &str) {
        assert!(limit_files(Command::new("prlimit"), self.id(), bytes));
    }

    pub async fn status(&self, path: &str) -> u16 {
        client().get(format!("{}{path}", self.url)).send().await.unwrap().status().as_u16()
    }

    /// The status of a post that writes.
    pub async fn post(&self) -> u16 {
        let post = client().post(format!("{}/password-reset", self.url));
        let post =
            post.header("content-type", "application/x-www-form-urlencoded").header("sec-fetch-site", "same-origin");
        let post = post.body(format!("step=user-id&user_id={}", TARO.email));
        post.send().await.unwrap().status().as_u16()
    }
}

/// Sets by util-linux's `prlimit` how long the files of a process may become, and of those that it starts from now on. Says whether
/// there was such a process.
pub fn limit_files(mut prlimit: Command, process: u32, bytes: &str) -> bool {
    prlimit.args(["--pid", &process.to_string(), &format!("--fsize={bytes}:unlimited")]);
    prlimit.status().expect("prlimit of util-linux").success()
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
