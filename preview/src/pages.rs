//! The overview, what its pages share, and the index for programs.

use crate::Preview;
use crate::entries::{Entry, MAILS, Nonce, Shown, groups, title_of};
use crate::links::Links;
use crate::router::PHONE;
use crate::rows::Rows;
use crate::switches::Switches;
use askama::Template;
use serde_json::json;

/// An entry as a picture that leads to its page.
pub(crate) struct Picture {
    pub(crate) kind: String,
    pub(crate) state: &'static str,
    pub(crate) address: String,
    pub(crate) html: String,
}

struct Section {
    name: &'static str,
    /// The page of this group alone.
    address: String,
    pictures: Vec<Picture>,
}

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview<'a> {
    service: String,
    assets: String,
    home: String,
    tokens: String,
    reasons: String,
    all_sentences: String,
    phone: &'static str,
    boards: Vec<(&'static str, String, bool)>,
    rows: Option<Rows>,
    sections: Vec<Section>,
    count: usize,
    query: &'a str,
    /// Where the search is answered, and which switches it keeps.
    here: String,
    kept: Vec<(&'static str, &'static str)>,
    searches: bool,
}

impl Preview {
    /// Every entry as a picture, or those that have `query` in a sentence.
    pub(crate) fn overview(&self, links: &Links, switches: Switches, query: &str) -> Result<String, askama::Error> {
        let mut sections: Vec<_> =
            groups().map(|name| Section { name, address: links.group(name, switches), pictures: Vec::new() }).collect();
        for entry in self.entries(switches) {
            let says = || self.words(&entry, switches).iter().any(|words| words.contains(query));
            let found = query.is_empty() || entry.id().contains(query) || says();
            if let Some(section) = sections.iter_mut().find(|section| section.name == entry.group && found) {
                section.pictures.push(self.linked(entry, links, switches));
            }
        }
        sections.retain(|section| !section.pictures.is_empty());
        Overview {
            service: self.names(switches).service,
            assets: links.assets(switches),
            home: links.overview(switches),
            tokens: links.tokens(switches),
            reasons: links.decisions(switches),
            phone: PHONE,
            all_sentences: links.sentences(switches, ""),
            boards: self.storyboards(links, switches, None),
            rows: self.rows_for(links, switches, |switches| links.overview(switches)),
            count: sections.iter().map(|section| section.pictures.len()).sum(),
            sections,
            query,
            here: links.overview(Switches::default()),
            kept: switches.set(),
            searches: matches!(links, Links::Server),
        }
        .render()
    }

    /// The picture of an entry with its address.
    pub(crate) fn linked(&self, entry: Entry, links: &Links, switches: Switches) -> Picture {
        let (html, address) = (self.picture(&entry, switches), links.entry(&entry.id(), switches));
        Picture { kind: entry.kind, state: entry.state, address, html }
    }

    /// Every entry for machines: its name, its addresses and what it says.
    pub(crate) fn index(&self, links: &Links) -> serde_json::Value {
        let (switches, served) = (Switches::default(), matches!(links, Links::Server));
        let entries = self.entries(switches).into_iter().map(|entry| {
            let id = entry.id();
            let document = self.document(&entry, switches, "", &Nonce::default());
            let (title, text) = match &entry.shown {
                Shown::Screen(_) => (title_of(&document).to_owned(), None),
                Shown::Mail(content) => {
                    let mail = self.mail(content, switches);
                    (mail.subject, Some(mail.text.len()))
                }
            };
            json!({
                "id": id,
                "group": entry.group,
                "kind": entry.kind,
                "state": entry.state,
                "title": title,
                "mail": entry.group == MAILS,
                // In bytes, before anything is compressed. A mail has a text part as well.
                "html": document.len(),
                "text": text,
                "entry": links.entry(&id, switches),
                "bare": links.bare(&id, switches),
                // An export has them in its list of sentences.
                "sentences": if served { self.words(&entry, switches) } else { Vec::new() },
            })
        });
        json!(entries.collect::<Vec<_>>())
    }
}
