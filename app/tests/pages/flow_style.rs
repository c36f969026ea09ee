//! A browser that comes from elsewhere gets a flow's page with a shorter style inside, without the parts that `.make/site.sh` leaves out:
//! nothing of these may apply to a page of a flow, or it would look otherwise before a reload than after it.

use crate::drawn::{AS_SHIPPED, props, timeouts};
use crate::html::words;
use app::samples::states::{Content, SampleContext};
use app::samples::{Words, brand, register};
use rules::limits::Limits;
use std::collections::HashSet;

const SITE: &str = include_str!("../../../.make/site.sh");

/// The sheets that are left out.
fn left_out() -> Vec<String> {
    let folder = "../style/parts";
    let line = SITE.lines().find(|line| line.contains("flows.css")).expect("the line that makes it");
    let names = line.split("-e '").skip(1).filter_map(|rest| rest.split('\'').next());
    names.map(|name| std::fs::read_to_string(format!("{folder}{name}")).expect("a sheet")).collect()
}

/// The selectors of a sheet, each with the classes that it names.
fn selectors(sheet: &str) -> Vec<(String, Vec<String>)> {
    let without_comments: String =
        sheet.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
    let heads = without_comments.split('{').map(|before| before.rsplit(['}', ';']).next().unwrap_or_default().trim());
    let heads = heads.filter(|head| !head.is_empty() && !head.starts_with('@'));
    let one = heads.flat_map(|head| head.split(',').map(|selector| selector.trim().to_owned()).collect::<Vec<_>>());
    one.map(|selector| {
        let end = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
        let classes = selector.split('.').skip(1).filter_map(|rest| rest.split(end).next()).map(ToOwned::to_owned);
        let classes = classes.filter(|class| class.starts_with(|c: char| c.is_ascii_alphabetic())).collect();
        (selector, classes)
    })
    .collect()
}

#[test]
fn what_the_style_of_a_flows_first_page_leaves_out_applies_to_no_flow() {
    let sheets = left_out();
    assert_eq!(sheets.len(), 3);
    let selectors: Vec<_> = sheets.iter().flat_map(|sheet| selectors(sheet)).collect();
    assert!(selectors.len() > 80, "{}", selectors.len());
    let mut pages = 0;
    for sample in register::all(SampleContext { chosen: AS_SHIPPED, timeouts: timeouts(), words: Words::Usual }) {
        if !matches!(sample.content, Content::Flow(_)) {
            continue;
        }
        pages += 1;
        let page = sample.document(&brand(), &Limits::default(), AS_SHIPPED, props());
        let used: HashSet<_> = words(&page, "class").into_iter().collect();
        for (selector, classes) in &selectors {
            let applies = classes.iter().all(|class| used.contains(class.as_str()));
            assert!(!applies, "{}: {selector}", sample.id());
        }
    }
    assert!(pages > 100, "{pages}");
}
