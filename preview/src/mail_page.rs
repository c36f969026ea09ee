//! How a mail is looked at: its inbox line, text and HTML side by side, light, dark and inverted, and what is checked. The gallery
//! shows samples so, the mailbox of a rehearsal what has arrived.

use crate::Preview;
use crate::entry_page::frame_class;
use crate::links::Links;
use crate::mail_checks::{Check, checks, inbox_line};
use crate::switches::{Switches, Theme};
use app::text::mail_view as text;
use app::wire::Brand;
use askama::Template;
use lettre::message::Mailbox;
use mails::Rendered;
use std::time::{Duration, UNIX_EPOCH};

/// The HTML part in one view.
pub(crate) struct MailFrame {
    pub(crate) address: String,
    pub(crate) class: String,
    pub(crate) name: &'static str,
}

/// A mail with all its views.
pub(crate) struct MailPanel {
    pub(crate) subject: String,
    pub(crate) from: String,
    pub(crate) inbox: String,
    pub(crate) frames: Vec<MailFrame>,
    pub(crate) text: Vec<Line>,
    pub(crate) checks: Vec<Check>,
    /// Where the whole message is, for a mail program.
    pub(crate) message: String,
}

/// A line of the text part. `address` is where it leads, in a mail that has arrived.
pub(crate) struct Line {
    pub(crate) words: String,
    pub(crate) address: Option<String>,
}

impl MailPanel {
    /// `class` is that of each frame, and `frame` makes the address of the HTML part in a scheme.
    pub(crate) fn new(
        names: &Brand,
        mail: &Rendered,
        class: &str,
        message: String,
        frame: impl Fn(Theme) -> String,
    ) -> Self {
        let view = |theme, more, name| MailFrame { address: frame(theme), class: format!("{class}{more}"), name };
        Self {
            subject: mail.subject.clone(),
            from: names.mail_from.clone(),
            inbox: inbox_line(&mail.html).to_owned(),
            frames: vec![
                view(Theme::Light, "", text::LIGHT),
                view(Theme::Dark, "", text::DARK),
                // What mail programs do that turn colours over by themselves, as nearly as a browser can show it.
                view(Theme::Light, " inverted", text::INVERTED),
            ],
            text: mail.text.lines().map(|line| Line { words: line.to_owned(), address: None }).collect(),
            checks: checks(mail, &names.public_url),
            message,
        }
    }
}

/// A mail that has arrived.
pub struct ReceivedMail {
    /// By which its addresses are made: `/rehearsal/mailbox/{id}`.
    pub id: String,
    /// Whom it went to and when, for people.
    pub received: String,
    pub rendered: Rendered,
}

#[derive(Template)]
#[template(path = "received.html")]
struct ReceivedPage<'a> {
    assets: String,
    received: &'a str,
    mail: MailPanel,
}

impl Preview {
    /// A mail that has arrived, as samples are looked at. Its links can be followed from its text.
    ///
    /// # Errors
    /// Only what the formatting machinery reports.
    pub fn received_page(&self, mail: &ReceivedMail) -> Result<String, askama::Error> {
        let address = format!("/rehearsal/mailbox/{}", mail.id);
        let class = frame_class(Switches::default());
        let mut panel =
            MailPanel::new(&self.own.names, &mail.rendered, &class, format!("{address}/message.eml"), |theme| {
                format!("{address}/bare/{}", theme.as_str())
            });
        for line in &mut panel.text {
            // Relative, so that it holds at whatever address the rehearsal was opened.
            line.address = line.words.strip_prefix(&self.own.names.public_url).map(str::to_owned);
        }
        let assets = Links::Server.assets(Switches::default());
        ReceivedPage { assets, received: &mail.received, mail: panel }.render()
    }

    /// The message of a sample as a file for a mail program, or nothing if there is no address to write it from.
    pub(crate) fn message(&self, mail: &Rendered, id: &str) -> Option<Vec<u8>> {
        let names = &self.own.names;
        let from = Mailbox::new(Some(names.service.clone()), names.mail_from.parse().ok()?);
        let to = Mailbox::new(None, app::samples::USER_ID.parse().ok()?);
        let at = UNIX_EPOCH + Duration::from_millis(app::samples::NOW.unsigned_abs());
        mails::message(mail, from, to, &id.replace('/', "-"), at).ok().map(|message| message.formatted())
    }
}

/// Returns the HTML part of a mail that has arrived in one scheme. Its links leave the frame.
#[must_use]
pub fn received_html(html: &str, theme: Theme) -> String {
    crate::entries::in_theme(html, theme).replacen("<head>", "<head>\n<base target=\"_top\">", 1)
}
