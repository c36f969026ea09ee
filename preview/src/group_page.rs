//! The page of one group: its entries as pictures that are larger than those of the overview.

use crate::Preview;
use crate::entries::groups;
use crate::links::Links;
use crate::pages::Picture;
use crate::rows::Rows;
use crate::switches::Switches;
use askama::Template;

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    assets: String,
    home: String,
    name: &'static str,
    /// Every group with its address, and whether it is this one.
    groups: Vec<(&'static str, String, bool)>,
    rows: Option<Rows>,
    pictures: Vec<Picture>,
}

impl Preview {
    /// One group by itself, or nothing if there is none of this name.
    pub(crate) fn group_page(&self, group: &str, switches: Switches) -> Option<Result<String, askama::Error>> {
        let links = &Links::Server;
        let name = groups().find(|name| *name == group)?;
        let entries = self.entries(switches).into_iter().filter(|entry| entry.group == name);
        let page = GroupPage {
            assets: links.assets(switches),
            home: links.overview(switches),
            name,
            groups: groups().map(|other| (other, links.group(other, switches), other == name)).collect(),
            rows: self.rows_for(links, switches, |switches| links.group(name, switches)),
            pictures: entries.map(|entry| self.linked(entry, links, switches)).collect(),
        };
        Some(page.render())
    }
}
