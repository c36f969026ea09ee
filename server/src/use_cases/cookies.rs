//! Cookies (OWASP ASVS 3.3.1–3.3.4): `__Host-`, Secure, HttpOnly, no value that script could read.
//! Flow cookies are Lax, since a Strict one is not sent on the redirect after a click in webmail; the session is Strict.
//! None but the browser's mark outlives the browser session.

use app::port::{SetCookie, Visitor};
use app::wire::Flow;

/// The session's token.
pub const SESSION_COOKIE: &str = "__Host-session";
/// Marks the browser, so that a stranger's failures are counted apart from its own. No more than a random number.
pub const BROWSER_COOKIE: &str = "__Host-browser";
/// The token of the mailed link that was opened, and after it what tells this browser from others that opened the same.
pub const LINK_COOKIE: &str = "__Host-link";
/// Letters of a token.
pub const TOKEN_LENGTH: usize = 43;

/// The cookie of a flow: each flow has its own, so that flows in two tabs do not disturb one another.
#[must_use]
pub const fn flow_cookie(flow: Flow) -> &'static str {
    match flow {
        Flow::Enrol => "__Host-enrol",
        Flow::UserId => "__Host-user-id",
        Flow::PasswordReset => "__Host-password-reset",
        Flow::SignIn => "__Host-sign-in",
        Flow::Link => LINK_COOKIE,
        Flow::Account | Flow::Session => SESSION_COOKIE,
    }
}

/// The cookie with a flow's token. It ends with the browser session and comes along when a link is followed.
#[must_use]
pub fn flow_token_cookie(flow: Flow, token: &str) -> SetCookie {
    lax(flow_cookie(flow), format_args!("{token}"))
}

/// A cookie of that kind, by its name.
fn lax(name: &'static str, value: std::fmt::Arguments<'_>) -> SetCookie {
    SetCookie(format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax"))
}

/// A mailed link that was opened, and what tells this browser from others that open the same.
#[derive(Clone, Copy)]
pub struct OpenedLink<'a> {
    pub token: &'a str,
    /// Empty where the link has done its work.
    pub browser: &'a str,
}

impl OpenedLink<'_> {
    /// Returns the cookie that notes it.
    #[must_use]
    pub fn cookie(self) -> SetCookie {
        lax(LINK_COOKIE, format_args!("{}{}", self.token, self.browser))
    }

    /// Returns whether this browser opened another link last, or none.
    #[must_use]
    pub fn is_new(self, visitor: &Visitor) -> bool {
        link_token(visitor) != Some(self.token)
    }
}

/// The token of the mailed link that this browser opened last.
pub(super) fn link_token(visitor: &Visitor) -> Option<&str> {
    visitor.cookie(LINK_COOKIE).map(|value| value.get(..TOKEN_LENGTH).unwrap_or(value))
}

pub(super) fn session_cookie(token: &str) -> SetCookie {
    SetCookie(format!("{SESSION_COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Strict"))
}

/// Takes a cookie back.
pub(super) fn deleted(name: &str) -> SetCookie {
    SetCookie(format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"))
}

/// Marks the browser for a year.
pub(super) fn browser_cookie(mark: &str) -> SetCookie {
    SetCookie(format!("{BROWSER_COOKIE}={mark}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000"))
}
