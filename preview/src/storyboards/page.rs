//! A storyboard as a page: the steps one below the other, each with what can happen there, and the ends behind them.

use super::{Scene, Storyboard};
use crate::Preview;
use crate::entries::{Entry, Nonce, Shown, title_of};
use crate::links::Links;
use crate::rows::Rows;
use crate::switches::Switches;
use askama::Template;

struct Shot {
    id: String,
    title: String,
    address: String,
    html: String,
}

/// A link to an entry that is seen on the way.
struct Seen {
    title: String,
    mail: bool,
    address: String,
}

struct WayOn {
    words: &'static str,
    to: &'static str,
    title: String,
    /// Whether it leads to a step that is further on, or to the flow that follows.
    forward: bool,
    /// Whether the step stays.
    stays: bool,
    between: Vec<Seen>,
    goes_on: Option<(&'static str, String)>,
}

struct Stage {
    step: &'static str,
    number: usize,
    shot: Shot,
    /// The other states of the same screen.
    states: Vec<(&'static str, String)>,
    ways: Vec<WayOn>,
}

struct End {
    step: &'static str,
    shot: Shot,
    /// What leads here, and from which steps.
    from: Vec<(&'static str, Vec<String>)>,
    ways: Vec<WayOn>,
}

#[derive(Template)]
#[template(path = "storyboard.html")]
struct Page {
    assets: String,
    home: String,
    rows: Option<Rows>,
    title: &'static str,
    boards: Vec<(&'static str, String, bool)>,
    stages: Vec<Stage>,
    ends: Vec<End>,
}

impl Preview {
    /// The storyboard of a flow.
    pub(crate) fn storyboard_page(
        &self,
        board: Storyboard,
        links: &Links,
        switches: Switches,
    ) -> Result<String, askama::Error> {
        let entries = self.entries(switches);
        let teller = Teller { preview: self, entries: &entries, links, switches };
        let scenes = board.scenes();
        let place = |step: &str| scenes.iter().position(|scene| scene.step == step).unwrap_or_default();
        let ways = |at: usize, scene: &Scene| -> Vec<WayOn> {
            let ways = scene.ways.iter().filter(|way| !way.aside);
            ways.map(|way| {
                let to = scenes.get(place(way.to));
                WayOn {
                    words: way.telling.words,
                    to: way.to,
                    title: to.map(|to| teller.title(to.entry)).unwrap_or_default(),
                    forward: (place(way.to) > at && to.is_some_and(|to| !to.over)) || way.telling.goes_on.is_some(),
                    stays: place(way.to) == at,
                    between: way.telling.between.iter().map(|id| teller.seen(id)).collect(),
                    goes_on: way.telling.goes_on.map(|next| (next.title(), links.storyboard(next, switches))),
                }
            })
            .collect()
        };
        let (mut stages, mut ends): (Vec<Stage>, Vec<End>) = (Vec::new(), Vec::new());
        for (at, scene) in scenes.iter().enumerate() {
            let shot = teller.shot(scene.entry);
            if scene.over {
                let mut from: Vec<(&'static str, Vec<String>)> = Vec::new();
                for before in scenes.iter().filter(|before| !before.over) {
                    for way in before.ways.iter().filter(|way| way.to == scene.step) {
                        let title = teller.title(before.entry);
                        match from.iter_mut().find(|(words, _)| *words == way.telling.words) {
                            Some((_, steps)) => steps.push(title),
                            None => from.push((way.telling.words, vec![title])),
                        }
                    }
                }
                ends.push(End { step: scene.step, shot, from, ways: ways(at, scene) });
            } else {
                let number = stages.len() + 1;
                let states = teller.states(scene.entry);
                stages.push(Stage { step: scene.step, number, shot, states, ways: ways(at, scene) });
            }
        }
        Page {
            assets: links.assets(switches),
            home: links.overview(switches),
            rows: self.rows_for(links, switches, |switches| links.storyboard(board, switches)),
            title: board.title(),
            boards: self.storyboards(links, switches, Some(board)),
            stages,
            ends,
        }
        .render()
    }

    /// Every storyboard with its address, and whether it is `here`.
    pub(crate) fn storyboards(
        &self,
        links: &Links,
        switches: Switches,
        here: Option<Storyboard>,
    ) -> Vec<(&'static str, String, bool)> {
        let boards = Storyboard::ALL.iter();
        boards.map(|board| (board.title(), links.storyboard(*board, switches), here == Some(*board))).collect()
    }
}

/// Tells of entries by their names.
struct Teller<'a> {
    preview: &'a Preview,
    entries: &'a [Entry],
    links: &'a Links,
    switches: Switches,
}

impl Teller<'_> {
    fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id() == id)
    }

    /// What a person reads first on it.
    fn title(&self, id: &str) -> String {
        match self.entry(id) {
            Some(entry) => match &entry.shown {
                Shown::Screen(_) => {
                    let document = self.preview.document(entry, self.switches, "", &Nonce::default());
                    title_of(&document).split('｜').next().unwrap_or_default().to_owned()
                }
                Shown::Mail(content) => self.preview.mail(content, self.switches).subject,
            },
            None => String::new(),
        }
    }

    fn shot(&self, id: &str) -> Shot {
        Shot {
            id: id.to_owned(),
            title: self.title(id),
            address: self.links.entry(id, self.switches),
            html: self.entry(id).map(|entry| self.preview.picture(entry, self.switches)).unwrap_or_default(),
        }
    }

    fn seen(&self, id: &str) -> Seen {
        let mail = self.entry(id).is_some_and(|entry| matches!(entry.shown, Shown::Mail(_)));
        Seen { title: self.title(id), mail, address: self.links.entry(id, self.switches) }
    }

    fn states(&self, id: &str) -> Vec<(&'static str, String)> {
        let Some(shown) = self.entry(id) else { return Vec::new() };
        let same = self.entries.iter().filter(|entry| entry.group == shown.group && entry.kind == shown.kind);
        same.filter(|entry| entry.id() != id)
            .map(|entry| (entry.state, self.links.entry(&entry.id(), self.switches)))
            .collect()
    }
}
