//! A browser as far as server and network can tell: one connection that is kept, cookies, pages and calls as the script makes them.

use app::fault::Fault;
use app::wire::{Boot, Flow, Form, Page};
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Read as _, Result};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

const AGENT: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 \
     Mobile/15E148 Safari/604.1";
/// After so long without an answer the script tells the person.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// What came back.
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// Why there is no page.
#[derive(Debug)]
pub enum NoPage {
    /// The connection broke, or somebody in between answered.
    Lost(String),
    /// The server says why.
    Fault(Fault),
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value)
    }

    /// Where it leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        match self.header("content-encoding") {
            "br" => {
                let mut bytes = Vec::with_capacity(self.body.len() * 5);
                brotli::Decompressor::new(self.body.as_slice(), 4_096).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            _ => Ok(self.body.clone()),
        }
    }

    /// What the script begins with.
    pub fn boot(&self) -> Option<Page> {
        use base64::Engine as _;
        let html = String::from_utf8(self.bytes().ok()?).ok()?;
        let (_, data) = html.split_once("id=\"boot\">")?;
        // The brand's words come first.
        let data = data.split('<').next()?.lines().last()?;
        let data = base64::engine::general_purpose::STANDARD.decode(data).ok()?;
        Some(postcard::from_bytes::<Boot>(&data).ok()?.page)
    }

    /// The build's files that a page names.
    pub fn assets(&self) -> Vec<String> {
        let html = String::from_utf8(self.bytes().unwrap_or_default()).unwrap_or_default();
        let named = html.split(['"', '\'']).filter(|part| part.starts_with("/assets/"));
        named.map(ToOwned::to_owned).collect()
    }
}

/// The cookies, which tabs share.
#[derive(Clone, Default)]
struct Jar(Arc<Mutex<BTreeMap<String, String>>>);

impl Jar {
    fn line(&self) -> String {
        let jar = self.0.lock().expect("the cookies");
        if jar.is_empty() {
            return String::new();
        }
        let pairs: Vec<_> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("Cookie: {}\r\n", pairs.join("; "))
    }

    fn keep(&self, answer: &Answer) {
        let mut jar = self.0.lock().expect("the cookies");
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let Some((name, rest)) = line.split_once('=') else { continue };
            if rest.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), rest.split(';').next().unwrap_or_default().to_owned());
            }
        }
    }
}

/// A tab.
pub struct Browser {
    portal: SocketAddr,
    /// Where the person is, as the proxy in front of the proxy says.
    from: String,
    jar: Jar,
    kept: Option<BufReader<TcpStream>>,
}

impl Browser {
    /// One that has never been here.
    pub fn new(portal: SocketAddr, from: String) -> Self {
        Self { portal, from, jar: Jar::default(), kept: None }
    }

    /// Another tab.
    pub fn tab(&self) -> Self {
        Self { from: self.from.clone(), jar: self.jar.clone(), kept: None, portal: self.portal }
    }

