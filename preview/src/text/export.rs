//! What only an export says.

/// Of which version it is, and how much it has.
pub(crate) fn made_of(version: &str, screens: usize, mails: usize) -> String {
    format!("Nirin {version}　画面{screens}件、メール{mails}件")
}
