//! A throw-away PostgreSQL, started once per test run and shared by all tests.
//!
//! Whoever tests holds a shared lock on `users`. A detached watchdog waits for the exclusive one, which it gets when the
//! last test process has ended, however it ended; then it stops the server and removes its files.

use super::node::limit_files;
use std::fs::File;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The server that runs for this test run.
pub struct Postgres {
    port: u16,
    /// Held until the process ends.
    _users: File,
}

const MISSING: &str = "PostgreSQL's programs (initdb, pg_ctl) are missing: install Debian's package `postgresql`, or put them on PATH. \
    The tests run on SQLite and on PostgreSQL; neither is left out.";

impl Postgres {
    /// The one of this process, started at first use.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// The port that it listens on, on loopback.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Runs one of its programs, such as `pg_dump`.
    pub fn run(&self, name: &str, arguments: &[&str]) {
        let ended = output(Command::new(programs().join(name)).args(arguments));
        assert!(ended.status.success(), "{name}: {}", String::from_utf8_lossy(&ended.stderr));
    }

    fn start() -> Self {
        let programs = programs();
        let folder = folder();
        let start = open(&folder.join("start"));
        start.lock().expect("lock of the start");
        let users = open(&folder.join("users"));
        users.lock_shared().expect("lock of the users");
        let data = folder.join("data");
        if !pg_ctl(&programs, &data, &["status"]).status.success() {
            initialise(&programs, &data, &[]);
            run(&programs, &data);
            watch(&programs, &folder);
        }
        Self { port: port_of(&data), _users: users }
    }
}

/// A PostgreSQL of one test's own, which can be demoted to a standby and promoted again.
pub struct OwnPostgres {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
}

impl OwnPostgres {
    /// Makes and starts one.
    pub fn start(name: &str) -> Self {
        let (programs, data) = (programs(), folder().join(format!("{name}-{}", std::process::id())));
        // So small that a limit to the length of files can be one that the log of what is written keeps to.
        initialise(&programs, &data, &["--wal-segsize=1"]);
        run(&programs, &data);
        let port = port_of(&data);
        Self { programs, data, port }
    }

    /// The address of its database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// It comes back at the same address as a standby: everything can be read, nothing written.
    pub fn demote(&self) {
        assert!(self.control(&["-m", "fast", "-w", "stop"]), "not stopped");
        let signal = output(program_user("touch").arg(self.data.join("standby.signal")));
        assert!(signal.status.success(), "not told to be a standby");
        let options = options(&self.data, self.port);
        let log = self.data.join("log");
        let mut start = program(&self.programs, "pg_ctl");
        start.arg("-D").arg(&self.data).arg("-l").arg(log).args(["-w", "-t", "30", "-o", &options, "start"]);
        start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(start.status().is_ok_and(|status| status.success()), "not started again");
    }

    /// It becomes the primary again.
    pub fn promote(&self) {
        assert!(self.control(&["-w", "promote"]), "not promoted");
    }

    /// Sets how long the files of its processes may become, of those for later connections too. PostgreSQL takes a file that must not
    /// grow as one that there is no room for.
    pub fn room(&self, bytes: &str) {
        let first = std::fs::read_to_string(self.data.join("postmaster.pid")).expect("PostgreSQL's own notes");
        let first: u32 = first.lines().next().and_then(|id| id.parse().ok()).expect("PostgreSQL's process");
        assert!(limit_files(program_user("prlimit"), first, bytes));
        let others = std::fs::read_to_string(format!("/proc/{first}/task/{first}/children")).expect("its processes");
        for other in others.split_whitespace() {
            // That of a connection may have ended meanwhile.
            limit_files(program_user("prlimit"), other.parse().expect("a process"), bytes);
        }
    }

    fn control(&self, arguments: &[&str]) -> bool {
        pg_ctl(&self.programs, &self.data, arguments).status.success()
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        self.control(&["-m", "immediate", "stop"]);
        let _ = std::fs::remove_dir_all(&self.data);
    }
}

fn port_of(data: &Path) -> u16 {
    let lines = std::fs::read_to_string(data.join("postmaster.pid")).expect("PostgreSQL's own notes");
    lines.lines().nth(3).and_then(|port| port.parse().ok()).expect("PostgreSQL's port")
}

/// Where `initdb` and `pg_ctl` are.
fn programs() -> PathBuf {
    let configured = Command::new("pg_config").arg("--bindir").output().ok();
    let configured = configured.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim().to_owned()));
    let path =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let packaged = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect());
    let mut packaged: Vec<PathBuf> = packaged.unwrap_or_default();
    packaged.sort();
    packaged.reverse();
    let mut places = configured.into_iter().chain(packaged).chain(path);
    places
        .find(|place| ["initdb", "pg_ctl", "postgres"].iter().all(|program| place.join(program).is_file()))
        .expect(MISSING)
}

