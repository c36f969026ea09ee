//! What a person's device is called in mails and in the list of sessions. Names of products stay as their makers write them.

/// The app of the search engine.
pub const GOOGLE_APP: &str = "Googleアプリ";

/// A device that tells nothing that is known.
pub const UNKNOWN: &str = "不明な端末";

/// An operating system with a browser on it.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub system: &'static str,
    pub browser: &'static str,
}

impl std::fmt::Display for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}（{}）", self.system, self.browser)
    }
}
