//! Sizes, and what pages and passwords cost.

use crate::client::{ask, password};
use crate::people::KNOWN;
use crate::server_process::{Server, cpu, memory};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use argon2_rust::params::Memory;
use rules::limits::Limits;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

/// Brotli bytes of what `/sign-in` makes a browser fetch.
pub fn sizes(site: &Path, address: SocketAddr) {
    let br = |name: &str| std::fs::metadata(site.join(format!("{name}.br"))).map_or(0, |file| file.len());
    // Of a page that comes from elsewhere, which has its style inside.
    let html =
        ask(address, "GET /sign-in HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: none\r\nAccept-Encoding: br\r\n", "").length;
    let (css, js, wasm) = (br("style.css"), br("start.js") + br("nirin.js"), br("nirin.wasm"));
    println!(
        "Bytes of /sign-in, brotli: JS {js}, WASM {wasm}; HTML + CSS {:.1} KB (limit 8; the CSS alone {css}), JS + WASM {:.1} KB (limit 115)",
        html as f64 / 1e3,
        (js + wasm) as f64 / 1e3
    );
}

/// Page renders per second with two clients.
pub fn pages(address: SocketAddr) {
    let (count, took) = together(2, Duration::from_secs(3), move |_| {
        ask(address, "GET /enrol HTTP/1.1\r\nHost: x\r\n", "").status == 200
    });
    println!("Page renders per second, 2 clients on the same machine: {:.0}", count as f64 / took.as_secs_f64());
}

/// CPU milliseconds of one hash with the product's parameters by the fastest implementation there is, its memory used again: the floor
/// of a password step.
pub fn one_hash() -> f64 {
    let limits = Limits::default();
    let (password, salt, mut out) = (b"Kaze8Suzume!x", b"0123456789abcdef", [0; 32]);
    let params =
        Params::new(limits.hash_memory_kib, limits.hash_passes, limits.hash_lanes, Some(32)).expect("parameters");
    let mut memory = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let reference = cpu_of(|| {
        argon2.hash_password_into_with_memory(password, salt, &mut out, &mut memory).expect("a hash");
    });
    let params = argon2_rust::Params::builder().memory(Memory::kib(limits.hash_memory_kib.into()));
    let params = params.passes(limits.hash_passes).lanes(limits.hash_lanes).build().expect("parameters");
    let argon2 = argon2_rust::Argon2::new(argon2_rust::Algorithm::Argon2id, argon2_rust::Version::V0x13, params);
    let mut hasher = argon2.hasher();
    let fast = cpu_of(|| hasher.hash_into(password, salt, &mut out).expect("a hash"));
    println!(
        "One Argon2id hash (m = {} KiB, t = {}, p = {}): {fast:.1} ms CPU by argon2-rust ({}), {reference:.1} ms by argon2",
        limits.hash_memory_kib,
        limits.hash_passes,
        limits.hash_lanes,
        argon2_rust::detected_backend()
    );
    fast.min(reference)
}

/// CPU milliseconds of one turn.
fn cpu_of(mut turn: impl FnMut()) -> f64 {
    turn();
    let before = cpu("self");
    (0..100).for_each(|_| turn());
    (cpu("self") - before) / 100.0
}

/// Password steps: CPU against one hash, and how many a second with 1, 8 and 64 clients.
pub fn passwords(server: &Server, one_hash: f64) {
    let address = server.address;
    let step = move |_| password(address, KNOWN).status == 303;
    for clients in [1, 8, 64] {
        let before = server.cpu();
        let process = server.id();
        let sampler = (clients == 64).then(|| {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_secs(2));
                memory(process, "64 sign-ins waiting");
            })
        });
        let (count, took) = together(clients, Duration::from_secs(5), step);
        let spent = (server.cpu() - before) / count.max(1) as f64;
        if let Some(sampler) = sampler {
            let _ = sampler.join();
        }
        println!(
            "Password steps, {clients:>2} clients: {:.1} a second; {spent:.1} ms of the server's CPU each = {:.2} hashes",
            count as f64 / took.as_secs_f64(),
            spent / one_hash
        );
    }
}

/// Runs `turn` from so many threads for a while; answers how many went well, and how long it took.
fn together(
    clients: usize,
    during: Duration,
    turn: impl Fn(usize) -> bool + Send + Sync + Copy + 'static,
) -> (usize, Duration) {
    let begun = Instant::now();
    let threads: Vec<_> = (0..clients)
        .map(|client| {
            std::thread::spawn(move || {
                let mut well = 0;
                while begun.elapsed() < during {
                    well += usize::from(turn(client));
                }
                well
            })
        })
        .collect();
    let count = threads.into_iter().map(|thread| thread.join().unwrap_or(0)).sum();
    (count, begun.elapsed())
}
