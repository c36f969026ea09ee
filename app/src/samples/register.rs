//! Everything that people see, as a list of named states. Page tests and the gallery take all of it; what is missing here does
//! not compile (`kinds.rs`).

use super::kinds::{EndKind, EntryProblemKind, NoticeKind, ProblemKind, ProcedureKind, ScreenKind};
use super::parts::PartKind;
use super::states::{Content, SampleContext, States};
use super::{Words, ends, notices, pages, parts, problems, procedures, screens};
use crate::pages::guide::{Chosen, Guide};
use crate::pages::shell::DocumentProps;
use crate::pages::{error, flow, help, portal};
use crate::wire::{Brand, Flow, Page};
use rules::limits::Limits;

rules::words! {
    /// The parts of the register, in the order of the gallery. Their words stand in addresses.
    Group {
        Screens = "screens",
        Ends = "ends",
        Notices = "notices",
        Problems = "problems",
        Procedures = "procedures",
        Pages = "pages",
        Parts = "parts",
    }
}

/// One state of something that people see.
pub struct Sample {
    pub group: Group,
    /// What it is, as it stands in addresses: `mail-sent`.
    pub kind: String,
    /// Which state of it: `refused`.
    pub state: &'static str,
    pub content: Content,
}

impl Sample {
    /// Returns `screens/mail-sent/refused`.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.group.as_str(), self.kind, self.state)
    }

    /// Renders the product's own document of this state.
    #[must_use]
    pub fn document(&self, brand: &Brand, limits: &Limits, chosen: Chosen, props: DocumentProps) -> String {
        match &self.content {
            Content::Flow(page) => flow::render(brand, limits.into(), (**page).clone(), props),
            Content::Guide => Guide::draw(brand, limits, chosen).page(brand, props),
            Content::HelpIndex => help::index(brand, props),
            // Every topic has a page.
            Content::Help(topic) => {
                help::topic(brand, limits, chosen.through_relay, topic.as_str(), props).unwrap_or_default()
            }
            Content::Home(data) => portal::home(brand, data.clone(), props),
            Content::Contract(data) => portal::contract(brand, (**data).clone(), props),
            Content::Procedure(data) => portal::procedure(brand, (**data).clone(), props),
            Content::Account(data, page) => {
                portal::account(brand, limits.into(), data.clone(), (**page).clone(), props)
            }
            Content::Part(part) => part.document(brand, limits.into(), props),
            Content::Error(status) => error::render(brand, *status, super::REFERENCE, props),
        }
    }
}

fn named<T>(
    group: Group,
    kind: &str,
    states: States<T>,
    content: impl Fn(T) -> Content,
) -> impl Iterator<Item = Sample> {
    states.all().map(move |(state, value)| Sample { group, kind: kind.to_owned(), state, content: content(value) })
}

/// The document that a flow's page stands in. The password change is a part of the account page, and the session shows only on
/// pages of the portal.
fn of_page(page: Page, words: Words) -> Content {
    match page.flow {
        Flow::Account => Content::Account(super::account(words), Box::new(page)),
        Flow::Session => Content::Home(super::portal(vec![super::contract(words)], None, words)),
        Flow::Enrol | Flow::UserId | Flow::PasswordReset | Flow::SignIn | Flow::Link => Content::Flow(Box::new(page)),
    }
}

/// Every state of everything that people see on a screen.
#[must_use]
pub fn all(context: SampleContext) -> Vec<Sample> {
    let (mut samples, words) = (Vec::new(), context.words);
    let of_page = |page| of_page(page, words);
    for kind in ScreenKind::ALL {
        samples.extend(named(Group::Screens, &kind.name(), screens::states(*kind, context), of_page));
    }
    for kind in EndKind::ALL {
        samples.extend(named(Group::Ends, &kind.name(), ends::states(*kind, context), of_page));
    }
    for kind in NoticeKind::ALL {
        samples.extend(named(Group::Notices, &kind.name(), notices::states(*kind, context), of_page));
    }
    for kind in ProblemKind::ALL {
        samples.extend(named(Group::Problems, &kind.name(), problems::states(*kind, context), of_page));
    }
    let of_procedure = |procedure| Content::Procedure(Box::new(procedure));
    for kind in ProcedureKind::ALL {
        samples.extend(named(Group::Procedures, &kind.name(), procedures::states(*kind, words), of_procedure));
    }
    for kind in EntryProblemKind::ALL {
        samples.extend(named(Group::Procedures, &kind.name(), procedures::problem(*kind, words), of_procedure));
    }
    for (kind, states) in pages::all(context) {
        samples.extend(named(Group::Pages, kind, states, |content| content));
    }
    for kind in PartKind::ALL {
        samples.extend(named(Group::Parts, kind.as_str(), parts::states(*kind, context), |part| {
            Content::Part(Box::new(part))
        }));
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::Procedure;
    use crate::wire::{EndReason, Screen};
    use rules::password::PasswordProfile;
    use std::collections::HashSet;

    fn context() -> SampleContext {
        let chosen =
            Chosen { profile: PasswordProfile::Standard, mask_user_id: false, phone: false, through_relay: true };
        SampleContext { chosen, timeouts: (&Limits::default()).into(), words: Words::Long }
    }

    #[test]
    fn a_sample_is_of_the_kind_whose_name_it_bears() {
        for kind in ScreenKind::ALL {
            assert!(screens::states(*kind, context()).all().all(|(_, page)| ScreenKind::of(&page.screen) == *kind));
        }
        for kind in EndKind::ALL {
            let of = |end: &EndReason| EndKind::of(end) == *kind;
            assert!(
                ends::states(*kind, context())
                    .all()
                    .all(|(_, page)| matches!(&page.screen, Screen::Ended(end) if of(end)))
            );
        }
        for kind in NoticeKind::ALL {
            assert!(
                notices::states(*kind, context())
                    .all()
                    .all(|(_, page)| page.notice.as_ref().map(NoticeKind::of) == Some(*kind))
            );
        }
        for kind in ProblemKind::ALL {
            let of = |page: &Page| page.problems.first().map(|found| ProblemKind::of(&found.problem)) == Some(*kind);
            assert!(problems::states(*kind, context()).all().all(|(_, page)| of(&page)));
        }
        for kind in ProcedureKind::ALL {
            assert!(
                procedures::states(*kind, Words::Long)
                    .all()
                    .all(|(_, shown)| ProcedureKind::of(&shown.screen) == *kind)
            );
        }
        for kind in EntryProblemKind::ALL {
            let of = |shown: &Procedure| shown.problems.last().map(EntryProblemKind::of) == Some(*kind);
            assert!(procedures::problem(*kind, Words::Long).all().all(|(_, shown)| of(&shown)));
        }
    }

    #[test]
    fn names_are_unique_and_fit_into_an_adcontext() {
        let names: Vec<_> = all(context()).iter().map(Sample::id).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        for name in names {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-/".contains(c)), "{name}");
        }
    }
}
