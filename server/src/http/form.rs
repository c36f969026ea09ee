//! Posted forms, as they arrive.

use app::wire::Form;
use axum::http::{HeaderMap, header};

/// Reads a form; nothing when it is not one, is not UTF-8, or names a field twice (OWASP ASVS 15.3.7).
pub(super) fn parse_form(headers: &HeaderMap, body: &[u8]) -> Option<Form> {
    if !is_type(headers, "application/x-www-form-urlencoded") {
        return None;
    }
    let text = std::str::from_utf8(body).ok()?;
    // Percent-encoded bytes that are not UTF-8 come out as the replacement character, which nobody types.
    let form = Form(form_urlencoded::parse(text.as_bytes()).into_owned().collect());
    let broken = form.0.iter().any(|(name, value)| name.contains('\u{FFFD}') || value.contains('\u{FFFD}'));
    (!broken && !form.has_duplicates()).then_some(form)
}

/// Whether the body says that it is of this type.
pub(super) fn is_type(headers: &HeaderMap, wanted: &str) -> bool {
    // By its bytes: what stands behind the type may be anything.
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
        kind.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes())
    })
}
