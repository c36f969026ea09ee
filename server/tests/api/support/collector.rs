//! A collector of traces on a socket of its own: takes OTLP over HTTP, and keeps what it is sent.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What was posted, with its path.
type Posts = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

pub struct Collector {
    address: SocketAddr,
    posts: Posts,
}

impl Collector {
    /// Takes everything.
    pub fn start() -> Self {
        Self::start_with(|connection, posts| while take(&connection, &posts).is_some() {})
    }

    /// Takes connections, and never answers on them.
    pub fn deaf() -> Self {
        Self::start_with(|mut connection, _| drop(connection.read_to_end(&mut Vec::new())))
    }

    fn start_with(serve: fn(TcpStream, Posts)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let posts = Posts::default();
        let kept = posts.clone();
        std::thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let kept = kept.clone();
                std::thread::spawn(move || serve(connection, kept));
            }
        });
        Self { address, posts }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that was posted, as one text.
    pub fn bytes(&self) -> String {
        let posts = self.posts.lock().expect("what was posted");
        posts.iter().map(|(_, body)| String::from_utf8_lossy(body).into_owned()).collect()
    }

    /// What was sent, by its resource.
    pub fn spans(&self) -> Vec<(Resource, Span)> {
        let posts = self.posts.lock().expect("what was posted");
        let mut spans = Vec::new();
        for (path, body) in posts.iter() {
            assert_eq!(path, "/v1/traces");
            for of_resource in ExportTraceServiceRequest::decode(&**body).expect("OTLP").resource_spans {
                let resource = of_resource.resource.expect("a resource");
                let found = of_resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
                spans.extend(found.map(|span| (resource.clone(), span)));
            }
        }
        spans
    }

    /// Waits for a span with this name, and returns all there are then.
    pub async fn until(&self, name: &str) -> Vec<(Resource, Span)> {
        for _ in 0..300 {
            let spans = self.spans();
            if spans.iter().any(|(_, span)| span.name == name) {
                return spans;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("no span {name}");
    }
}

/// Takes one request.
fn take(mut connection: &TcpStream, posts: &Posts) -> Option<()> {
    let mut from = BufReader::new(connection);
    let (mut head, mut length) = (String::new(), 0);
    from.read_line(&mut head).ok().filter(|read| *read > 0)?;
    loop {
        let mut line = String::new();
        from.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    let path = head.split(' ').nth(1)?.to_owned();
    posts.lock().ok()?.push((path, body));
    connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n").ok()
}
