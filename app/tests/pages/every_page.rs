//! What holds of every page.

use crate::drawn::{account_page, all_pages, plain_pages};
use crate::html::{count, heading_levels, values, words};
use app::pages::portal::procedure_address;
use app::text::help::Topic;
use app::wire::Flow;
use rules::RequestKind;
use std::collections::HashSet;

fn is_known(address: &str) -> bool {
    let flows = Flow::ALL.iter().copied().any(|flow| flow.address() == address);
    let topics = Topic::ALL.iter().copied().any(|topic| topic.address() == address);
    let procedures = RequestKind::ALL.iter().any(|kind| procedure_address(*kind, &"k-001".into()) == address);
    flows || topics || procedures || ["/", "/help", "/portal", "/portal/contracts/k-001"].contains(&address)
}

#[test]
fn pages_without_a_flow_are_sent_without_script() {
    for (name, page) in plain_pages() {
        assert_eq!(count(&page, "script"), 0, "{name}");
        assert!(!page.contains("javascript:"), "{name}");
    }
    assert_eq!(
        count(&account_page(), "script"),
        3,
        "the account page carries the state, the loader, and the word for browsers that know no modules"
    );
}

#[test]
fn no_page_carries_what_the_content_security_policy_blocks() {
    for (name, page) in all_pages() {
        assert_eq!(values(&page, "style").len(), 0, "{name}");
        assert_eq!(count(&page, "style"), 0, "{name}");
        assert!(!page.contains(" onclick="), "{name}");
    }
}

#[test]
fn headings_begin_with_one_h1_and_skip_no_level() {
    for (name, page) in all_pages() {
        let levels = heading_levels(&page);
        assert_eq!(levels.first(), Some(&1), "{name}");
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{name}: {levels:?}");
        }
    }
}

#[test]
fn ids_are_unique_and_whatever_refers_to_one_finds_it() {
    for (name, page) in all_pages() {
        let ids = values(&page, "id");
        let unique: HashSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{name}: {ids:?}");
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in words(&page, attribute) {
                assert!(unique.contains(id), "{name}: {attribute}={id}");
            }
        }
        for fragment in values(&page, "href").into_iter().filter_map(|link| link.strip_prefix('#')) {
            assert!(unique.contains(fragment), "{name}: #{fragment}");
        }
    }
}

#[test]
fn links_lead_to_addresses_that_exist() {
    for (name, page) in all_pages() {
        for link in values(&page, "href") {
            let elsewhere = ["#", "tel:", "/assets/"].iter().any(|start| link.starts_with(start));
            assert!(elsewhere || is_known(link), "{name}: {link}");
        }
        for action in values(&page, "action") {
            assert!(
                ["/sign-out", "/portal/sessions", "/portal/reminders", "/portal/account"].contains(&action),
                "{name}: {action}"
            );
        }
    }
}