    fn head(&self, line: &str) -> String {
        format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nUser-Agent: {AGENT}\r\nX-Forwarded-For: {}\r\nAccept-Encoding: gzip, deflate, br\r\n\
             Accept-Language: ja\r\nSec-Fetch-Site: same-origin\r\n{}",
            self.portal,
            self.from,
            self.jar.line()
        )
    }

    pub async fn get(&mut self, path: &str) -> Result<Answer> {
        let head = self.head(&format!("GET {path}"));
        self.exchange(format!("{head}\r\n").as_bytes()).await
    }

    /// Posts a form by the flow's server function.
    pub async fn submit(&mut self, flow: Flow, form: &Form) -> std::result::Result<Page, NoPage> {
        let request = self.call(flow.as_str(), &postcard::to_allocvec(form).unwrap_or_default());
        self.page(&request).await
    }

    /// The same, but the connection breaks before the answer comes.
    pub async fn submit_in_vain(&mut self, flow: Flow, form: &Form) -> Result<()> {
        let request = self.call(flow.as_str(), &postcard::to_allocvec(form).unwrap_or_default());
        self.kept = None;
        let mut stream = TcpStream::connect(self.portal).await?;
        stream.write_all(&request).await?;
        // Until it has arrived.
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(())
    }

    /// Reads the flow's state again.
    pub async fn look(&mut self, flow: Flow) -> std::result::Result<Page, NoPage> {
        let request = self.call("view", &postcard::to_allocvec(&flow).unwrap_or_default());
        self.page(&request).await
    }

    fn call(&self, function: &str, body: &[u8]) -> Vec<u8> {
        let head = self.head(&format!("POST /api/{function}"));
        let head = format!("{head}Content-Type: application/x-postcard\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    async fn page(&mut self, request: &[u8]) -> std::result::Result<Page, NoPage> {
        let lost = |found: &dyn std::fmt::Display| NoPage::Lost(found.to_string());
        let answer = self.exchange(request).await.map_err(|found| lost(&found))?;
        let bytes = answer.bytes().map_err(|found| lost(&found))?;
        if answer.status == 200 {
            return postcard::from_bytes(&bytes).map_err(|found| lost(&found));
        }
        let fault = postcard::from_bytes(&bytes).ok().filter(|fault: &Fault| fault.status() == answer.status);
        Err(fault.map_or_else(|| lost(&answer.status), NoPage::Fault))
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        let answer = tokio::time::timeout(ANSWER_TIMEOUT, self.exchange_at_last(request)).await;
        let answer = answer.unwrap_or_else(|_| Err(Error::new(ErrorKind::TimedOut, "nobody waits longer")))?;
        self.jar.keep(&answer);
        Ok(answer)
    }

    async fn exchange_at_last(&mut self, request: &[u8]) -> Result<Answer> {
        // A connection that was kept may have been closed meanwhile; browsers then take a new one.
        if let Some(mut kept) = self.kept.take()
            && kept.write_all(request).await.is_ok()
            && kept.fill_buf().await.is_ok_and(|bytes| !bytes.is_empty())
        {
            return self.read(kept).await;
        }
        let stream = TcpStream::connect(self.portal).await?;
        stream.set_nodelay(true)?;
        let mut stream = BufReader::new(stream);
        stream.write_all(request).await?;
        self.read(stream).await
    }

    async fn read(&mut self, mut stream: BufReader<TcpStream>) -> Result<Answer> {
        let answer = read_answer(&mut stream).await?;
        self.kept = (answer.header("connection") != "close").then_some(stream);
        Ok(answer)
    }

    /// Opens the stream of a waiting screen. Returns nothing where there is nothing to wait for.
    pub async fn follow(&self, flow: Flow) -> Result<Option<BufReader<TcpStream>>> {
        let mut stream = BufReader::new(TcpStream::connect(self.portal).await?);
        let head = self.head(&format!("GET /live/{}", flow.as_str()));
        stream.write_all(format!("{head}Accept: text/event-stream\r\n\r\n").as_bytes()).await?;
        let (status, _) = read_head(&mut stream).await?;
        match status {
            200 => Ok(Some(stream)),
            204 => Ok(None),
            other => Err(Error::other(other.to_string())),
        }
    }
}

async fn read_head(stream: &mut BufReader<TcpStream>) -> Result<(u16, Vec<(String, String)>)> {
    let (mut line, mut headers) = (String::new(), Vec::new());
    stream.read_line(&mut line).await?;
    let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status = status.ok_or_else(|| Error::from(ErrorKind::UnexpectedEof))?;
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => return Ok((status, headers)),
        }
    }
}

async fn read_answer(stream: &mut BufReader<TcpStream>) -> Result<Answer> {
    let (status, headers) = read_head(stream).await?;
    let mut answer = Answer { status, headers, body: Vec::new() };
    if answer.header("transfer-encoding") == "chunked" {
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            let length = usize::from_str_radix(line.trim_end(), 16).map_err(Error::other)?;
            let begun = answer.body.len();
            answer.body.resize(begun + length + 2, 0);
            stream.read_exact(&mut answer.body[begun..]).await?;
            answer.body.truncate(begun + length);
            if length == 0 {
                return Ok(answer);
            }
        }
    }
    let length = answer.header("content-length").parse().unwrap_or(0);
    answer.body.resize(length, 0);
    stream.read_exact(&mut answer.body).await?;
    Ok(answer)
}
