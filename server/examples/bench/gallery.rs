//! What the gallery costs whoever looks at it. The product has none of it: `no_rehearsal` and `.make/site.sh` hold that.

use crate::client::ask;
use preview::{AS_SHIPPED, Preview, Skin, StyleSource, Workshop, export};
use rules::limits::Limits;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

/// The overview and the list of sentences, as a browser fetches them, and the export.
pub fn gallery(address: SocketAddr, site: &Path, folder: &Path) {
    for (what, path, limit) in [("overview", "/preview", " (limit 30 KB)"), ("sentences", "/preview/sentences", "")] {
        let started = Instant::now();
        let sent = ask(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n"), "").length;
        let took = started.elapsed().as_millis();
        println!("Gallery, {what}: {:.1} KB brotli{limit}, drawn and sent in {took} ms", sent as f64 / 1e3);
    }
    let own = Skin::default();
    let preview = Preview {
        other: own.clone(),
        own,
        limits: Limits::default(),
        chosen: AS_SHIPPED,
        style: StyleSource::Sources("style".into()),
        site: site.to_owned(),
        workshop: Workshop::default(),
    };
    let started = Instant::now();
    let files = export::export(&preview, &folder.join("gallery")).expect("an export");
    let took = started.elapsed().as_secs_f64();
    let bytes = bytes_in(&folder.join("gallery"));
    println!("Gallery, export: {files} files, {:.1} MB (limit 5 MB) in {took:.1} s (limit 3 s)", bytes as f64 / 1e6);
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(data) if data.is_dir() => bytes_in(&entry.path()),
            Ok(data) => data.len(),
            Err(_) => 0,
        })
        .sum()
}
