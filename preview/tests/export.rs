//! The gallery as files.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use preview::{AS_SHIPPED, Preview, Skin, StyleSource, Workshop, entries, export};
use rules::limits::Limits;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The shipped brand, and the example beside it.
fn preview() -> Preview {
    let style = StyleSource::Sources("../style".into());
    let (own, other) = (shipped(""), Skin::example().expect("the example"));
    let workshop = Workshop::default();
    Preview { own, other, limits: Limits::default(), chosen: AS_SHIPPED, style, site: PathBuf::new(), workshop }
}

/// The brand of the shipped configuration, which has `more` behind it.
fn shipped(more: &str) -> Skin {
    let configuration = format!("{}{more}", include_str!("../../nirin.toml"));
    Skin::from_toml(&configuration, |_| Err(io::Error::from(io::ErrorKind::NotFound)))
        .expect("the shipped configuration")
}

fn files(folder: &Path, root: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, root, found);
        } else {
            let name = path.strip_prefix(root).map(|name| name.display().to_string()).unwrap_or_default();
            found.insert(name, fs::read(&path).unwrap_or_default());
        }
    }
}

/// Exports into a folder of this test's own.
fn exported(name: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut found = BTreeMap::new();
    // What an earlier run has left may have the name of an entry that is no more.
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an empty folder");
    }
    if export::export(&preview(), &folder).is_ok() {
        files(&folder, &folder, &mut found);
    }
    found
}

#[test]
fn the_same_sources_are_exported_as_the_same_bytes() {
    let first = exported("first");
    assert_eq!(first, exported("second"));
    let entries = entries::all(&preview());
    let mails = entries.iter().filter(|entry| entry.group == entries::MAILS).count();
    assert_eq!(
        first.len(),
        4 + 6 + 7 + 10 + 3 * entries.len() + mails,
        "overview, index, sentences, decisions, storyboards, tokens, styles, three files an entry, messages"
    );
}

#[test]
fn an_export_works_from_any_folder_without_a_server_and_without_script() {
    let files = exported("anywhere");
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = str::from_utf8(bytes).unwrap();
        assert!(!page.contains("<script") && !page.contains("<dialog"), "{name}");
        for attribute in [" href=\"/", " src=\"/", " action=\"/"] {
            assert!(!page.contains(attribute), "{name}: {attribute}");
        }
        for link in page.split(" href=\"").skip(1).chain(page.split(" src=\"").skip(1)) {
            let link = link.split('"').next().unwrap_or_default();
            if !link.starts_with('.') {
                continue;
            }
            let mut to: Vec<&str> = name.split('/').collect();
            to.pop();
            for part in link.split('#').next().unwrap_or_default().split('/') {
                match part {
                    ".." => drop(to.pop()),
                    "." => {}
                    part => to.push(part),
                }
            }
            assert!(files.contains_key(&to.join("/")), "{name}: {link}");
        }
    }
}

#[test]
fn an_export_has_nothing_of_a_configuration_but_its_brand() {
    let secrets = "\n[keys_of_a_test]\ndatabase = \"postgres://u:Geheim1@db/x\"\nkey = \"Geheim2\"\n";
    let own = shipped(secrets);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets");
    export::export(&Preview { own, ..preview() }, &folder).unwrap();
    let mut found = BTreeMap::new();
    files(&folder, &folder, &mut found);
    for (name, bytes) in found {
        assert!(!String::from_utf8_lossy(&bytes).contains("Geheim"), "{name}");
    }
}

#[test]
fn nobody_finds_an_export_by_searching_the_web() {
    for (name, bytes) in exported("unlisted").iter().filter(|(name, _)| name.ends_with(".html")) {
        let page = str::from_utf8(bytes).unwrap();
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{name}");
    }
}

#[test]
fn an_export_stays_small() {
    let bytes: usize = exported("small").values().map(Vec::len).sum();
    assert!(bytes < 5_000_000, "{bytes}");
}
