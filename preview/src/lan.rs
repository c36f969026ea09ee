//! The gallery on the local network, for a look on a real phone. It is off unless it is asked for, and whoever is not at this
//! machine needs a key: it is in the address that the QR code holds, opens one device and is replaced by another one, and all of
//! them end with the process.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Redirect, Response};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};

/// The cookie of a device that has opened the gallery with a key.
const COOKIE: &str = "gallery";
/// An address that nobody has (RFC 5737): which of its own this machine would take towards it is the one it has in the network.
const ANYWHERE: &str = "192.0.2.1:9";

/// The gallery's first address.
pub const HOME: &str = "/preview";

/// Who may look.
pub struct Lan {
    /// Names and ports under which the gallery may be asked for.
    hosts: Vec<String>,
    network: Option<Network>,
}

struct Network {
    origin: String,
    draw: fn() -> String,
    keys: Mutex<Keys>,
}

struct Keys {
    /// Opens the next device.
    next: String,
    /// Of the devices that have been opened.
    opened: Vec<String>,
}

/// Marks requests from this machine itself.
#[derive(Clone, Copy)]
pub(crate) struct FromHere;

/// Returns this machine's address in its network.
#[must_use]
pub fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(ANYWHERE).ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

impl Lan {
    /// Nobody but this machine.
    #[must_use]
    pub fn closed(port: u16) -> Self {
        let hosts = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")).into();
        Self { hosts, network: None }
    }

    /// Also devices of the network that have a key. `draw` returns a new one each time.
    #[must_use]
    pub fn open(address: IpAddr, port: u16, draw: fn() -> String) -> Self {
        let Self { mut hosts, .. } = Self::closed(port);
        let host = SocketAddr::new(address, port).to_string();
        let keys = Mutex::new(Keys { next: draw(), opened: Vec::new() });
        let network = Some(Network { origin: format!("http://{host}"), draw, keys });
        hosts.push(host);
        Self { hosts, network }
    }

    /// Returns the address that opens `place` on the next device, if the gallery is on the network.
    #[must_use]
    pub fn address(&self, place: &str) -> Option<String> {
        let network = self.network.as_ref()?;
        let keys = network.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let mark = if place.contains('?') { '&' } else { '?' };
        Some(format!("{}{place}{mark}key={}", network.origin, keys.next))
    }

    /// Takes a key for a device's own, once.
    fn exchange(&self, key: &str) -> Option<String> {
        let network = self.network.as_ref()?;
        let mut keys = network.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if key != keys.next {
            return None;
        }
        let own = (network.draw)();
        keys.next = (network.draw)();
        keys.opened.push(own.clone());
        Some(own)
    }

    fn has_opened(&self, headers: &HeaderMap) -> bool {
        let Some(network) = &self.network else { return false };
        let keys = network.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split("; ")).filter_map(|pair| pair.split_once('='));
        pairs.any(|(name, value)| name == COOKIE && keys.opened.iter().any(|own| own == value))
    }
}

/// Lets in this machine, devices that have been opened, and one with the key. A page elsewhere that points a name of its own at
/// this machine asks for another host, and gets nothing.
pub async fn guard(
    State(lan): State<Arc<Lan>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !lan.hosts.iter().any(|known| known == host) {
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    if peer.ip().is_loopback() {
        request.extensions_mut().insert(FromHere);
        return next.run(request).await;
    }
    let (place, key) = without_key(request.uri());
    match (lan.has_opened(request.headers()), key) {
        (true, None) => next.run(request).await,
        // A code that was read once more needs no other key.
        (true, Some(_)) => Redirect::to(&place).into_response(),
        (false, key) => match key.and_then(|key| lan.exchange(key)) {
            Some(own) => opened(&own, &place),
            None => StatusCode::FORBIDDEN.into_response(),
        },
    }
}

/// Splits an address into the place in the gallery and the key. What is no place in it leads to the overview.
fn without_key(address: &Uri) -> (String, Option<&str>) {
    let pairs: Vec<_> = address.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).collect();
    let key = pairs.iter().find_map(|pair| pair.strip_prefix("key="));
    if !address.path().starts_with(HOME) {
        return (HOME.to_owned(), key);
    }
    let rest: Vec<_> = pairs.into_iter().filter(|pair| !pair.starts_with("key=")).collect();
    let query = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    (format!("{}{query}", address.path()), key)
}

