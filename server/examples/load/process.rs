//! What processes cost the machine, as Linux tells.

use std::process::Command;

/// CPU milliseconds of a process or thread by its folder below `/proc`: user and system time, in ticks of 10 ms. `ended`: of its
/// children that have ended, too.
fn cpu_in(folder: &str, ended: bool) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{folder}/stat")).unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let fields = after.split_whitespace().skip(11).take(if ended { 4 } else { 2 });
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// CPU milliseconds of a process.
pub fn cpu(process: u32) -> f64 {
    cpu_in(&process.to_string(), false)
}

/// CPU milliseconds of a thread of this process, by the name that [`this_thread`] gave.
pub fn cpu_of_thread(name: &str) -> f64 {
    cpu_in(name, false)
}

/// CPU milliseconds of this process.
pub fn cpu_of_this() -> f64 {
    cpu_in("self", false)
}

/// CPU milliseconds of a process and all that it has started.
pub fn cpu_of_family(process: u32) -> f64 {
    let children: f64 = children(process).into_iter().map(cpu).sum();
    cpu_in(&process.to_string(), true) + children
}

/// The folder of the calling thread below `/proc`.
pub fn this_thread() -> String {
    std::fs::read_link("/proc/thread-self").map(|folder| folder.display().to_string()).unwrap_or_default()
}

fn children(of: u32) -> Vec<u32> {
    let list = std::fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap_or_default();
    list.split_whitespace().filter_map(|child| child.parse().ok()).collect()
}

/// Resident KiB.
pub fn memory(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    resident.split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or_default()
}

/// Sends a signal.
pub fn signal(name: &str, process: u32) {
    let sent = Command::new("kill").args([&format!("-{name}"), &process.to_string()]).status();
    assert!(sent.is_ok_and(|status| status.success()), "kill -{name} {process}");
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    let free = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    free.expect("a free port").port()
}
