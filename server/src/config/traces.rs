//! Settings of traces.

use super::SettingsError;
use axum::http::Uri;
use serde::Deserialize;

/// Where traces are sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TraceSettings {
    /// The address of a collector that takes OTLP over HTTP, `http://127.0.0.1:4318`; empty for none.
    pub endpoint: String,
    /// One trace of so many is sent.
    pub one_in: u32,
}

impl Default for TraceSettings {
    fn default() -> Self {
        Self { endpoint: String::new(), one_in: 1 }
    }
}

impl TraceSettings {
    /// Returns where spans are posted, if they are.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        (!self.endpoint.is_empty()).then(|| format!("{}/v1/traces", self.endpoint.trim_end_matches('/')))
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let wrong = |setting: &'static str, why: &str| Err(SettingsError::Value { setting, why: why.into() });
        let is_http =
            |url: &Uri| url.scheme_str() == Some("http") && url.authority().is_some() && url.query().is_none();
        if !self.endpoint.is_empty() && !self.endpoint.parse::<Uri>().is_ok_and(|url| is_http(&url)) {
            let why = "must be an address with http://, as of a collector on this machine, which passes on over TLS";
            return wrong("traces.endpoint", why);
        }
        if self.one_in == 0 {
            return wrong("traces.one_in", "must be at least 1");
        }
        Ok(())
    }
}