/// Gives a device its own key, and an address without one.
fn opened(own: &str, place: &str) -> Response<Body> {
    let cookie = format!("{COOKIE}={own}; Path=/; HttpOnly; SameSite=Strict");
    ([(header::SET_COOKIE, cookie)], Redirect::to(place)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use std::sync::atomic::{AtomicU32, Ordering};
    use tower::ServiceExt as _;

    const PHONE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(10, 0, 0, 9)), 5_000);
    const DESK: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 5_000);
    const OWN: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 2));

    fn draw() -> String {
        static DRAWN: AtomicU32 = AtomicU32::new(0);
        format!("key{}", DRAWN.fetch_add(1, Ordering::Relaxed))
    }

    async fn ask(lan: &Arc<Lan>, from: SocketAddr, host: &str, address: &str, cookie: &str) -> Response {
        let shown = Router::new().route("/preview", get(|| async { "shown" }));
        let request = Request::builder()
            .uri(address)
            .header("host", host)
            .header("cookie", cookie)
            .extension(ConnectInfo(from))
            .body(Body::empty())
            .unwrap();
        shown.layer(from_fn_with_state(lan.clone(), guard)).oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_key_opens_one_device_and_no_second_one() {
        let lan = Arc::new(Lan::open(OWN, 3_100, draw));
        let address = lan.address(HOME).unwrap();
        let path = address.strip_prefix("http://10.0.0.2:3100").unwrap();
        assert_eq!(ask(&lan, PHONE, "10.0.0.2:3100", "/preview", "").await.status(), 403);
        let first = ask(&lan, PHONE, "10.0.0.2:3100", path, "").await;
        assert_eq!(first.status(), 303);
        assert_eq!(first.headers()["location"], "/preview");
        let cookie = first.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        assert_eq!(ask(&lan, PHONE, "10.0.0.2:3100", "/preview", cookie).await.status(), 200);
        assert_eq!(ask(&lan, PHONE, "10.0.0.2:3100", path, "").await.status(), 403);
        assert_ne!(lan.address(HOME).unwrap(), address);
    }

    #[tokio::test]
    async fn a_key_leads_to_the_place_that_it_was_made_for_also_when_it_is_used_again() {
        let lan = Arc::new(Lan::open(OWN, 3_100, draw));
        let place = "/preview/bare/screens/code/accepted?theme=dark";
        let address = lan.address(place).unwrap();
        let path = address.strip_prefix("http://10.0.0.2:3100").unwrap();
        let first = ask(&lan, PHONE, "10.0.0.2:3100", path, "").await;
        assert_eq!(first.headers()["location"], place);
        let cookie = first.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
        let again = ask(&lan, PHONE, "10.0.0.2:3100", path, cookie).await;
        assert_eq!((again.status().as_u16(), &again.headers()["location"]), (303, &place.parse().unwrap()));
        let elsewhere = format!("//other.example/?{}", lan.address(HOME).unwrap().split_once('?').unwrap().1);
        let led = ask(&lan, PHONE, "10.0.0.2:3100", &elsewhere, "").await;
        assert_eq!(led.headers()["location"], HOME);
    }

    #[tokio::test]
    async fn without_being_asked_for_the_network_gets_nothing() {
        let lan = Arc::new(Lan::closed(3_100));
        assert_eq!(lan.address(HOME), None);
        assert_eq!(ask(&lan, PHONE, "127.0.0.1:3100", "/preview?key=", "gallery=").await.status(), 403);
        assert_eq!(ask(&lan, DESK, "127.0.0.1:3100", "/preview", "").await.status(), 200);
    }

    #[tokio::test]
    async fn a_name_that_somebody_points_at_this_machine_gets_nothing() {
        let lan = Arc::new(Lan::open(OWN, 3_100, draw));
        for host in ["evil.example:3100", "evil.example", "127.0.0.1:80", ""] {
            assert_eq!(ask(&lan, DESK, host, "/preview", "").await.status(), 421, "{host}");
        }
        assert_eq!(ask(&lan, DESK, "localhost:3100", "/preview", "").await.status(), 200);
    }
}
