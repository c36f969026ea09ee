//! The visitor: what is read from a request once, before anything else.

use super::{Site, device};
use app::port::Visitor;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// No value of a cookie of ours is longer.
const COOKIE_BYTES: usize = 128;

/// What this request carries along: who asks, the nonce of its answer.
#[derive(Clone, Debug)]
pub struct RequestContext {
    pub visitor: Visitor,
    /// For the one script of the page, and its style.
    pub nonce: String,
    /// Whether the browser says that it comes from elsewhere: by a link, a bookmark or an address that was typed.
    pub comes_from_elsewhere: bool,
}

impl RequestContext {
    pub(super) fn of(request: &Request, site: &Site) -> Self {
        let headers = request.headers();
        let peer = request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
        let agent = headers.get(header::USER_AGENT).map(HeaderValue::as_bytes).unwrap_or_default();
        let (address, network) = networks(client_address(headers, peer, &|peer| site.settings.trusts(peer)));
        Self {
            visitor: Visitor {
                cookies: Arc::new(cookies(headers)),
                address,
                network,
                device: device::describe(&String::from_utf8_lossy(agent)),
                request_id: site.rng.reference().to_string(),
            },
            nonce: site.rng.id(),
            comes_from_elsewhere: headers.get("sec-fetch-site").is_some_and(|from| from != "same-origin"),
        }
    }
}

/// Our cookies, whatever stands beside them. By their bytes: sister sites may have set others that are not ASCII or not even
/// UTF-8, which the crates that read cookies refuse together with the whole header.
fn cookies(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(ToOwned::to_owned);
    headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b';'))
        .filter_map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=')?;
            let (name, value) = (pair.get(..at)?.trim_ascii(), pair.get(at + 1..)?.trim_ascii());
            let ours = name.starts_with(b"__Host-") && value.len() <= COOKIE_BYTES && value.iter().all(is_token_byte);
            if ours { text(name).zip(text(value)) } else { None }
        })
        .collect()
}

/// Returns whether a token may contain this byte.
pub(super) fn is_token_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Returns the client's address: the last one in `X-Forwarded-For` that no configured proxy of ours wrote (OWASP ASVS 4.1.3).
fn client_address(headers: &HeaderMap, peer: IpAddr, trusts: &dyn Fn(IpAddr) -> bool) -> IpAddr {
    let mut client = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for");
    let hops: Vec<_> = lines.iter().flat_map(|line| line.as_bytes().split(|byte| *byte == b',')).collect();
    for hop in hops.into_iter().rev().map(<[u8]>::trim_ascii).filter(|hop| !hop.is_empty()) {
        if !trusts(client) {
            break;
        }
        // What cannot be read ends the chain: behind it anybody may have written.
        let Some(address) = hop_address(hop) else { break };
        client = address.to_canonical();
    }
    client
}

/// Returns what limits count by: of IPv6 the /64 that one household or phone has, and the /48 that a provider may give to one customer.
fn networks(client: IpAddr) -> (String, Option<String>) {
    match client {
        IpAddr::V6(address) => {
            (format!("{:x}::/64", address.to_bits() >> 64), Some(format!("{:x}::/48", address.to_bits() >> 80)))
        }
        IpAddr::V4(address) => (address.to_string(), None),
    }
}

/// Reads one hop as proxies write it: an address, in brackets or not, with a port or without.
fn hop_address(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?;
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|hop| hop.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TOKEN: &str = "Ab-_0123456789Ab-_0123456789Ab-_0123456789x";

    /// Bytes that a header may consist of, most of them none of ours.
    fn anything(most: usize) -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![
            4 => 0x20_u8..=0x7E,
            4 => 0x80_u8..=0xFF,
            1 => Just(b'\t'),
            2 => prop::sample::select(b"=;\" ,\\\xE5\x81".to_vec()),
        ];
        prop::collection::vec(byte, 0..most)
    }

    fn headers(name: &'static str, lines: &[Vec<u8>]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(name, HeaderValue::from_bytes(line).expect("bytes of a header"));
        }
        headers
    }

    fn client(lines: &[Vec<u8>]) -> String {
        let proxies: IpAddr = [10, 0, 0, 1].into();
        networks(client_address(&headers("x-forwarded-for", lines), proxies, &|peer| peer == proxies)).0
    }

    proptest! {
        #[test]
        fn our_cookies_are_found_whatever_stands_beside_them(
            before in anything(60),
            after in anything(60),
            lines in prop::collection::vec(anything(60), 0..3),
            at in 0_usize..4,
        ) {
            let line = [&before[..], b"; __Host-enrol=", TOKEN.as_bytes(), b"; ", &after[..]].concat();
            let mut all = lines;
            all.insert(at.min(all.len()), line);
            let found = cookies(&headers("cookie", &all));
            prop_assert!(found.contains(&("__Host-enrol".to_owned(), TOKEN.to_owned())));
            prop_assert!(found.iter().all(|(name, _)| name.starts_with("__Host-")));
        }

        #[test]
        fn what_stands_before_the_last_hop_does_not_move_it(lines in prop::collection::vec(anything(40), 0..3), last in anything(40)) {
            let mut all = lines;
            all.push([&last[..], b",203.0.113.9"].concat());
            prop_assert_eq!(client(&all), "203.0.113.9");
        }

        #[test]
        fn a_last_hop_that_cannot_be_read_is_nobody_elses_address(junk in "[a-z\u{80}-\u{ff}]{1,9}") {
            let line = [b"203.0.113.9, ", junk.as_bytes()].concat();
            prop_assert_eq!(client(&[line]), "10.0.0.1");
        }
    }

    #[test]
    fn cookies_as_sister_sites_leave_them_hide_none_of_ours() {
        let foreign: [&[u8]; 10] = [
            "lastname=山田".as_bytes(),
            b"name=Andr\xE9",
            b"shift_jis=\x8E\xA9\x93\x5C",
            b"quoted=\"a b",
            b"quoted=\"a; b\"",
            b"=; ;;=",
            b"none",
            b"a==b",
            b"cut=\xE5\xB1",
            &[b'x'; 100_000],
        ];
        for foreign in foreign {
            for line in [[foreign, b"; __Host-session=t"].concat(), [b"__Host-session=t;", foreign].concat()] {
                assert_eq!(cookies(&headers("cookie", &[line])), [("__Host-session".into(), "t".into())]);
            }
        }
    }

    #[test]
    fn a_hop_is_read_as_proxies_write_it() {
        for (hop, address) in [
            ("203.0.113.9", "203.0.113.9"),
            ("203.0.113.9:4711", "203.0.113.9"),
            ("2001:db8:1:2::9", "20010db800010002::/64"),
            ("[2001:db8:1:2::9]", "20010db800010002::/64"),
            ("[2001:db8:1:2::9]:4711", "20010db800010002::/64"),
            ("::ffff:203.0.113.9", "203.0.113.9"),
            ("203.0.113.9, ,", "203.0.113.9"),
            ("unknown", "10.0.0.1"),
        ] {
            assert_eq!(client(&[hop.into()]), address, "{hop}");
        }
    }
}
