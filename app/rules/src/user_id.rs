//! The user ID: the e-mail address registered with the contract (spec, sections 1 and 5).
//!
//! The rule is more generous than the mail standards before the `@`, because mobile carriers gave out addresses such as
//! `a..b@docomo.ne.jp`. It is stricter elsewhere, because the address goes into mail headers.

use crate::width::{is_dash, is_invisible, is_space, narrow};

/// A mail address as it was typed, but trimmed and in ASCII.
///
/// Two spellings that differ only in case mean the same person. Compare user IDs and keep them unique by [`UserId::key`].
#[derive(Clone)]
pub struct UserId {
    text: String,
    at: usize,
}

opaque_debug!(UserId);

/// The reason why a text is not a user ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserIdFault {
    /// The field is empty.
    Empty,
    /// There is no `@`.
    NoAt,
    /// There is a space inside.
    Space,
    /// There is a control character, such as a line break.
    Control,
    /// There is a character that an address cannot contain (other than letters, digits and ``!#$%&'*+-/=?^_`{|}~.@``).
    Character(char),
    /// It is longer than [`UserId::MAX`], or longer than 64 characters before the `@`.
    TooLong,
    /// It is not built like an address: something is missing before or after the `@`, there is a second `@`, or the domain is
    /// not valid.
    Shape,
}

impl UserId {
    /// The most characters, as a mail server counts them (RFC 5321: 256 with the angle brackets).
    pub const MAX: usize = 254;
    const MAX_LOCAL: usize = 64;

    /// Folds full-width characters, the Japanese full stop and any dash to ASCII, and trims the ends. Removes quotes around
    /// the part before the `@`, because the quoted and the plain spelling are the same mailbox.
    ///
    /// # Errors
    /// [`UserIdFault`] if the text is not an address.
    pub fn parse(typed: &str) -> Result<Self, UserIdFault> {
        let folded = ascii(typed.trim_matches(|c| is_space(c) || is_invisible(c)))?;
        if folded.is_empty() {
            return Err(UserIdFault::Empty);
        }
        let (local, domain) = folded.rsplit_once('@').ok_or(UserIdFault::NoAt)?;
        let local = unquoted(local);
        if local.is_empty() || local.contains('@') || !is_domain(domain) {
            return Err(UserIdFault::Shape);
        }
        if local.contains('"') {
            return Err(UserIdFault::Character('"'));
        }
        let id = Self { text: format!("{local}@{domain}"), at: local.len() };
        if local.len() > Self::MAX_LOCAL || id.smtp_path().len() > Self::MAX {
            return Err(UserIdFault::TooLong);
        }
        Ok(id)
    }

    /// Returns the address in the case in which it was typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the form that is compared and kept unique: the address in lower case.
    pub fn key(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// Returns the part before the `@`.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Returns the part after the `@`.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// Returns the address as a screen shows it that anyone might see: `t***@e***.jp`, whatever the lengths.
    pub fn masked(&self) -> String {
        let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
        let top = self.domain().rsplit('.').next().unwrap_or_default();
        format!("{}***@{}***.{top}", first(self.local()), first(self.domain()))
    }

    /// Returns the address as SMTP requires it: with the part before the `@` in quotes if its dots break the rules
    /// (`"a..b"@docomo.ne.jp`). No character that a user ID may contain has to be escaped inside the quotes.
    pub fn smtp_path(&self) -> String {
        let local = self.local();
        if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            format!("\"{local}\"@{}", self.domain())
        } else {
            self.text.clone()
        }
    }
}

impl PartialEq for UserId {
    fn eq(&self, other: &Self) -> bool {
        self.text.eq_ignore_ascii_case(&other.text)
    }
}

impl Eq for UserId {}

fn ascii(text: &str) -> Result<String, UserIdFault> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(match narrow(c) {
            a if a.is_control() => return Err(UserIdFault::Control),
            a if is_space(a) => return Err(UserIdFault::Space),
            a if a.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.@\"".contains(a) => a,
            // The three full stops that domain names treat as a dot (RFC 3490).
            '\u{3002}' | '\u{FF61}' => '.',
            a if is_dash(a) => '-',
            _ => return Err(UserIdFault::Character(c)),
        });
    }
    Ok(out)
}

fn unquoted(local: &str) -> &str {
    local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(local)
}

/// Returns whether `domain` is a host name with a top-level domain. An address without one, or with an IP address, does not
/// reach anybody's mailbox.
fn is_domain(domain: &str) -> bool {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    domain.split('.').all(label)
        && domain.rsplit_once('.').is_some_and(|(_, top)| top.bytes().any(|b| b.is_ascii_alphabetic()))
}
