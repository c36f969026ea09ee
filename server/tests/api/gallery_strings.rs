//! The gallery adds nothing to what is sold: a build without the rehearsal parts has none of its addresses, classes and sentences.

use crate::support::sources;
use std::collections::BTreeSet;
use std::path::Path;

/// What only the gallery says: its routes, the classes of its style, the sentences of its pages and of its notes.
fn strings_of_the_gallery() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources("../preview/src") {
        let product = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let literals = product.split('"').skip(1).step_by(2);
        found.extend(literals.filter(|text| text.starts_with("/preview/") || is_sentence(text)).map(str::to_owned));
    }
    for template in texts("../preview/templates") {
        let texts = template.split('>').filter_map(|part| part.split('<').next()).map(str::trim);
        found.extend(texts.filter(|text| !text.contains(['{', '}', '\n']) && is_sentence(text)).map(str::to_owned));
    }
    for style in texts("../preview/assets") {
        let classes =
            style.lines().filter_map(|line| line.strip_prefix(".gallery-")?.split([' ', '.', ',', '{']).next());
        found.extend(classes.map(|class| format!("gallery-{class}")));
    }
    found
}

/// Every file of a folder of this crate.
fn texts(folder: &str) -> Vec<String> {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// Long enough that the product says it only if it has it from the gallery.
fn is_sentence(text: &str) -> bool {
    text.chars().count() >= 12 && text.chars().any(|c| !c.is_ascii() && c.is_alphabetic())
}

#[test]
fn no_rehearsal_string_of_the_gallery_is_in_a_build_without_it() {
    let binary = std::fs::read(env!("CARGO_BIN_EXE_nirin")).unwrap();
    let binary = String::from_utf8_lossy(&binary);
    let strings = strings_of_the_gallery();
    assert!(strings.len() > 150, "{}", strings.len());
    let (there, absent): (Vec<_>, Vec<_>) = strings.iter().partition(|text| binary.contains(text.as_str()));
    if cfg!(feature = "rehearsal") {
        assert_eq!(
            absent,
            Vec::<&String>::new(),
            "a rehearsal build has them all, or this test looks for the wrong ones"
        );
    } else {
        assert_eq!(there, Vec::<&String>::new());
    }
}
