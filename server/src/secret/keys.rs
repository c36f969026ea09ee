//! The server's keys. They make HMACs of codes and of what limits count by, and seal mails at rest. Every value names its key, so
//! keys are rotated by adding a line to the key file: the last line is used for new values, and all lines are read.

use crate::rng::Rng;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD as BASE64, URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use std::path::Path;
use subtle::ConstantTimeEq as _;

/// The reason why keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("secrets.key_file: {0}")]
    File(#[from] std::io::Error),
    #[error("secrets.key_file: line {0} is not `id = base64 of 32 bytes`")]
    Line(usize),
    #[error("secrets.key_file: no key in it")]
    None,
}

rules::words! {
    /// What a key is used for. The same text gives another result for each.
    Purpose {
        /// The HMAC of an auth code.
        AuthCode = "auth-code",
        /// The token that a flow goes on under.
        Flow = "flow",
        /// The token of a session that follows from something proven.
        Session = "session",
        /// The number that a browser keeps after a sign-in.
        Browser = "browser",
        /// What stands for something personal in a limit's key.
        Pseudonym = "pseudonym",
        /// A point that stands for a text.
        Point = "point",
    }
}

/// An HMAC as it is stored, as `key id:hex`.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Mac(String);

impl From<String> for Mac {
    fn from(stored: String) -> Self {
        Self(stored)
    }
}

#[derive(Clone)]
struct Key {
    id: String,
    /// For sealing.
    seal: [u8; 32],
    /// For HMACs.
    mac: [u8; 32],
}

/// The key ring. Never printed.
#[derive(Clone)]
pub struct Keys {
    current: Key,
    all: Vec<Key>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// Reads the key file, or makes one readable by its owner only.
    ///
    /// # Errors
    /// The file cannot be read, made or understood.
    pub fn open(file: &Path, rng: &dyn Rng) -> Result<Self, KeyError> {
        if !file.exists() {
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder)?;
            }
            let line = format!("k1 = {}\n", BASE64.encode(rng.bytes::<32>()));
            write_private(file, &line)?;
        }
        crate::config::check_private(file)?;
        Self::parse(&std::fs::read_to_string(file)?)
    }

    /// Reads keys from the text of a key file.
    ///
    /// # Errors
    /// A line cannot be understood, or there is none.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut all = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let bad = KeyError::Line(number + 1);
            let (id, secret) = line.split_once('=').ok_or(KeyError::Line(number + 1))?;
            let secret = BASE64.decode(secret.trim().trim_end_matches('=')).map_err(|_| KeyError::Line(number + 1))?;
            let secret: [u8; 32] = secret.try_into().map_err(|_| bad)?;
            all.push(Key { id: id.trim().to_owned(), seal: derive(&secret, "seal"), mac: derive(&secret, "mac") });
        }
        let current = all.last().cloned().ok_or(KeyError::None)?;
        Ok(Self { current, all })
    }

    /// Returns the names of all keys, in the order of the file. The last one is used for new values.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|key| key.id.as_str())
    }

    /// Returns an HMAC with the current key.
    #[must_use]
    pub fn mac(&self, purpose: Purpose, message: &str) -> Mac {
        mac_with(&self.current, purpose, message)
    }

    /// Returns whether `mac` belongs to `message`, with the key that it names. Takes constant time.
    #[must_use]
    pub fn mac_matches(&self, purpose: Purpose, message: &str, mac: &Mac) -> bool {
        let id = mac.0.split(':').next().unwrap_or_default();
        self.all
            .iter()
            .find(|key| key.id == id)
            .is_some_and(|key| mac_with(key, purpose, message).0.as_bytes().ct_eq(mac.0.as_bytes()).into())
    }

    /// Returns a 256-bit token that is derived from `from` and the current key. It is the same each time, and nobody who lacks
    /// either of the two can guess it.
    #[must_use]
    pub fn derived_token(&self, purpose: Purpose, from: &str) -> String {
        let mut mac = hmac(&self.current.mac);
        mac.update(purpose.as_str().as_bytes());
        mac.update(&[0]);
        mac.update(from.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }

    /// Returns a pseudonym for something personal in a limit's key. It stays the same as long as the first key of the file does.
    #[must_use]
    pub fn pseudonym(&self, what: &str) -> String {
        let key = self.all.first().unwrap_or(&self.current);
        mac_with(key, Purpose::Pseudonym, what).0.split(':').nth(1).unwrap_or_default().chars().take(32).collect()
    }

    /// Returns a point between 0 and `u64::MAX`. It is the same for the same text as long as the pseudonyms are.
    #[must_use]
    pub fn pseudonymous_point(&self, what: &str) -> u64 {
        let key = self.all.first().unwrap_or(&self.current);
        let mac = mac_with(key, Purpose::Point, what);
        let digits = mac.0.split(':').nth(1).and_then(|digits| digits.get(..16)).unwrap_or_default();
        u64::from_str_radix(digits, 16).unwrap_or_default()
    }

    /// Seals a text, as `key id:base64`.
    #[must_use]
    pub fn seal(&self, rng: &dyn Rng, text: &str) -> String {
        let nonce = rng.bytes::<24>();
        let cipher = XChaCha20Poly1305::new(&self.current.seal.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), text.as_bytes()).unwrap_or_default();
        format!("{}:{}{}", self.current.id, BASE64.encode(nonce), BASE64.encode(sealed))
    }

    /// Opens a sealed text. Returns nothing if the text was changed or its key is gone.
    #[must_use]
    pub fn open_sealed(&self, sealed: &str) -> Option<String> {
        let (id, data) = sealed.split_once(':')?;
        let key = self.all.iter().find(|key| key.id == id)?;
        // 24 bytes are exactly 32 characters of base64.
        let (nonce, data) = data.split_at_checked(32)?;
        let nonce: [u8; 24] = BASE64.decode(nonce).ok()?.try_into().ok()?;
        let data = BASE64.decode(data).ok()?;
        let cipher = XChaCha20Poly1305::new(&key.seal.into());
        let text = cipher.decrypt(&XNonce::from(nonce), data.as_slice()).ok()?;
        String::from_utf8(text).ok()
    }
}

