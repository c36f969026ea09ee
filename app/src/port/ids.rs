//! What the screens name rows by, a type each, so that none is taken for another. None of them is a secret.

use serde::Deserialize;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.to_owned())
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A contract, as the insurer names it.
    ContractId,
    /// The number of a request: `7K2M-4XQ9`.
    RequestReference,
    /// A session, in forms. It is not a token.
    PublicSessionId,
}
