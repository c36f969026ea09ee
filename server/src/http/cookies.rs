//! Cookies that go out with a response.

use app::port::SetCookie;
use axum::http::{HeaderValue, header};
use axum::response::Response;

/// Gives the browser cookies together with a response.
pub(super) fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = SetCookie>) -> Response {
    for cookie in cookies {
        if let Ok(cookie) = HeaderValue::try_from(cookie.0) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}
