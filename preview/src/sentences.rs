//! The page of every sentence: what the product says, where it is said, and in which file it is written.

use crate::Preview;
use crate::entries::{Entry, Nonce, Shown, groups, main_of, title_of};
use crate::links::Links;
use crate::switches::Switches;
use askama::Template;
use std::collections::HashMap;

/// Of a sentence that is said in more places these are named, and the others by one link.
const NAMED: usize = 6;
/// The same in an export, which is kept small.
const NAMED_IN_FILES: usize = 2;
/// With more that are found, each leaves its places folded.
const UNFOLDED: usize = 30;

struct Place {
    id: String,
    address: String,
}

struct Sentence<'a> {
    words: String,
    /// Where it is said, or the first of it.
    places: Vec<Place>,
    count: usize,
    /// How many places are not named, and where they are.
    more: usize,
    pictures: String,
    sources: Vec<&'a str>,
    found: bool,
}

struct Section<'a> {
    name: &'static str,
    sentences: Vec<Sentence<'a>>,
    found: usize,
}

#[derive(Template)]
#[template(path = "sentences.html")]
struct Sentences<'a> {
    assets: String,
    home: String,
    here: String,
    everything: String,
    kept: Vec<(&'static str, &'static str)>,
    sections: Vec<Section<'a>>,
    found: usize,
    count: usize,
    unfolded: bool,
    query: &'a str,
    searches: bool,
}

/// A sentence, the group that says it first, and every entry that does.
struct Said {
    words: String,
    group: &'static str,
    by: Vec<String>,
}

impl Preview {
    /// Every sentence with its places. Those without `query` are there and out of sight, so that a list can be narrowed while
    /// somebody types.
    pub(crate) fn sentences_page(
        &self,
        links: &Links,
        switches: Switches,
        query: &str,
    ) -> Result<String, askama::Error> {
        let sources = self.sources();
        let served = matches!(links, Links::Server);
        let mut sections: Vec<_> = groups().map(|name| Section { name, sentences: Vec::new(), found: 0 }).collect();
        for said in self.said(switches) {
            let found = said.words.contains(query);
            let named = if found && !query.is_empty() {
                said.by.len()
            } else if served {
                NAMED
            } else {
                NAMED_IN_FILES
            };
            let sentence = Sentence {
                places: said
                    .by
                    .iter()
                    .take(named)
                    .map(|id| Place { id: id.clone(), address: links.entry(id, switches) })
                    .collect(),
                count: said.by.len(),
                more: said.by.len().saturating_sub(named),
                pictures: if served { links.search(switches, &said.words) } else { String::new() },
                sources: if found { sources.places(&said.words) } else { Vec::new() },
                found,
                words: said.words,
            };
            if let Some(section) = sections.iter_mut().find(|section| section.name == said.group) {
                section.found += usize::from(found);
                section.sentences.push(sentence);
            }
        }
        sections.retain(|section| !section.sentences.is_empty());
        let found = sections.iter().map(|section| section.found).sum();
        Sentences {
            assets: links.page_assets(switches),
            home: links.overview(switches),
            here: links.sentences(Switches::default(), ""),
            everything: links.sentences(switches, ""),
            kept: switches.set(),
            found,
            unfolded: !query.is_empty() && found <= UNFOLDED,
            count: sections.iter().map(|section| section.sentences.len()).sum(),
            sections,
            query,
            searches: served,
        }
        .render()
    }

    /// Every sentence once, in the order in which the gallery comes to it.
    fn said(&self, switches: Switches) -> Vec<Said> {
        let mut list: Vec<Said> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for entry in self.entries(switches) {
            let id = entry.id();
            for words in self.words(&entry, switches) {
                let at = *known.entry(words).or_insert_with_key(|words| {
                    list.push(Said { words: words.clone(), group: entry.group, by: Vec::new() });
                    list.len() - 1
                });
                if let Some(said) = list.get_mut(at).filter(|said| said.by.last() != Some(&id)) {
                    said.by.push(id.clone());
                }
            }
        }
        list
    }

    /// What an entry says of its own: its title, and what stands between header and footer.
    pub(crate) fn own_words(&self, entry: &Entry, document: &str, switches: Switches) -> Vec<String> {
        match &entry.shown {
            Shown::Screen(_) => {
                let own = crate::words::sentences(main_of(document));
                std::iter::once(title_of(document).to_owned()).chain(own).collect()
            }
            Shown::Mail(_) => self.words(entry, switches),
        }
    }

    /// All that an entry says, in its order, as its reader comes across it.
    pub(crate) fn words(&self, entry: &Entry, switches: Switches) -> Vec<String> {
        match &entry.shown {
            Shown::Screen(_) => crate::words::sentences(&self.document(entry, switches, "", &Nonce::default())),
            Shown::Mail(content) => {
                let mail = self.mail(content, switches);
                let title = mail.subject.clone();
                let body = crate::words::sentences(&mail.html);
                std::iter::once(mail.subject).chain(body.into_iter().filter(|words| *words != title)).collect()
            }
        }
    }
}
