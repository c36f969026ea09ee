//! What the gallery has: every sample of the product's screens and of its mails.

use crate::Preview;
use crate::style::in_scheme;
use crate::switches::{Script, Switches, Theme};
use app::pages::guide::still;
use app::pages::shell::DocumentProps;
use app::samples::register::{Group, Sample};
use app::samples::states::SampleContext;
use app::wire::Brand;
use mails::{MailContent, Palette, Rendered};

/// The nonce of a response's Content-Security-Policy, which whoever mounts the router puts into each request.
#[derive(Clone, Debug, Default)]
pub struct Nonce(pub String);

/// The group of the mails, beside those of the register.
pub const MAILS: &str = "mails";

/// Every group by its name, in the gallery's order.
pub fn groups() -> impl Iterator<Item = &'static str> {
    Group::ALL.iter().copied().map(Group::as_str).chain([MAILS])
}

/// What an entry shows.
pub enum Shown {
    Screen(Sample),
    Mail(MailContent),
}

/// One state of one thing.
pub struct Entry {
    pub group: &'static str,
    pub kind: String,
    pub state: &'static str,
    pub shown: Shown,
}

impl Entry {
    /// Returns the name by which addresses and tests know it: `screens/mail-sent/refused`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.group, self.kind, self.state)
    }
}

/// Every entry as it usually is, in the gallery's order.
#[must_use]
pub fn all(preview: &Preview) -> Vec<Entry> {
    preview.entries(Switches::default())
}

impl Preview {
    /// Every entry with the samples that the switches ask for.
    pub(crate) fn entries(&self, switches: Switches) -> Vec<Entry> {
        let context = SampleContext {
            chosen: switches.chosen(self.chosen),
            timeouts: (&self.limits).into(),
            words: switches.words,
        };
        let screens = app::samples::register::all(context).into_iter().map(|sample| Entry {
            group: sample.group.as_str(),
            kind: sample.kind.clone(),
            state: sample.state,
            shown: Shown::Screen(sample),
        });
        let letters = mails::samples::all(switches.words).map(|(kind, state, content)| Entry {
            group: MAILS,
            kind: kind.as_str().to_owned(),
            state,
            shown: Shown::Mail(content),
        });
        screens.chain(letters).collect()
    }

    /// The names of the brand that is looked at.
    pub(crate) fn names(&self, switches: Switches) -> Brand {
        switches.words.in_brand(&self.skin(switches.brand).names)
    }

    /// Returns the product's own document of a screen, or the HTML part of a mail. `assets` is where its style is.
    pub(crate) fn document(&self, entry: &Entry, switches: Switches, assets: &str, nonce: &Nonce) -> String {
        match &entry.shown {
            Shown::Screen(sample) => {
                let props =
                    DocumentProps { nonce: nonce.0.clone(), assets: assets.to_owned(), ..DocumentProps::default() };
                let html = sample.document(&self.names(switches), &self.limits, switches.chosen(self.chosen), props);
                let html = html.replace("content=\"light dark\"", &format!("content=\"{}\"", switches.theme.as_str()));
                if switches.script == Script::On { html } else { without_script(&html) }
            }
            Shown::Mail(content) => in_theme(&self.mail(content, switches).html, switches.theme),
        }
    }

    /// A mail's three parts. Words that cannot be rendered are a fault of a template, which a test of `mails` would show.
    pub(crate) fn mail(&self, content: &MailContent, switches: Switches) -> Rendered {
        let empty = Rendered { subject: String::new(), text: String::new(), html: String::new() };
        let palette = Palette::of(&self.skin(switches.brand).assets.tokens(&design::shipped()));
        mails::render(content, &self.names(switches), &palette, app::samples::REFERENCE).unwrap_or(empty)
    }

    /// A picture of the entry without anything to operate: what is between header and footer.
    pub(crate) fn picture(&self, entry: &Entry, switches: Switches) -> String {
        match &entry.shown {
            Shown::Screen(_) => {
                let document = self.document(entry, switches, "", &Nonce::default());
                without_marks(&still(&without_dialogs(main_of(&document))))
            }
            Shown::Mail(content) => {
                let text = self.mail(content, switches).text.replace('&', "&amp;").replace('<', "&lt;");
                format!("<pre class=\"mail-text\">{text}</pre>")
            }
        }
    }
}

/// A mail has its dark colours inside, for readers' programs that follow the scheme of their system.
pub(crate) fn in_theme(html: &str, theme: Theme) -> String {
    in_scheme(html, theme).replace("content=\"light dark\"", &format!("content=\"{}\"", theme.as_str()))
}

/// The same document as browsers without script get it.
fn without_script(html: &str) -> String {
    let footer = "</footer>";
    match (html.find(footer), html.rfind("</body>")) {
        (Some(at), Some(end)) => {
            let head = html.get(..at + footer.len()).unwrap_or_default();
            let tail = html.get(end..).unwrap_or_default();
            format!("{head}{tail}").replacen("class=\"scripted\"", "class=\"plain\"", 1)
        }
        _ => html.to_owned(),
    }
}

/// Takes away the marks by which the browser side finds the parts of a page. Where it does not run they are a tenth of the bytes.
pub(crate) fn without_marks(html: &str) -> String {
    html.replace("<!>", "")
}

/// Takes away dialogs. Script alone opens them: where none runs they are bytes that nobody sees.
pub(crate) fn without_dialogs(html: &str) -> String {
    let mut pieces = html.split("<dialog ");
    let before = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(before, |kept, piece| kept + piece.split_once("</dialog>").map_or("", |(_, after)| after))
}

/// What stands inside of `<main>`.
pub(crate) fn main_of(html: &str) -> &str {
    let inside = html.split_once("<main").and_then(|(_, rest)| rest.split_once('>')).map(|(_, rest)| rest);
    inside.and_then(|rest| rest.rsplit_once("</main>")).map_or(html, |(main, _)| main)
}

/// The document's own title.
pub(crate) fn title_of(html: &str) -> &str {
    html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>")).map_or("", |(title, _)| title)
}
