//! The error that crosses the wire: a code, never prose. Problems with what was typed are not faults but part of a page.

use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use server_fn::codec::PostcardEncoding;
#[cfg(feature = "ssr")]
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// The reason why there is no page to return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// 400: what was sent is not one of our forms.
    BadRequest,
    /// 401: nobody is signed in.
    SignedOut,
    /// 404: there is nothing here for this person.
    NotFound,
    /// 503: all slots for hashing passwords are taken. `retry_after` is in seconds.
    Busy { retry_after: u32 },
    /// 503: the database does not answer.
    Unavailable,
    /// Something unforeseen happened on our side (500).
    Internal,
    /// The server could not be reached, or what it said could not be read.
    NoAnswer,
}

impl Fault {
    /// Returns the HTTP status that says the same.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::SignedOut => 401,
            Self::NotFound => 404,
            Self::Busy { .. } | Self::Unavailable => 503,
            Self::Internal | Self::NoAnswer => 500,
        }
    }
}

#[cfg(feature = "ssr")]
impl FromServerFnError for Fault {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(value: ServerFnErrorErr) -> Self {
        match value {
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => Self::BadRequest,
            ServerFnErrorErr::Request(_) => Self::NoAnswer,
            _ => Self::Internal,
        }
    }

    fn status_code(&self) -> http::StatusCode {
        http::StatusCode::from_u16(self.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
    }
}
