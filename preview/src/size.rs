//! How many bytes are sent.

use std::io::Write as _;

/// As hard as the server compresses a page while somebody waits for it.
const QUALITY: u32 = 4;
/// The window of the server's compression.
const WINDOW: u32 = 22;

/// Returns the size of `bytes` as the server sends them, compressed by brotli.
#[must_use]
pub fn compressed(bytes: &[u8]) -> usize {
    let mut sent = brotli::CompressorWriter::new(Vec::new(), 4_096, QUALITY, WINDOW);
    // Nothing can fail that writes into memory.
    if sent.write_all(bytes).is_err() {
        return bytes.len();
    }
    sent.into_inner().len()
}
