//! Pictures of an entry before and after a change, from the last run of `make preview-changes`. Only what that run has written
//! down is shown, and it is said when the entry or the style has changed since.

use crate::Preview;
use crate::entries::{Entry, all};
use crate::export::bare_file;
use crate::links::{Links, parse_style_folder, style_folder};
use crate::switches::{Switches, Theme};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// What a run has written down about itself.
const RECORD: &str = "report/changes.json";
/// What it has exported of the working tree.
const AFTER: &str = "after";

/// What the last run found out about an entry.
pub(crate) struct Changes {
    /// The commit that was compared with.
    pub(crate) base: String,
    pub(crate) pairs: Vec<Pair>,
    /// Whether the entry or the style is no longer what was drawn.
    pub(crate) outdated: bool,
}

/// The two pictures of a look.
pub(crate) struct Pair {
    pub(crate) theme: Theme,
    pub(crate) width: u64,
    pub(crate) before: String,
    pub(crate) after: String,
}

impl Preview {
    /// Returns what the last run found out about an entry, if there was one.
    pub(crate) fn changes(&self, entry: &Entry, links: &Links) -> Option<Changes> {
        let folder = self.workshop.changes.as_ref()?;
        let record = record(folder)?;
        let file = format!("{}.html", entry.id());
        let pairs = pictures(&record).filter(|picture| picture["file"] == *file).filter_map(|picture| {
            let name = picture["name"].as_str()?;
            Some(Pair {
                theme: parse_style_folder(picture["look"].as_str()?)?.theme,
                width: picture["width"].as_u64()?,
                before: links.changed(&format!("{name}-before.png")),
                after: links.changed(&format!("{name}-after.png")),
            })
        });
        let base = record["base"].as_str()?.to_owned();
        Some(Changes { base, pairs: pairs.collect(), outdated: self.is_outdated(&folder.join(AFTER), entry) })
    }

    fn is_outdated(&self, drawn: &Path, entry: &Entry) -> bool {
        // What was drawn had the usual samples.
        let entries = all(self);
        let Some(entry) = entries.iter().find(|usual| usual.id() == entry.id()) else { return true };
        Theme::ALL.iter().any(|theme| {
            let switches = Switches { theme: *theme, ..Switches::default() };
            let style = format!("assets/{}/{}", style_folder(switches), design::STYLE);
            let is = |file: &str, now: &[u8]| fs::read(drawn.join(file)).is_ok_and(|then| then == now);
            let same = is(&bare_file(&entry.id(), switches), self.exported(entry, switches).as_bytes())
                && self.asset(design::STYLE, switches).is_some_and(|(_, now)| is(&style, &now));
            !same
        })
    }

    /// Returns a picture by the name of its file.
    pub(crate) fn changed_picture(&self, file: &str) -> Option<Vec<u8>> {
        let folder = self.workshop.changes.as_ref()?;
        let name = file.strip_suffix("-before.png").or_else(|| file.strip_suffix("-after.png"))?;
        let record = record(folder)?;
        pictures(&record).find(|picture| picture["name"] == *name)?;
        fs::read(folder.join("report").join(file)).ok()
    }
}

fn record(folder: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(folder.join(RECORD)).ok()?).ok()
}

fn pictures(record: &Value) -> impl Iterator<Item = &Value> {
    record["pictures"].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Workshop, fixture};

    /// A run that has drawn `id` in the light on a phone.
    fn run(folder: &Path, preview: &Preview, id: &str) {
        let picture =
            serde_json::json!({ "file": format!("{id}.html"), "look": "light-own", "width": 375, "name": "drawn" });
        fs::create_dir_all(folder.join("report")).unwrap();
        fs::write(folder.join(RECORD), serde_json::json!({ "base": "1234abc", "pictures": [picture] }).to_string())
            .unwrap();
        fs::write(folder.join("report/drawn-after.png"), "picture").unwrap();
        fs::write(folder.join("report/other-after.png"), "picture").unwrap();
        crate::export::export(preview, &folder.join(AFTER)).unwrap();
    }

    #[test]
    fn an_entry_shows_the_pictures_of_the_last_run_and_says_when_it_has_changed_since() {
        let folder = std::env::temp_dir().join(format!("nirin-changes-{}", std::process::id()));
        let (id, other) = ("screens/code/accepted", "screens/identity/empty");
        let mut preview = fixture::from_sources();
        run(&folder, &preview, id);
        preview.workshop = Workshop { changes: Some(folder.clone()), ..Workshop::default() };
        let entries = all(&preview);
        let changes = |preview: &Preview, id: &str| {
            preview.changes(entries.iter().find(|entry| entry.id() == id).unwrap(), &Links::Server).unwrap()
        };
        let drawn = changes(&preview, id);
        assert_eq!((drawn.base.as_str(), drawn.pairs.len(), drawn.outdated), ("1234abc", 1, false));
        assert!(changes(&preview, other).pairs.is_empty());
        assert!(preview.changed_picture("drawn-after.png").is_some());
        assert!(preview.changed_picture("other-after.png").is_none(), "no run has written it down");
        preview.own.names.service = "別の名前".into();
        assert!(changes(&preview, id).outdated);
        fs::remove_dir_all(folder).unwrap();
    }
}
