//! One reply of the mail server (RFC 5321, 4.2), and what it offers after `EHLO`.

use super::fault::{Cause, Enhanced};
use lettre::transport::smtp::response::Response;

/// A reply, of one line or several.
pub(super) struct Reply {
    pub(super) response: Response,
    pub(super) code: u16,
}

impl Reply {
    /// Reads the lines of one reply. Line ends and a missing text are mended: servers are not strict about either.
    pub(super) fn parse(lines: &[u8]) -> Option<Self> {
        let mut text = String::with_capacity(lines.len() + 2);
        for line in String::from_utf8_lossy(lines).lines() {
            text.push_str(line);
            if line.len() == 3 {
                text.push(' ');
            }
            text.push_str("\r\n");
        }
        let response: Response = text.parse().ok()?;
        Some(Self { code: response.code().into(), response })
    }

    pub(super) const fn is_positive(&self) -> bool {
        self.code < 400
    }

    /// What a negative reply means.
    pub(super) fn cause(&self) -> Cause {
        Cause::Reply { code: self.code, enhanced: self.response.message().find_map(|line| enhanced(line, self.code)) }
    }

    /// Whether a keyword stands in a reply to `EHLO`.
    pub(super) fn offers(&self, keyword: &str) -> bool {
        self.response
            .message()
            .skip(1)
            .any(|line| line.split_whitespace().next().is_some_and(|word| word.eq_ignore_ascii_case(keyword)))
    }
}

/// The enhanced code that a line begins with, if its class is that of the reply (RFC 2034, 4).
fn enhanced(line: &str, code: u16) -> Option<Enhanced> {
    let mut parts = line.split_whitespace().next()?.split('.');
    let mut number = || parts.next()?.parse::<u16>().ok();
    let (class, subject, detail) = (number()?, number()?, number()?);
    (class == code / 100 && parts.next().is_none()).then_some(Enhanced { subject, detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_of_one_line_and_of_several_are_read() {
        for (lines, code, subject_and_detail) in [
            ("550 5.1.1 no such user\r\n", 550, Some((1, 1))),
            ("550-5.7.1 first\r\n550-5.7.1 second\r\n550 5.7.1 third\r\n", 550, Some((7, 1))),
            ("550-no code here\r\n550 5.4.5 but here\r\n", 550, Some((4, 5))),
            ("550 4.1.1 of another class\r\n", 550, None),
            ("550 5.1 is none\r\n", 550, None),
            ("550 10.0.0.1 is an address\r\n", 550, None),
            ("554\r\n", 554, None),
            ("554 5.7.1 line feed alone\n", 554, Some((7, 1))),
            ("450 4.2.1 \u{3042}\r\n", 450, Some((2, 1))),
        ] {
            let reply = Reply::parse(lines.as_bytes()).unwrap();
            let enhanced = subject_and_detail.map(|(subject, detail)| Enhanced { subject, detail });
            assert_eq!(reply.cause(), Cause::Reply { code, enhanced }, "{lines}");
        }
    }

    #[test]
    fn what_is_no_reply_is_not_read() {
        for lines in ["", "hello\r\n", "220-one\r\n250 two\r\n", "999 what\r\n", "25\r\n"] {
            assert!(Reply::parse(lines.as_bytes()).is_none(), "{lines}");
        }
    }

    #[test]
    fn what_the_server_offers_is_read_in_any_case() {
        let reply = Reply::parse(b"250-mx.example STARTTLS\r\n250-Pipelining\r\n250 SIZE 1000\r\n").unwrap();
        assert!(reply.offers("PIPELINING") && reply.offers("SIZE"));
        assert!(!reply.offers("STARTTLS"), "the first line is the server's name");
    }
}
