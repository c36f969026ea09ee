//! Settings of HTTP: addresses, proxies, bounds of connections.

use super::SettingsError;
use axum::http::Uri;
use ipnet::IpNet;
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// The most connections that can be configured: more than a machine has sockets for one address.
const MOST_CONNECTIONS: usize = 1_000_000;

/// The most live streams of a node, however many connections it may have.
const MOST_LIVE_STREAMS: usize = 20_000;

/// How the server is reached.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpSettings {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where `/metrics` is answered; nowhere if it is missing. Everybody who reaches the address can read it.
    #[serde(default)]
    pub metrics_listen: Option<SocketAddr>,
    /// What links in mails begin with.
    pub public_url: String,
    /// Networks whose `X-Forwarded-For` is believed.
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Vec<IpNet>,
    /// Connections at the same time; further ones wait. Each takes a file descriptor.
    pub connections: usize,
    /// Connections of one peer at the same time, unless it is one of the trusted proxies; further ones are closed.
    pub connections_per_peer: usize,
    /// Where the built assets are.
    pub assets: PathBuf,
}

impl HttpSettings {
    /// Returns whether browsers connect over HTTPS. Only then is HSTS sent.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Returns whether a peer is one of the configured proxies.
    #[must_use]
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&peer))
    }

    /// Returns how many live streams there may be at the same time. Each holds a connection, and a quarter is left to everything else.
    #[must_use]
    pub fn live_streams(&self) -> usize {
        MOST_LIVE_STREAMS.min(self.connections - self.connections.div_ceil(4))
    }

    /// Writes the public URL as browsers write an origin: in lower case, without a slash at the end or the usual port.
    pub(super) fn normalise(&mut self) {
        let Ok(url) = self.public_url.to_lowercase().parse::<Uri>() else { return };
        let (Some(scheme), Some(authority), true) = (url.scheme_str(), url.authority(), self.origin_fault().is_none())
        else {
            return;
        };
        let usual = if scheme == "https" { 443 } else { 80 };
        let port = authority.port_u16().filter(|port| *port != usual).map(|port| format!(":{port}"));
        self.public_url = format!("{scheme}://{}{}", authority.host(), port.unwrap_or_default());
    }

    /// Returns a warning about an installation that can start.
    pub(super) fn warning(&self) -> Option<String> {
        (self.is_https() && self.trusted_proxies.is_empty()).then(|| {
            "http.trusted_proxies is empty although http.public_url is https: everybody behind the proxy counts as one address"
                .to_owned()
        })
    }

    /// Returns why the public URL is not an origin that links can begin with and requests are compared with.
    fn origin_fault(&self) -> Option<&'static str> {
        let Ok(url) = self.public_url.to_lowercase().parse::<Uri>() else {
            return Some("is not an address; write a host that is not ASCII in its xn-- form");
        };
        let Some(host) = url.host() else { return Some("must begin with https:// and a host") };
        let loopback = matches!(host, "127.0.0.1" | "localhost" | "[::1]");
        if url.authority().is_some_and(|authority| authority.as_str().contains('@')) {
            return Some("must not have a user or password in it");
        }
        let port_written = url.authority().is_some_and(|authority| authority.as_str() != host);
        if port_written && url.port_u16().is_none_or(|port| port == 0) {
            return Some("must have a port between 1 and 65535, or none");
        }
        // The parser drops what follows a #.
        if url.path() != "/" && !url.path().is_empty() || url.query().is_some() || self.public_url.contains('#') {
            return Some("must end after the host and port: no path, no query");
        }
        match url.scheme_str() {
            Some("https") => None,
            Some("http") if loopback => None,
            _ => Some("must begin with https:// (http:// only on loopback)"),
        }
    }

    pub(super) fn check(&self) -> Result<(), SettingsError> {
        if let Some(why) = self.origin_fault() {
            return Err(SettingsError::Value { setting: "http.public_url", why: why.into() });
        }
        for (setting, value) in
            [("http.connections", self.connections), ("http.connections_per_peer", self.connections_per_peer)]
        {
            if !(1..=MOST_CONNECTIONS).contains(&value) {
                return Err(SettingsError::Value { setting, why: format!("must be between 1 and {MOST_CONNECTIONS}") });
            }
        }
        Ok(())
    }
}

/// Reads networks. What is not one may be a secret in the wrong place, and is not quoted.
fn networks<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<IpNet>, D::Error> {
    let written = Vec::<String>::deserialize(deserializer)?;
    let networks = written.iter().map(|network| network.parse());
    networks
        .collect::<Result<_, _>>()
        .map_err(|_| serde::de::Error::custom("must be networks, for instance 10.0.0.0/8"))
}
