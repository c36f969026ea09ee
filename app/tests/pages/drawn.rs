//! The pages that the tests read, drawn as the server draws them.

use app::pages::guide::{Chosen, Guide};
use app::pages::shell::DocumentProps;
use app::pages::{help, portal};
use app::samples::{self, NOW, Words, account, brand, contract, password_page};
use app::text::help::Topic;
use app::wire::Timeouts;
use rules::limits::Limits;
use rules::password::PasswordProfile;

pub fn props() -> DocumentProps {
    DocumentProps { nonce: "nonce".into(), assets: "/assets/1a2b3c".into(), ..DocumentProps::default() }
}

pub fn timeouts() -> Timeouts {
    (&Limits::default()).into()
}

pub const AS_SHIPPED: Chosen =
    Chosen { profile: PasswordProfile::Standard, mask_user_id: false, phone: false, through_relay: true };

pub fn guide_as(limits: &Limits, chosen: Chosen) -> String {
    Guide::draw(&brand(), limits, chosen).page(&brand(), props())
}

pub fn guide_page() -> String {
    guide_as(&Limits::default(), AS_SHIPPED)
}

/// Every page that is sent without script, by name.
pub fn plain_pages() -> Vec<(String, String)> {
    let topics = Topic::ALL.iter().copied().map(|topic| (topic.address(), help_page(topic.as_str())));
    [
        ("guide".to_owned(), guide_page()),
        ("help".to_owned(), help::index(&brand(), props())),
        (
            "home".to_owned(),
            portal::home(&brand(), samples::portal(vec![contract(Words::Usual)], Some(NOW), Words::Usual), props()),
        ),
        (
            "empty home".to_owned(),
            portal::home(&brand(), samples::portal(Vec::new(), Some(NOW), Words::Usual), props()),
        ),
        ("contract".to_owned(), portal::contract(&brand(), contract(Words::Usual), props())),
    ]
    .into_iter()
    .chain(topics)
    .collect()
}

/// A topic's page; empty when there is none, which no test of a page passes.
pub fn help_page(topic: &str) -> String {
    help_page_with(topic, &Limits::default())
}

pub fn help_page_with(topic: &str, limits: &Limits) -> String {
    help::topic(&brand(), limits, true, topic, props()).unwrap_or_default()
}

pub fn account_page() -> String {
    portal::account(
        &brand(),
        timeouts(),
        account(Words::Usual),
        password_page(PasswordProfile::Standard, Words::Usual),
        props(),
    )
}

pub fn all_pages() -> Vec<(String, String)> {
    let mut pages = plain_pages();
    pages.push(("account".to_owned(), account_page()));
    pages
}
