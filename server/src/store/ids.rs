//! The ids of rows, a type each, so that none is taken for another. They are text in the database.

/// Declares ids: text that is compared and bound as it is.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sqlx::Type, serde::Serialize, serde::Deserialize)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A customer, as the insurer names them.
    CustomerId,
    /// An account.
    AccountId,
    /// An import of contracts.
    ImportId,
    /// A mailed link. What its address holds is the token of [`TokenHash`], not this.
    LinkId,
    /// An auth code.
    CodeId,
    /// An item of the outbox.
    MailId,
    /// The number of a procedure, which people read to the contact centre: `7K2M-4XQ9`.
    Reference,
    /// One browser's progress in a flow: the SHA-256 of the flow cookie.
    FlowId,
    /// A session: the SHA-256 of its cookie.
    SessionId,
    /// The token of a mailed link, as SHA-256.
    TokenHash,
    /// A browser: the SHA-256 of the random number that it keeps for a year.
    BrowserId,
}

impl Reference {
    /// Reads a number however it was written down: `7k2m 4xq9` and `７Ｋ２Ｍ－４ＸＱ９` are `7K2M-4XQ9`.
    #[must_use]
    pub fn typed(typed: &str) -> Self {
        let letters: Vec<char> = typed
            .chars()
            .map(rules::narrow)
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        Self(letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-"))
    }
}

/// Ids that are hashes of tokens: the database never has the token itself.
macro_rules! hashed {
    ($($name:ident),+) => {$(
        impl $name {
            /// Returns the id that belongs to a token.
            #[must_use]
            pub fn of_token(token: &str) -> Self {
                Self(crate::secret::token_hash(token))
            }
        }
    )+};
}
hashed!(FlowId, SessionId, TokenHash, BrowserId);
