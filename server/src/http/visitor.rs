//! Who asks: what is taken from a request, once, before anything else.

use super::{Site, device};
use app::port::{Jar, Visitor};
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, header};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What this request carries along: who asks, the nonce of its answer.
#[derive(Clone, Debug)]
pub struct Asked {
    pub visitor: Visitor,
    /// For the one script of the page.
    pub nonce: String,
}

impl Asked {
    pub(super) fn of(request: &Request, site: &Site) -> Self {
        let headers = request.headers();
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
        let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Self {
            visitor: Visitor {
                cookies: Arc::new(cookies(headers)),
                address: client_address(headers, peer, site),
                device: device::describe(agent),
                request_id: site.dice.reference(),
                jar: Jar::default(),
            },
            nonce: site.dice.id(),
        }
    }
}

/// Cookies that are no text of ours are passed over.
fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(_, value)| {
            value.len() <= 128 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        })
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The client's address: the last one in `X-Forwarded-For` that no configured proxy of ours wrote (OWASP ASVS 4.1.3).
fn client_address(headers: &HeaderMap, peer: IpAddr, site: &Site) -> String {
    let mut client = peer.to_canonical();
    if site.settings.trusts(client) {
        let hops = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .map(str::trim)
            .collect::<Vec<_>>();
        for hop in hops.into_iter().rev() {
            // Some proxies write the port too. What cannot be read ends the chain: behind it anybody may have written.
            let Ok(address) = hop.parse::<IpAddr>().or_else(|_| hop.parse::<SocketAddr>().map(|hop| hop.ip())) else {
                break;
            };
            client = address.to_canonical();
            if !site.settings.trusts(client) {
                break;
            }
        }
    }
    match client {
        // One household or phone has a whole /64.
        IpAddr::V6(address) => format!("{:x}::/64", address.to_bits() >> 64),
        IpAddr::V4(address) => address.to_string(),
    }
}
