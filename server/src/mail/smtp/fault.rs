//! What went wrong in a conversation with the mail server: at which step, how, and whose fault it is.

use std::fmt;

/// The steps of a conversation, in their order (RFC 5321, 3207 and 4954).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Connect,
    /// The TLS handshake, where TLS comes before the greeting.
    Tls,
    Greeting,
    Ehlo,
    /// `STARTTLS` and the handshake after it.
    StartTls,
    Auth,
    /// `RSET`, before a kept connection is used again.
    Reset,
    /// `MAIL FROM`.
    Sender,
    /// `RCPT TO`.
    Recipient,
    /// `DATA`, before the message.
    Data,
    /// The message itself, up to the reply to its last dot.
    Message,
}

impl Step {
    /// As it stands in the log and in `nirin mail list`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Ehlo => "ehlo",
            Self::StartTls => "starttls",
            Self::Auth => "auth",
            Self::Reset => "rset",
            Self::Sender => "mail",
            Self::Recipient => "rcpt",
            Self::Data => "data",
            Self::Message => "message",
        }
    }
}

/// An enhanced status code (RFC 3463) without its class, which is the reply's first digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced {
    pub subject: u16,
    pub detail: u16,
}

/// How a step failed. The server's own words are left out: they may repeat the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The server said no.
    Reply {
        code: u16,
        enhanced: Option<Enhanced>,
    },
    TimedOut,
    /// The connection ended before the reply.
    Closed,
    /// What came is not an SMTP reply.
    Unreadable,
    /// The server does not offer what the configuration asks for: STARTTLS, or a way to sign in.
    NotOffered,
    /// Something was said in clear after the server agreed to TLS: somebody else may have said it.
    SaidInClear,
    HostUnknown,
    Unreachable,
    /// The certificate is not accepted; the word says why.
    Certificate(&'static str),
    Handshake,
}

/// One failed conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmtpFault {
    pub step: Step,
    pub cause: Cause,
}

impl fmt::Display for SmtpFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.step.as_str())?;
        match self.cause {
            Cause::Reply { code, enhanced: None } => write!(f, "{code}"),
            Cause::Reply { code, enhanced: Some(Enhanced { subject, detail }) } => {
                write!(f, "{code} {}.{subject}.{detail}", code / 100)
            }
            Cause::TimedOut => f.write_str("time-out"),
            Cause::Closed => f.write_str("connection closed"),
            Cause::Unreadable => f.write_str("unreadable reply"),
            Cause::NotOffered => f.write_str("not offered by the server"),
            Cause::SaidInClear => f.write_str("data in clear after the reply"),
            Cause::HostUnknown => f.write_str("host name not found"),
            Cause::Unreachable => f.write_str("no connection"),
            Cause::Certificate(why) => write!(f, "certificate {why}"),
            Cause::Handshake => f.write_str("TLS handshake failed"),
        }
    }
}

/// Whose fault it is, and so what becomes of the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The recipient's address takes no mail: another try makes no sense.
    AddressRefused,
    /// The recipient's side does not take this mail now; it is tried again, and nobody has to do anything.
    NotNow,
    /// The mail server takes no mail at all from us.
    RelayRefuses,
    /// The mail server does not take this mail, for a reason that is not the recipient's address.
    MailRefused,
}

impl SmtpFault {
    /// Reads a failure by the step of the conversation and the enhanced status code.
    ///
    /// - Before `RCPT TO` nothing has been said about the recipient, so everything is about us; so is 421 at any step, by
    ///   which the server ends the conversation (RFC 5321, 3.8).
    /// - Later, the enhanced code decides by its subject (RFC 3463, 3): addressing (1) and mailbox (2) are the recipient's;
    ///   mail system (3), network (4), protocol (5), content (6) and policy (7) are not. Exceptions are 1.7 and 1.8, which
    ///   are about the sender's address, 2.2, a mailbox that is full for now, and 2.3, a message that is too long.
    /// - Subject 0 says nothing, and then as without enhanced code the reply decides: 550, 551 and 553 to `RCPT TO` are
    ///   about the mailbox (RFC 5321, 4.2.3), 556 about its domain (RFC 7504, 4); 552 there is temporary (RFC 5321,
    ///   4.5.3.1.10). After the message 550 is a matter of policy (RFC 5321, 4.3.2).
    #[must_use]
    pub fn verdict(self) -> Verdict {
        let Cause::Reply { code, enhanced } = self.cause else {
            return if self.step < Step::Recipient { Verdict::RelayRefuses } else { Verdict::MailRefused };
        };
        if code == 421 || self.step < Step::Recipient {
            return Verdict::RelayRefuses;
        }
        let enhanced = enhanced.filter(|enhanced| enhanced.subject != 0).map(|found| (found.subject, found.detail));
        match (code / 100, enhanced) {
            (5, Some((1, 7 | 8) | (2, 3))) => Verdict::MailRefused,
            (5, Some((2, 2))) => Verdict::NotNow,
            (5, Some((1 | 2, _))) => Verdict::AddressRefused,
            (5, None) if self.step == Step::Recipient => match code {
                550 | 551 | 553 | 556 => Verdict::AddressRefused,
                552 => Verdict::NotNow,
                _ => Verdict::MailRefused,
            },
            (4, Some((3, _))) => Verdict::MailRefused,
            (4, _) => Verdict::NotNow,
            _ => Verdict::MailRefused,
        }
    }

