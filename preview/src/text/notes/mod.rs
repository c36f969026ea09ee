//! What a designer has to know about an entry: when it is seen, what it must hold, and the section of docs/specification.md that
//! says so. A kind without a note does not compile.

mod ends;
mod mails;
mod notices;
mod pages;
mod parts;
mod problems;
mod procedures;
mod screens;

use crate::entries::{Entry, MAILS};
use ::mails::MailKind;
use app::samples::kinds::{EndKind, EntryProblemKind, NoticeKind, ProblemKind, ProcedureKind, ScreenKind};
use app::samples::parts::PartKind;
use app::samples::register::Group;

/// When an entry is seen and why it is so, and where the specification says it.
pub(crate) struct Note {
    /// The heading's beginning, as `4. A`.
    pub(crate) section: &'static str,
    pub(crate) words: &'static str,
}

/// Returns the note of an entry.
pub(crate) fn of(entry: &Entry) -> Option<Note> {
    macro_rules! by_name {
        ($kind:ident, $note:expr) => {
            $kind::ALL.iter().find(|kind| kind.name() == entry.kind).map(|kind| $note(*kind))
        };
    }
    if entry.group == MAILS {
        return MailKind::parse(&entry.kind).map(mails::of);
    }
    match Group::parse(entry.group)? {
        Group::Screens => by_name!(ScreenKind, screens::of),
        Group::Ends => by_name!(EndKind, ends::of),
        Group::Notices => by_name!(NoticeKind, notices::of),
        Group::Problems => by_name!(ProblemKind, problems::of),
        Group::Procedures => {
            by_name!(ProcedureKind, procedures::of).or_else(|| by_name!(EntryProblemKind, procedures::problem))
        }
        Group::Pages => pages::of(&entry.kind),
        Group::Parts => PartKind::parse(&entry.kind).map(parts::of),
    }
}

#[cfg(test)]
mod tests {
    use crate::entries::{Entry, all};
    use crate::fixture;

    #[test]
    fn every_entry_has_a_note_with_a_section_of_the_specification() {
        let specification = include_str!("../../../../docs/specification.md");
        let headings: Vec<_> =
            specification.lines().filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("### "))).collect();
        for entry in all(&fixture::from_sources()) {
            let note = super::of(&entry).unwrap_or_else(|| panic!("no note: {}", Entry::id(&entry)));
            assert!(headings.iter().any(|heading| heading.starts_with(note.section)), "{}", note.section);
            assert!(note.words.ends_with('。'), "{}", note.words);
        }
    }
}
