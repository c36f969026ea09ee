//! Requests, each on a connection of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

/// What came back.
#[derive(Default)]
pub struct Answer {
    pub status: u16,
    /// Of the body.
    pub length: usize,
    /// As a `Cookie` header takes them.
    pub cookies: String,
}

/// A wrong password.
pub fn password(address: SocketAddr, user_id: &str) -> Answer {
    post(address, "/sign-in", &format!("step=sign-in&user_id={}&password=wrong-Password9", user_id.replace('@', "%40")))
}

pub fn post(address: SocketAddr, path: &str, body: &str) -> Answer {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        body.len()
    );
    ask(address, &head, body)
}

pub fn get(address: SocketAddr, path: &str, cookies: &str) -> Answer {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookies}\r\n"), "")
}

/// One request; nothing comes back when the connection breaks.
pub fn ask(address: SocketAddr, head: &str, body: &str) -> Answer {
    let exchange = || -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.write_all(format!("{head}Connection: close\r\n\r\n{body}").as_bytes())?;
        let mut answer = BufReader::new(stream);
        let mut line = String::new();
        answer.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut cookies = Vec::new();
        while line.trim() != "" {
            line.clear();
            answer.read_line(&mut line)?;
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("set-cookie")
            {
                cookies.extend(value.split(';').next().map(|cookie| cookie.trim().to_owned()));
            }
        }
        let mut rest = Vec::new();
        answer.read_to_end(&mut rest)?;
        Ok(Answer { status, length: rest.len(), cookies: cookies.join("; ") })
    };
    exchange().unwrap_or_default()
}
