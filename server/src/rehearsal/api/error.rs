//! What the interface answers where it cannot do what it was asked for.

use super::Versioned;
use crate::http::Site;
use crate::import::ImportError;
use crate::store::StoreError;
use crate::use_cases::UseCaseError;
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

rules::words! {
    /// Why it was not done. A suite may rely on these words.
    ErrorCode {
        /// The request cannot be read: a field is missing, unknown or of another type.
        BadRequest = "bad-request",
        /// A value is not allowed; nothing was changed.
        NotAllowed = "not-allowed",
        /// A request that changes something has to bear the header `Origin`.
        ForeignOrigin = "foreign-origin",
        /// There is no such address, or nothing with such an id.
        NotFound = "not-found",
        /// The address takes other methods.
        Method = "method",
        /// No such mail arrived in time.
        NoMail = "no-mail",
        /// This server's clock cannot be turned.
        ClockFixed = "clock-fixed",
        /// Somebody else imports contracts at the moment.
        Busy = "busy",
        /// The server has no answer now, or stops.
        Unavailable = "unavailable",
        /// The server is at fault.
        Internal = "internal",
    }
}

impl ErrorCode {
    const fn status(self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::NotAllowed => StatusCode::UNPROCESSABLE_ENTITY,
            Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::NotFound | Self::NoMail => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::ClockFixed | Self::Busy => StatusCode::CONFLICT,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// An error with a sentence for whoever writes the suite.
#[derive(Debug)]
pub(in crate::rehearsal) struct ApiError {
    code: ErrorCode,
    message: String,
}

#[derive(Serialize)]
struct Body {
    error: Told,
}

#[derive(Serialize)]
struct Told {
    code: &'static str,
    message: String,
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// Explains what was refused before a handler was asked.
    pub fn of_status(status: StatusCode, site: &Site) -> Self {
        match status {
            StatusCode::FORBIDDEN => {
                let origin = site.settings.public_url.trim_end_matches('/');
                Self::new(
                    ErrorCode::ForeignOrigin,
                    format!("a request that changes something has to bear the header `Origin: {origin}`"),
                )
            }
            StatusCode::NOT_FOUND => Self::new(ErrorCode::NotFound, "no such address; GET /rehearsal/api names them"),
            StatusCode::METHOD_NOT_ALLOWED => {
                Self::new(ErrorCode::Method, "not by this method; the header `Allow` names those that are possible")
            }
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(ErrorCode::BadRequest, "the body is too large"),
            StatusCode::SERVICE_UNAVAILABLE => Self::new(ErrorCode::Unavailable, "the server has no answer now"),
            status if status.is_client_error() => Self::new(ErrorCode::BadRequest, "the request cannot be read"),
            _ => Self::new(ErrorCode::Internal, "the server is at fault; its log says more"),
        }
    }

    /// The body and its type, with another status than the code's own where that was given already.
    pub fn with_status(self, status: StatusCode) -> Response {
        let told = Told { code: self.code.as_str(), message: self.message };
        (status, Json(Versioned::of(Body { error: told }))).into_response()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.code.status();
        self.with_status(status)
    }
}

impl From<StoreError> for ApiError {
    fn from(found: StoreError) -> Self {
        tracing::error!(event = "rehearsal", reason = %found, "the database did not answer the rehearsal's interface");
        Self::new(ErrorCode::Unavailable, "the database does not answer")
    }
}

impl From<UseCaseError> for ApiError {
    fn from(found: UseCaseError) -> Self {
        match found {
            UseCaseError::Store(found) => found.into(),
            UseCaseError::Password(_) | UseCaseError::Fault(_) => {
                Self::new(ErrorCode::Unavailable, "the server has no answer now")
            }
        }
    }
}

impl From<ImportError> for ApiError {
    fn from(found: ImportError) -> Self {
        match found {
            ImportError::Busy => Self::new(ErrorCode::Busy, "contracts are being imported; ask again"),
            ImportError::Store(found) => found.into(),
            other => Self::new(ErrorCode::NotAllowed, other.to_string()),
        }
    }
}

impl From<QueryRejection> for ApiError {
    fn from(found: QueryRejection) -> Self {
        Self::new(ErrorCode::BadRequest, found.body_text())
    }
}

impl From<JsonRejection> for ApiError {
    fn from(found: JsonRejection) -> Self {
        Self::new(ErrorCode::BadRequest, found.body_text())
    }
}
