//! How many bytes are sent.

use std::io::Write as _;

/// When something is compressed, which decides how hard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// A page, while somebody waits for it: `COMPRESSION` in `server/src/http/mod.rs`.
    OnRequest,
    /// A file of the build, once and as small as it gets: `.make/compress.mjs`.
    AtBuild,
}

impl Compression {
    const fn quality(self) -> u32 {
        match self {
            Self::OnRequest => 5,
            Self::AtBuild => 11,
        }
    }
}

/// The window of both.
const WINDOW: u32 = 22;

/// Returns the size of `bytes` as they are sent, compressed by brotli.
#[must_use]
pub fn compressed(bytes: &[u8], compression: Compression) -> usize {
    let mut sent = brotli::CompressorWriter::new(Vec::new(), 4_096, compression.quality(), WINDOW);
    // Nothing can fail that writes into memory.
    if sent.write_all(bytes).is_err() {
        return bytes.len();
    }
    sent.into_inner().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_that_the_server_and_the_build_arrive_at() {
        let server = include_str!("../../server/src/http/mod.rs");
        assert!(server.contains(&format!("CompressionLevel::Precise({})", Compression::OnRequest.quality())));
        let build = include_str!("../../.make/compress.mjs");
        assert!(build.contains(&format!("BROTLI_PARAM_QUALITY]: {}", Compression::AtBuild.quality())));
        assert!(build.contains(&format!("BROTLI_PARAM_LGWIN]: {WINDOW}")));
    }
}
