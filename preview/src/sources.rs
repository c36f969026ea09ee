//! In which line of which file a sentence is written, for those who correct it. A running gallery reads the sources anew, so
//! that a sentence which was moved is found where it is now.

use crate::entries::Entry;
use std::fs;
use std::path::{Path, PathBuf};

/// Where sentences are written, from the repository's folder.
const FOLDERS: [&str; 2] = ["app/src/text/ja", "mails/templates/ja"];
/// What is shorter is found in too many sentences: it counts only where it is all that is said.
const TELLING: usize = 4;
/// So many places are named at most: a sentence may be put together from several.
const MOST: usize = 3;

/// Where the accessible trees are kept that the browser tests compare with.
const TREES: &str = "preview/texts";

/// The texts of the sources.
#[derive(Default)]
pub(crate) struct Sources {
    texts: Vec<Text>,
    root: Option<PathBuf>,
}

/// A text in a source, cut where something is filled in.
struct Text {
    place: String,
    pieces: Vec<String>,
    length: usize,
}

impl Sources {
    /// Reads the sources of the checkout in `root`. Without a checkout there are none.
    pub(crate) fn read(root: &Path) -> Self {
        let mut texts = Vec::new();
        for folder in FOLDERS {
            read_folder(root, &root.join(folder), &mut texts);
        }
        texts.sort_by(|a, b| a.place.cmp(&b.place));
        Self { texts, root: Some(root.to_owned()) }
    }

    /// Returns the accessible tree of an entry as it is kept.
    pub(crate) fn tree(&self, entry: &Entry) -> Option<String> {
        let kept = fs::read_to_string(self.root.as_ref()?.join(TREES).join(format!("{}.txt", entry.group))).ok()?;
        let (_, rest) = kept.split_once(&format!("# {}\n", entry.id()))?;
        Some(rest.split("\n# ").next().unwrap_or_default().trim_end().to_owned())
    }

    /// Returns the places of a sentence: the text that makes most of it, or those that it is put together from.
    pub(crate) fn places(&self, sentence: &str) -> Vec<&str> {
        let letters = sentence.chars().count();
        let mut within: Vec<_> = self.texts.iter().filter(|text| text.is_in(sentence)).collect();
        within.sort_by_key(|text| std::cmp::Reverse(text.length));
        let whole = within.first().is_some_and(|text| text.length * 10 >= letters * 6);
        let most = within.first().map_or(0, |text| text.length);
        let mut places: Vec<&str> = Vec::new();
        for text in within.into_iter().filter(|text| !whole || text.length == most) {
            if !places.contains(&text.place.as_str()) && places.len() < MOST {
                places.push(&text.place);
            }
        }
        places
    }
}

impl Text {
    fn new(place: String, pieces: Vec<String>) -> Option<Self> {
        let length = pieces.iter().map(|piece| piece.chars().count()).sum();
        let japanese = pieces.iter().any(|piece| piece.chars().any(|c| !c.is_ascii() && c.is_alphabetic()));
        japanese.then_some(Self { place, pieces, length })
    }

    fn is_in(&self, sentence: &str) -> bool {
        if self.length < TELLING {
            return self.pieces.len() == 1 && self.pieces.iter().all(|piece| piece == sentence);
        }
        let mut rest = sentence;
        self.pieces.iter().all(|piece| match rest.split_once(piece.as_str()) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }
}

fn read_folder(root: &Path, folder: &Path, texts: &mut Vec<Text>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_folder(root, &path, texts);
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        let source = fs::read_to_string(&path).unwrap_or_default();
        let cut = if name.ends_with(".rs") { in_rust } else { in_template };
        texts.extend(cut(&source).into_iter().filter_map(|(line, pieces)| Text::new(format!("{name}:{line}"), pieces)));
    }
}

/// Every literal of a Rust source, cut at what is filled in.
fn in_rust(source: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let product = source.split("#[cfg(test)]\nmod").next().unwrap_or_default();
    for (number, line) in product.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let parts = line.split('"').collect::<Vec<_>>();
        // Every second part stands between two marks.
        let literals = parts.iter().skip(1).step_by(2);
        found.extend(literals.map(|literal| (number + 1, cut_at(literal, '{', '}'))));
    }
    found
}

/// The texts of a template's lines, cut at tags and at what is filled in.
fn in_template(source: &str) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let pieces = cut_at(&line.replace("{{", "<").replace("}}", ">"), '<', '>');
        let pieces = pieces.iter().flat_map(|piece| cut_at(piece, '{', '}')).collect();
        found.push((number + 1, pieces));
    }
    found
}

fn cut_at(text: &str, open: char, close: char) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let (piece, after) = rest.split_once(open).unwrap_or((rest, ""));
        if !piece.trim().is_empty() {
            pieces.push(piece.trim().to_owned());
        }
        match after.split_once(close) {
            Some((_, after)) => rest = after,
            None => return pieces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources() -> Sources {
        Sources::read(Path::new(".."))
    }

    #[test]
    fn a_sentence_leads_to_the_line_that_says_it() {
        let (sources, sentence) = (sources(), "リンクの有効期限が切れています");
        let (file, line) = sources.places(sentence).first().and_then(|place| place.split_once(':')).unwrap();
        let text = fs::read_to_string(Path::new("..").join(file)).unwrap();
        assert!(text.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap().contains(sentence), "{file}:{line}");
        assert_eq!(sources.places("この文はどこにもありません"), Vec::<&str>::new());
    }

    #[test]
    fn what_is_filled_in_does_not_keep_a_sentence_from_being_found() {
        let text = |pieces: &[&str]| {
            Text::new("x:1".into(), pieces.iter().map(|piece| (*piece).to_owned()).collect()).unwrap()
        };
        assert_eq!(in_rust("  x => format!(\"あと{seconds}秒です\"),"), [(1, vec!["あと".into(), "秒です".into()])]);
        assert_eq!(in_template("<p>{{ name }}様、こんにちは</p>"), [(1, vec!["様、こんにちは".into()])]);
        assert!(text(&["あと", "秒です"]).is_in("あと30秒です"));
        assert!(!text(&["秒です", "あと"]).is_in("あと30秒です"));
    }
}