/// PostgreSQL refuses to run as root: there it runs as the user of its package.
pub fn is_root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| output(Command::new("id").arg("-u")).stdout.starts_with(b"0\n"))
}

fn folder() -> PathBuf {
    let who = String::from_utf8_lossy(&output(Command::new("id").arg("-u")).stdout).trim().to_owned();
    let folder = place().join(format!("nirin-test-postgres-{who}"));
    std::fs::create_dir_all(&folder).expect("a folder for PostgreSQL");
    if is_root() {
        let given = output(Command::new("chown").arg("postgres").arg(&folder));
        assert!(given.status.success(), "As root, PostgreSQL is run as the user `postgres`, who is missing. {MISSING}");
    }
    folder
}

/// In memory, where there is room: every test makes and deletes hundreds of files, and ext4 looks long for an inode that was not
/// deleted just before.
fn place() -> &'static Path {
    const ROOM_KIB: u64 = 1024 * 1024;
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let memory = PathBuf::from("/dev/shm");
        let told = output(Command::new("df").args(["-k", "--output=avail"]).arg(&memory));
        let room =
            String::from_utf8_lossy(&told.stdout).lines().nth(1).and_then(|room| room.trim().parse::<u64>().ok());
        if room.is_some_and(|room| room >= ROOM_KIB) { memory } else { std::env::temp_dir() }
    })
}

fn open(file: &Path) -> File {
    File::options().create(true).append(true).open(file).expect("a file to lock")
}

fn output(command: &mut Command) -> Output {
    command.stdin(Stdio::null()).output().unwrap_or_else(|found| panic!("{command:?}: {found}"))
}

/// One of PostgreSQL's programs, as the user it may run as.
fn program(programs: &Path, name: &str) -> Command {
    program_user(programs.join(name))
}

/// A program as the user that PostgreSQL may run as.
fn program_user(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir(std::env::temp_dir());
    command
}

fn pg_ctl(programs: &Path, data: &Path, arguments: &[&str]) -> Output {
    output(program(programs, "pg_ctl").arg("-D").arg(data).args(arguments))
}

fn initialise(programs: &Path, data: &Path, further: &[&str]) {
    // What a run that was cut off has left.
    let _ = std::fs::remove_dir_all(data);
    let mut initdb = program(programs, "initdb");
    initdb.arg("-D").arg(data).args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
    let made = output(initdb.args(further));
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
}

fn options(data: &Path, port: u16) -> String {
    format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c fsync=off -c full_page_writes=off \
         -c synchronous_commit=off -c max_connections=300 -c shared_buffers=64MB -c autovacuum=off \
         -c min_wal_size=32MB -c max_wal_size=128MB",
        data.display()
    )
}

fn run(programs: &Path, data: &Path) {
    for _ in 0..3 {
        let free = std::net::TcpListener::bind(("127.0.0.1", 0))
            .and_then(|listener| listener.local_addr())
            .expect("a free port");
        let options = options(data, free.port());
        let log = data.join("log");
        // Its output goes to the log: a pipe that the server inherited would never end.
        let mut command = program(programs, "pg_ctl");
        command.arg("-D").arg(data).arg("-l").arg(log).args(["-w", "-t", "30", "-o", &options, "start"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if command.status().is_ok_and(|status| status.success()) {
            return;
        }
    }
    panic!("PostgreSQL did not start: {}", std::fs::read_to_string(data.join("log")).unwrap_or_default());
}

/// Stops the server when nobody tests any more.
#[expect(clippy::zombie_processes, reason = "it outlives this process, which is what it waits for")]
fn watch(programs: &Path, folder: &Path) {
    let data = folder.join("data");
    let mut stop = program(programs, "pg_ctl");
    stop.arg("-D").arg(&data).args(["-m", "immediate", "stop"]);
    let words: Vec<_> = std::iter::once(stop.get_program())
        .chain(stop.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let mut watchdog = Command::new("flock");
    watchdog.arg("--exclusive").arg(folder.join("users")).args([
        "sh",
        "-c",
        r#"data="$1"; shift; "$@"; rm -rf "$data""#,
        "sh",
    ]);
    watchdog.arg(&data).args(words).current_dir(std::env::temp_dir()).process_group(0);
    watchdog.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    watchdog.spawn().expect("`flock` of util-linux");
}
