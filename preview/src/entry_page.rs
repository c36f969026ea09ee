//! The page of an entry: the product's document in a frame, and the panels below it.

use crate::Preview;
use crate::access::Measurement;
use crate::changes::Changes;
use crate::entries::{Entry, MAILS, Nonce, Shown, title_of};
use crate::links::Links;
use crate::mail_page::MailPanel;
use crate::rows::Rows;
use crate::size::{Compression, compressed};
use crate::sources::Sources;
use crate::switches::{Keys, Script, Switches, Theme, Vision};
use crate::text::decisions::{Concerns, DECISIONS, Decision};
use crate::text::notes::{self, Note};
use app::samples::register::Group;
use askama::Template;

/// The classes of a frame: its width, and with whose eyes it is seen.
pub(crate) fn frame_class(switches: Switches) -> String {
    let (width, vision) = (switches.width.as_str(), switches.vision);
    if vision == Vision::default() { format!("frame w{width}") } else { format!("frame w{width} {}", vision.as_str()) }
}

struct Frame {
    address: String,
    class: String,
    name: &'static str,
}

/// A sentence of the entry.
struct Line<'a> {
    words: String,
    /// Where else it is said.
    everywhere: String,
    sources: Vec<&'a str>,
}

/// How many bytes a part has, plain and as it is sent.
struct Weight {
    name: &'static str,
    plain: usize,
    sent: usize,
}

#[derive(Template)]
#[template(path = "entry.html")]
struct EntryPage<'a> {
    assets: String,
    home: String,
    rows: Option<Rows>,
    id: String,
    title: String,
    frames: Vec<Frame>,
    bare: String,
    before: Option<String>,
    after: Option<String>,
    note: Option<Note>,
    /// Each with where its reason stands.
    decisions: Vec<(String, &'static Decision)>,
    reasons: String,
    served: bool,
    lines: Vec<Line<'a>>,
    markup: Option<String>,
    tree: Option<String>,
    weights: Vec<Weight>,
    mail: Option<MailPanel>,
    measurements: Vec<Measurement>,
    /// Whether axe is there to judge.
    judged: bool,
    changes: Option<Changes>,
    phone: String,
    search: String,
    stamp: Option<String>,
    /// Whether the frames are seen with other eyes.
    filtered: bool,
    /// Whether the product's script is wanted and has not been built.
    unbuilt: bool,
    keys: Keys,
    /// The same page without keys, or with them if it has none.
    other_keys: String,
}

impl Preview {
    /// One entry with its panels. `sources` say where its sentences are written.
    pub(crate) fn entry_page(
        &self,
        entries: &[Entry],
        at: usize,
        links: &Links,
        switches: Switches,
        sources: &Sources,
    ) -> Option<Result<String, askama::Error>> {
        let entry = entries.get(at)?;
        let id = entry.id();
        // An export is kept small: its list of sentences says where they are written, its documents are the markup.
        let served = matches!(links, Links::Server);
        let document = self.document(entry, switches, "", &Nonce::default());
        let mail = match &entry.shown {
            Shown::Screen(_) => None,
            Shown::Mail(content) => {
                let mail = self.mail(content, switches);
                let frame = |theme| links.bare(&id, Switches { theme, ..switches });
                Some(MailPanel::new(&self.names(switches), &mail, &frame_class(switches), links.message(&id), frame))
            }
        };
        let frame = |switches: Switches| Frame {
            address: links.bare(&id, switches),
            class: frame_class(switches),
            name: switches.theme.label(),
        };
        let frames = match links {
            Links::Server => vec![frame(switches)],
            Links::File { .. } => {
                Theme::ALL.iter().map(|theme| frame(Switches { theme: *theme, ..switches })).collect()
            }
        };
        let neighbour = |entry: &Entry| links.entry(&entry.id(), switches);
        let line = |words: String| Line {
            everywhere: links.sentences(switches, &words),
            sources: if served { sources.places(&words) } else { Vec::new() },
            words,
        };
        let decisions = DECISIONS.iter().enumerate().filter(|(_, decision)| concerns(decision.concerns, entry));
        let reasons = links.decisions(switches);
        let decisions = decisions.map(|(at, decision)| (format!("{reasons}#decision-{}", at + 1), decision));
        let page = EntryPage {
            assets: links.page_assets(switches),
            home: links.overview(switches),
            rows: self.rows_for(links, switches, |switches| links.entry(&id, switches)),
            title: title_of(&document).to_owned(),
            frames,
            bare: links.bare(&id, switches),
            before: at.checked_sub(1).and_then(|at| entries.get(at)).map(neighbour),
            after: entries.get(at + 1).map(neighbour),
            note: notes::of(entry),
            decisions: decisions.collect(),
            reasons,
            served,
            lines: self.own_words(entry, &document, switches).into_iter().map(line).collect(),
            markup: served.then(|| self.picture(entry, switches)),
            // The tests keep it of the usual samples alone.
            tree: if switches.has_usual_samples() { sources.tree(entry) } else { None },
            weights: if served { self.weights(&document, entry, switches) } else { Vec::new() },
            mail,
            measurements: if served { self.measurements(&id, switches) } else { Vec::new() },
            judged: self.workshop.axe.is_some(),
            changes: if served { self.changes(entry, links) } else { None },
            phone: links.phone(&id, switches),
            search: links.sentences(switches, ""),
            filtered: switches.vision != Vision::default(),
            unbuilt: switches.script == Script::On && !self.site.join("nirin.wasm").exists(),
            stamp: if served { self.stamp() } else { None },
            keys: switches.keys,
            other_keys: links.entry(&id, Switches { keys: switches.keys.other(), ..switches }),
            id: id.clone(),
        };
        Some(page.render())
    }

    /// What a browser has to load for a screen before it can be used, script and pictures apart.
    fn weights(&self, document: &str, entry: &Entry, switches: Switches) -> Vec<Weight> {
        let mut weights = vec![Weight::of("HTML", document.as_bytes(), Compression::OnRequest)];
        if entry.group != MAILS {
            let style = self.asset(design::STYLE, switches).map(|(_, style)| style).unwrap_or_default();
            weights.push(Weight::of("CSS", &style, Compression::AtBuild));
        }
        weights
    }
}

impl Weight {
    fn of(name: &'static str, bytes: &[u8], compression: Compression) -> Self {
        Self { name, plain: bytes.len(), sent: compressed(bytes, compression) }
    }
}

fn concerns(what: Concerns, entry: &Entry) -> bool {
    let group = Group::parse(entry.group);
    match what {
        Concerns::Everything => true,
        Concerns::Screens => group.is_some(),
        Concerns::Errors => group == Some(Group::Problems),
        Concerns::Reports => group == Some(Group::Notices) || entry.kind == "error",
    }
}

#[derive(Template)]
#[template(path = "decisions.html")]
struct Decisions {
    assets: String,
    home: String,
    rows: Option<Rows>,
    decisions: &'static [Decision],
}

impl Preview {
    /// What was decided about the design, and why.
    pub(crate) fn decisions_page(&self, links: &Links, switches: Switches) -> Result<String, askama::Error> {
        Decisions {
            assets: links.page_assets(switches),
            home: links.overview(switches),
            rows: self.rows_for(links, switches, |switches| links.decisions(switches)),
            decisions: DECISIONS,
        }
        .render()
    }
}
