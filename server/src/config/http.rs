use super::SettingsError;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// How the server is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// What links in mails begin with.
    pub public_url: String,
    /// Networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
    /// Where the built assets are.
    pub assets: PathBuf,
}

impl HttpSettings {
    /// Whether browsers come over HTTPS; only then is HSTS sent.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Whether a peer is one of the configured proxies.
    #[must_use]
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .filter_map(|network| parse_network(network))
            .any(|(base, bits)| contains(base, bits, peer))
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let host = self.public_url.parse::<axum::http::Uri>().ok().and_then(|url| url.host().map(str::to_owned));
        let loopback = matches!(host.as_deref(), Some("127.0.0.1" | "localhost" | "[::1]"));
        let plain = self.public_url.starts_with("http://");
        if host.is_none() || !(self.is_https() || plain && loopback) {
            return Err(SettingsError::Value {
                setting: "http.public_url",
                why: "must begin with https:// (http:// only on loopback)".into(),
            });
        }
        match self.trusted_proxies.iter().find(|network| parse_network(network).is_none()) {
            Some(network) => Err(SettingsError::Value {
                setting: "http.trusted_proxies",
                why: format!("{network} is not a network like 10.0.0.0/8"),
            }),
            None => Ok(()),
        }
    }
}

fn parse_network(network: &str) -> Option<(IpAddr, u32)> {
    let (base, bits) = network.split_once('/')?;
    let base: IpAddr = base.parse().ok()?;
    let bits: u32 = bits.parse().ok()?;
    (bits <= if base.is_ipv4() { 32 } else { 128 }).then_some((base, bits))
}

fn contains(base: IpAddr, bits: u32, peer: IpAddr) -> bool {
    match (base, peer) {
        (IpAddr::V4(base), IpAddr::V4(peer)) => bits == 0 || (base.to_bits() ^ peer.to_bits()) >> (32 - bits) == 0,
        (IpAddr::V6(base), IpAddr::V6(peer)) => bits == 0 || (base.to_bits() ^ peer.to_bits()) >> (128 - bits) == 0,
        _ => false,
    }
}