    /// Whether the server asks for fewer mails at once: 421 (too many connections) and 451 (a local limit).
    #[must_use]
    pub const fn asks_for_less(self) -> bool {
        matches!(self.cause, Cause::Reply { code: 421 | 451, .. })
    }

    /// Whether somebody has to do something about it, as far as the reply says.
    #[must_use]
    pub const fn is_lasting(self) -> bool {
        match self.cause {
            Cause::Reply { code, .. } => code >= 500,
            Cause::NotOffered | Cause::SaidInClear | Cause::HostUnknown | Cause::Certificate(_) | Cause::Handshake => {
                true
            }
            Cause::TimedOut | Cause::Closed | Cause::Unreadable | Cause::Unreachable => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replied(step: Step, code: u16, enhanced: Option<(u16, u16)>) -> SmtpFault {
        let enhanced = enhanced.map(|(subject, detail)| Enhanced { subject, detail });
        SmtpFault { step, cause: Cause::Reply { code, enhanced } }
    }

    #[test]
    fn before_the_recipient_was_named_no_reply_is_about_the_recipient() {
        for step in [Step::Greeting, Step::Ehlo, Step::StartTls, Step::Auth, Step::Reset, Step::Sender] {
            for code in [421, 450, 451, 452, 454, 500, 502, 530, 535, 550, 552, 553, 554] {
                for enhanced in [None, Some((1, 1)), Some((2, 1)), Some((7, 1)), Some((4, 5))] {
                    assert_eq!(
                        replied(step, code, enhanced).verdict(),
                        Verdict::RelayRefuses,
                        "{step:?} {code} {enhanced:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn from_the_recipient_on_the_enhanced_code_decides() {
        let ours = Verdict::MailRefused;
        for (code, enhanced, verdict) in [
            (550, (1, 1), Verdict::AddressRefused),
            (550, (1, 2), Verdict::AddressRefused),
            (553, (1, 3), Verdict::AddressRefused),
            (550, (1, 6), Verdict::AddressRefused),
            (556, (1, 10), Verdict::AddressRefused),
            (550, (2, 1), Verdict::AddressRefused),
            (550, (2, 0), Verdict::AddressRefused),
            (552, (2, 2), Verdict::NotNow),
            (552, (2, 3), ours),
            (553, (1, 7), ours),
            (553, (1, 8), ours),
            (552, (3, 4), ours),
            (550, (3, 2), ours),
            (550, (4, 5), ours),
            (550, (4, 1), ours),
            (501, (5, 4), ours),
            (554, (6, 0), ours),
            (550, (7, 1), ours),
            (554, (7, 1), ours),
            (450, (2, 1), Verdict::NotNow),
            (451, (7, 1), Verdict::NotNow),
            (452, (2, 2), Verdict::NotNow),
            (452, (3, 1), ours),
            (421, (7, 0), Verdict::RelayRefuses),
        ] {
            for step in [Step::Recipient, Step::Data, Step::Message] {
                assert_eq!(replied(step, code, Some(enhanced)).verdict(), verdict, "{step:?} {code} {enhanced:?}");
            }
        }
    }

    #[test]
    fn without_an_enhanced_code_the_mailbox_is_meant_only_by_its_own_replies_to_the_recipient() {
        for enhanced in [None, Some((0, 0))] {
            for (code, verdict) in [
                (550, Verdict::AddressRefused),
                (551, Verdict::AddressRefused),
                (553, Verdict::AddressRefused),
                (556, Verdict::AddressRefused),
                (552, Verdict::NotNow),
                (450, Verdict::NotNow),
                (554, Verdict::MailRefused),
                (530, Verdict::MailRefused),
                (503, Verdict::MailRefused),
                (421, Verdict::RelayRefuses),
            ] {
                assert_eq!(replied(Step::Recipient, code, enhanced).verdict(), verdict, "{code}");
            }
            for code in [550, 552, 554] {
                assert_eq!(replied(Step::Message, code, enhanced).verdict(), Verdict::MailRefused, "{code}");
            }
        }
    }

    #[test]
    fn silence_is_about_all_mails_before_the_recipient_and_about_this_one_afterwards() {
        for cause in [Cause::TimedOut, Cause::Closed, Cause::Unreadable] {
            assert_eq!(SmtpFault { step: Step::Greeting, cause }.verdict(), Verdict::RelayRefuses);
            assert_eq!(SmtpFault { step: Step::Message, cause }.verdict(), Verdict::MailRefused);
        }
    }

    #[test]
    fn a_fault_is_told_by_its_step() {
        assert_eq!(replied(Step::Recipient, 550, Some((1, 1))).to_string(), "rcpt: 550 5.1.1");
        assert_eq!(replied(Step::Greeting, 554, None).to_string(), "greeting: 554");
        assert_eq!(
            SmtpFault { step: Step::StartTls, cause: Cause::NotOffered }.to_string(),
            "starttls: not offered by the server"
        );
        assert_eq!(SmtpFault { step: Step::Data, cause: Cause::TimedOut }.to_string(), "data: time-out");
    }
}
