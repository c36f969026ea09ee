//! Where sentences may stand.

use std::fs;
use std::path::{Path, PathBuf};

/// Kana, kanji and the signs that come with them.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}

/// The Japanese texts between quotation marks in Rust code, tests left out.
fn quoted(code: &str) -> Vec<String> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        let line = line.replace("'\"'", "").replace("\\\"", "");
        let texts = line.split('"').skip(1).step_by(2);
        found.extend(texts.filter(|text| text.chars().any(is_japanese)).map(str::to_owned));
    }
    found
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Sample data is of customers and their contracts: values, which no language of the product translates. So are the names of the people
/// whom a rehearsal makes up.
fn may_be_japanese(path: &str) -> bool {
    path.starts_with("app/src/text/")
        // What the gallery says to designers is not a part of the product, and stands in a folder of its own likewise.
        || path.starts_with("preview/src/text/")
        || path.starts_with("app/src/samples")
        || path.starts_with("mails/src/samples")
        || path == "server/src/rehearsal/api/new_person.rs"
        || path.ends_with("tests.rs")
        || path.contains("/tests/")
}

#[test]
fn every_sentence_stands_in_the_folder_of_its_language() {
    let root = Path::new("..");
    let mut files = Vec::new();
    for folder in ["app/src", "server/src", "mails/src", "preview/src"] {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 150, "the sources are found: {}", files.len());
    let mut in_text = 0;
    for file in files {
        let path = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let sentences = quoted(&fs::read_to_string(&file).unwrap());
        if may_be_japanese(&path) {
            in_text += sentences.len();
        } else {
            assert!(sentences.is_empty(), "{path}: {sentences:?} belongs into app/src/text/");
        }
    }
    assert!(in_text > 500, "and so are its sentences: {in_text}");
}
