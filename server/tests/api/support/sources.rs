//! Sources of this crate, for tests that hold a list against what is written.

use std::path::PathBuf;

/// Every Rust file below a folder of this crate with its path, as it is on the disk: a new one is read without being named.
pub fn named_sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a source")));
            }
        }
    }
    found
}

/// Their texts alone.
pub fn sources(folder: &str) -> Vec<String> {
    named_sources(folder).into_iter().map(|(_, text)| text).collect()
}