fn hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    Hmac::<Sha256>::new_from_slice(key).expect("a key of 32 bytes")
}

fn derive(secret: &[u8; 32], use_for: &str) -> [u8; 32] {
    let mut mac = hmac(secret);
    mac.update(use_for.as_bytes());
    mac.finalize().into_bytes().into()
}

fn mac_with(key: &Key, purpose: Purpose, message: &str) -> Mac {
    let mut mac = hmac(&key.mac);
    mac.update(purpose.as_str().as_bytes());
    mac.update(&[0]);
    mac.update(message.as_bytes());
    Mac(format!("{}:{}", key.id, hex::encode(mac.finalize().into_bytes())))
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    made.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::SystemRng;

    fn ring(text: &str) -> Keys {
        Keys::parse(text).unwrap()
    }

    fn line(id: &str, byte: u8) -> String {
        format!("{id} = {}", BASE64.encode([byte; 32]))
    }

    #[test]
    fn what_was_sealed_opens_again_and_only_unchanged() {
        let keys = ring(&line("a", 1));
        let sealed = keys.seal(&SystemRng, "123456");
        assert_eq!(keys.open_sealed(&sealed).as_deref(), Some("123456"));
        let mut changed = sealed.clone();
        let last = changed.pop().unwrap();
        changed.push(if last == 'A' { 'B' } else { 'A' });
        assert_eq!(keys.open_sealed(&changed), None);
        assert_eq!(keys.open_sealed("a:zz"), None);
    }

    #[test]
    fn asvs_11_a_rotated_key_still_opens_old_values_and_new_ones_use_the_new_key() {
        let old = ring(&line("a", 1));
        let both = ring(&format!("{}\n{}", line("a", 1), line("b", 2)));
        let mac = old.mac(Purpose::AuthCode, "123456");
        assert!(both.mac_matches(Purpose::AuthCode, "123456", &mac));
        assert!(!both.mac_matches(Purpose::Pseudonym, "123456", &mac));
        assert!(both.mac(Purpose::AuthCode, "1").0.starts_with("b:"));
        assert_eq!(both.open_sealed(&old.seal(&SystemRng, "x")).as_deref(), Some("x"));
        assert_eq!(old.pseudonym("x"), both.pseudonym("x"));
    }

    #[test]
    fn a_derived_token_is_the_same_each_time_and_another_for_anything_else() {
        let keys = ring(&line("a", 1));
        let token = keys.derived_token(Purpose::Flow, "old:1");
        assert_eq!(token, keys.derived_token(Purpose::Flow, "old:1"));
        assert_eq!(token.len(), 43, "256 bits");
        let others = [
            keys.derived_token(Purpose::Session, "old:1"),
            keys.derived_token(Purpose::Flow, "old:2"),
            ring(&line("a", 2)).derived_token(Purpose::Flow, "old:1"),
        ];
        assert!(!others.contains(&token));
    }

    #[test]
    fn a_key_file_that_cannot_be_understood_is_refused_with_its_line() {
        assert!(matches!(Keys::parse("a = short"), Err(KeyError::Line(1))));
        assert!(matches!(Keys::parse("# nothing"), Err(KeyError::None)));
    }
}
