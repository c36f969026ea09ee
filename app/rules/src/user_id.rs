//! The user ID: the e-mail address registered with the contract (spec, sections 1 and 5).
//!
//! More generous than the mail standards on the left of the `@`, because mobile carriers gave out addresses such as
//! `a..b@docomo.ne.jp`; stricter elsewhere, because the address goes into mail headers.

use crate::width::{is_dash, is_invisible, is_space, narrow};

/// An address as it was typed, trimmed and in ASCII.
///
/// Two spellings that differ in case only are the same person: compare and store unique by [`UserId::key`].
#[derive(Clone)]
pub struct UserId {
    text: String,
    at: usize,
}

opaque_debug!(UserId);

/// Why what was typed is not a user ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserIdFault {
    /// Nothing was typed.
    Empty,
    /// No `@`.
    NoAt,
    /// A space within.
    Space,
    /// A control character, such as a line break.
    Control,
    /// A character that an address does not contain (other than letters, digits and ``!#$%&'*+-/=?^_`{|}~.@``).
    Character(char),
    /// Over [`UserId::MAX`] in all, or over 64 before the `@`.
    TooLong,
    /// Something is missing or doubled: nothing before or after the `@`, a second `@`, a domain that is none.
    Shape,
}

impl UserId {
    /// Characters in all, as a mail server counts them (RFC 5321: 256 with the angle brackets).
    pub const MAX: usize = 254;
    const MAX_LOCAL: usize = 64;

    /// Folds full-width characters, the Japanese full stop and any dash to ASCII, and trims the ends. Quotes around the
    /// part before the `@` are taken off: the quoted and the plain spelling are one mailbox.
    ///
    /// # Errors
    /// [`UserIdFault`].
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

    /// The address in the case it was typed in.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What is compared and stored unique: all in lower case.
    pub fn key(&self) -> String {
        self.text.to_ascii_lowercase()
    }

    /// Before the `@`.
    pub fn local(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// After the `@`.
    pub fn domain(&self) -> &str {
        self.text.get(self.at + 1..).unwrap_or_default()
    }

    /// For a screen that anyone might see: `t***@e***.jp`, whatever the lengths.
    pub fn masked(&self) -> String {
        let first = |part: &str| part.chars().next().map(String::from).unwrap_or_default();
        let top = self.domain().rsplit('.').next().unwrap_or_default();
        format!("{}***@{}***.{top}", first(self.local()), first(self.domain()))
    }

    /// The address as SMTP wants it: the part before the `@` in quotes when its dots break the rules
    /// (`"a..b"@docomo.ne.jp`). None of the characters let in here would have to be escaped within the quotes.
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

/// A host name with a top-level domain: an address without one, or with a bare IP number, reaches nobody's mailbox.
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
